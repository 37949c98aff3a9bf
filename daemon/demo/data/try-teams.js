// Draws Adaptive Cards with Microsoft's own renderer where it is there, else their words alone.
"use strict";
const tryTeams = (() => {
  const { make, markdown, clock } = tryText;
  const zone = "America/Chicago";
  const here = typeof AdaptiveCards !== "undefined";
  const colours = (accent, subtle) => ({ default: { default: "#242424", subtle }, accent: { default: accent, subtle: accent }, attention: { default: "#c4314b", subtle: "#c4314b" }, good: { default: "#237b4b", subtle: "#237b4b" },
    warning: { default: "#835c00", subtle: "#835c00" }, light: { default: "#616161", subtle: "#616161" }, dark: { default: "#242424", subtle } });
  const host = {
    fontFamily: "Segoe UI, system-ui, Noto Sans, sans-serif",
    spacing: { small: 8, default: 12, medium: 16, large: 20, extraLarge: 24, padding: 12 },
    separator: { lineThickness: 1, lineColor: "#E0E0E0" },
    fontTypes: { default: { fontFamily: "Segoe UI, system-ui, Noto Sans, sans-serif", fontSizes: { small: 12, default: 14, medium: 14, large: 18, extraLarge: 24 }, fontWeights: { lighter: 200, default: 400, bolder: 600 } },
      monospace: { fontFamily: "Consolas, monospace", fontSizes: { small: 12, default: 14, medium: 14, large: 18, extraLarge: 24 }, fontWeights: { lighter: 200, default: 400, bolder: 600 } } },
    containerStyles: { default: { backgroundColor: "#FFFFFF", foregroundColors: colours("#5b5fc7", "#616161") }, emphasis: { backgroundColor: "#F5F5F5", foregroundColors: colours("#5b5fc7", "#616161") },
      accent: { backgroundColor: "#E8EBFA", foregroundColors: colours("#4f52b2", "#616161") }, good: { backgroundColor: "#E7F2DA", foregroundColors: colours("#5b5fc7", "#616161") },
      attention: { backgroundColor: "#FCF4F6", foregroundColors: colours("#5b5fc7", "#616161") }, warning: { backgroundColor: "#FBF6D9", foregroundColors: colours("#5b5fc7", "#616161") } },
    actions: { maxActions: 6, spacing: "default", buttonSpacing: 8, actionsOrientation: "horizontal", actionAlignment: "left", showCard: { actionMode: "inline", inlineTopMargin: 12 } },
    factSet: { title: { color: "default", size: "default", isSubtle: false, weight: "bolder", wrap: true, maxWidth: 120 }, value: { color: "default", size: "default", isSubtle: false, weight: "default", wrap: true }, spacing: 12 },
    adaptiveCard: { allowCustomStyle: false }, supportsInteractivity: true };

  // "f": the adapter's own mark that a button opens a dialog stands in its data.
  const card = (json, onAction) => {
    if (!here) return plain(json, onAction);
    try {
      AdaptiveCards.AdaptiveCard.onProcessMarkdown = (words, result) => { result.outputHtml = markdown(words); result.didProcess = true; };
      const c = new AdaptiveCards.AdaptiveCard();
      c.hostConfig = new AdaptiveCards.HostConfig(host);
      c.onExecuteAction = (action) => {
        const data = action.data || {};
        const type = action.getJsonTypeName();
        if (type === "Action.OpenUrl") return window.open(action.url, "_blank", "noopener");
        if (type === "Action.Execute") return onAction("execute", { verb: action.verb || "", data });
        onAction(data.msteams && data.msteams.type === "task/fetch" ? "fetch" : "submit", { data });
      };
      c.parse(json);
      const drawn = c.render();
      if (drawn) return drawn;
    } catch (e) { console.error(e); }
    return plain(json, onAction);
  };
  const plain = (json, onAction) => {
    const out = make("div", { className: "t-plain" });
    const inputs = [];
    const walk = (e) => {
      if (!e || e.isVisible === false && e.type === "Container" && !e.items) return;
      if (e.type === "TextBlock") { const p = make("div"); p.innerHTML = markdown(e.text || ""); out.append(p); }
      if (e.type === "FactSet") (e.facts || []).forEach((f) => { const p = make("div"); p.innerHTML = markdown("**" + f.title + "** " + f.value); out.append(p); });
      if (/^Input\./.test(e.type)) { const i = make(e.isMultiline ? "textarea" : "input", { value: e.value || "", ariaLabel: e.label || e.title || e.id }); inputs.push([e.id, i]); out.append(make("label", {}, e.label || e.title || "", i)); }
      for (const k of ["body", "items", "columns"]) (e[k] || []).forEach(walk);
      (e.actions || []).forEach((a) => {
        if (a.type === "Action.ToggleVisibility") return;
        const b = make("button", { type: "button", className: "ac-pushButton" }, a.title);
        b.addEventListener("click", () => {
          const data = { ...(a.data || {}) };
          inputs.forEach(([id, i]) => { data[id] = i.value; });
          if (a.type === "Action.Execute") onAction("execute", { verb: a.verb, data });
          else onAction(data.msteams && data.msteams.type === "task/fetch" ? "fetch" : "submit", { data });
        });
        out.append(b, " ");
      });
    };
    walk(json);
    return out;
  };
  const drawn = (m, send) => {
    if (m.mine) return make("article", { className: "t-mine" }, make("p", { className: "t-who" }, clock(m.at, zone)), make("p", {}, m.text));
    const box = make("div", { className: "t-card" });
    if (m.card) box.append(card(m.card, (kind, what) => send(kind, { id: m.id, ...what })));
    else box.append(make("p", { className: "t-plain" }, m.text));
    return make("article", { className: "t-msg" }, make("span", { className: "t-face bot", ariaHidden: "true" }, "w"), make("div", {}, make("p", { className: "t-who" }, "whynow · " + clock(m.at, zone)), box));
  };
  const showDialog = (dialog, d, send) => {
    const x = make("button", { type: "button", ariaLabel: "Close" }, "✕");
    x.addEventListener("click", () => { dialog.close(); send("close", {}); });
    dialog.replaceChildren(make("header", {}, make("h3", {}, d.title), x), make("div", { className: "in" }, card(d.card, (kind, what) => send("submit", what))));
    if (!dialog.open) dialog.showModal();
    const first = dialog.querySelector(".in input, .in select, .in textarea");
    if (first) first.focus();
  };
  return { drawn, showDialog, here };
})();
