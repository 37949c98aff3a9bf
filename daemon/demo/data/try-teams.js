// Draws Adaptive Cards with Microsoft's own renderer where it is there, else their words alone.
"use strict";
const tryTeams = (() => {
  const { make, markdown, clock } = tryText;
  const zone = "America/Chicago";
  const here = typeof AdaptiveCards !== "undefined";
  const colours = (accent, subtle, ink, red, green, amber) => ({ default: { default: ink, subtle }, accent: { default: accent, subtle: accent }, attention: { default: red, subtle: red }, good: { default: green, subtle: green },
    warning: { default: amber, subtle: amber }, light: { default: subtle, subtle }, dark: { default: ink, subtle } });
  const host = (dark) => {
    const of = (backgroundColor, accent) => ({ backgroundColor, foregroundColors: dark ? colours("#9ea2ff", "#adadad", "#ffffff", "#f1707b", "#92c353", "#f8d22a") : colours(accent, "#616161", "#242424", "#c4314b", "#237b4b", "#835c00") });
    const font = (fontFamily) => ({ fontFamily, fontSizes: { small: 12, default: 14, medium: 14, large: 18, extraLarge: 24 }, fontWeights: { lighter: 200, default: 400, bolder: 600 } });
    const words = "Segoe UI, system-ui, Noto Sans, sans-serif";
    return {
      fontFamily: words,
      spacing: { small: 8, default: 12, medium: 16, large: 20, extraLarge: 24, padding: 12 },
      separator: { lineThickness: 1, lineColor: dark ? "#525252" : "#E0E0E0" },
      fontTypes: { default: font(words), monospace: font("Consolas, monospace") },
      containerStyles: { default: of(dark ? "#292929" : "#FFFFFF", "#5b5fc7"), emphasis: of(dark ? "#1F1F1F" : "#F5F5F5", "#5b5fc7"), accent: of(dark ? "#2F2F4A" : "#E8EBFA", "#4f52b2"),
        good: of(dark ? "#0B2D0B" : "#E7F2DA", "#5b5fc7"), attention: of(dark ? "#3B1519" : "#FCF4F6", "#5b5fc7"), warning: of(dark ? "#463100" : "#FBF6D9", "#5b5fc7") },
      actions: { maxActions: 6, spacing: "default", buttonSpacing: 8, actionsOrientation: "horizontal", actionAlignment: "left", showCard: { actionMode: "inline", inlineTopMargin: 12 } },
      factSet: { title: { color: "default", size: "default", isSubtle: false, weight: "bolder", wrap: true, maxWidth: 120 }, value: { color: "default", size: "default", isSubtle: false, weight: "default", wrap: true }, spacing: 12 },
      adaptiveCard: { allowCustomStyle: false }, supportsInteractivity: true };
  };

  // Teams' own element, which the renderer does not bring.
  const chartKind = () => class extends AdaptiveCards.CardElement {
    getJsonTypeName() { return "Chart.HorizontalBar"; }
    internalParse(source, context) { super.internalParse(source, context); this.source = source; }
    internalRender() {
      const { title, data } = this.source, most = Math.max(1, ...data.map((d) => d.y));
      return make("div", { className: "t-chart", role: "img", ariaLabel: title }, make("b", {}, title),
        ...data.flatMap((d) => [make("span", {}, d.x), make("i", { style: `width: ${(100 * d.y) / most}%` })]));
    }
  };
  if (here) AdaptiveCards.GlobalRegistry.elements.register("Chart.HorizontalBar", chartKind());

  // "f": the adapter's own mark that a button opens a dialog stands in its data.
  const card = (json, onAction) => {
    if (!here) return plain(json, onAction);
    try {
      AdaptiveCards.AdaptiveCard.onProcessMarkdown = (words, result) => { result.outputHtml = markdown(words); result.didProcess = true; };
      const c = new AdaptiveCards.AdaptiveCard();
      c.hostConfig = new AdaptiveCards.HostConfig(host(document.documentElement.dataset.look === "dark"));
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
