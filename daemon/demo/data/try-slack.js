// Draws Block Kit as Slack does, and turns taps and dialogs into what Slack would send.
"use strict";
const trySlack = (() => {
  const { make, mrkdwn, clock } = tryText;
  const zone = "America/New_York";
  const text = (t, className) => !t ? null : t.type === "mrkdwn" ? mrkdwn(t.text, className) : make("div", { className: className || "" }, t.text);

  const button = (e, message, send) => {
    if (e.url) return make("a", { className: "s-button", href: e.url, target: "_blank", rel: "noopener noreferrer" }, e.text.text);
    const b = make("button", { type: "button", className: "s-button " + (e.style || "") }, e.text.text);
    if (e.accessibility_label) b.setAttribute("aria-label", e.accessibility_label);
    b.addEventListener("click", () => send("tap", { ts: message.ts, action: { action_id: e.action_id, block_id: e.block_id || "", value: e.value || "", text: e.text } }, b));
    return b;
  };
  const rich = (elements) => elements.map((e) => {
    if (e.elements) return make(e.type === "rich_text_quote" ? "blockquote" : "div", {}, ...rich(e.elements));
    if (e.type === "link") return make("a", { href: e.url, target: "_blank", rel: "noopener noreferrer" }, e.text || e.url);
    const style = e.style || {};
    return make(style.bold ? "strong" : style.italic ? "em" : "span", {}, e.text || "");
  });
  // Of the chart kinds, bars of one series: there is no other in a card of ours.
  const chart = (b) => {
    const points = b.chart.series.flatMap((s) => s.data), most = Math.max(1, ...points.map((p) => p.value));
    return make("div", { className: "s-block s-chart" }, make("b", {}, b.title),
      ...points.flatMap((p) => [make("span", {}, p.label), make("i", { style: `width: ${(100 * p.value) / most}%` }), make("span", {}, String(+p.value.toFixed(2)))]));
  };
  const block = (b, message, send) => {
    switch (b.type) {
      case "header": return make("div", { className: "s-block s-header", role: "heading", ariaLevel: "3" }, b.text.text);
      case "divider": return make("hr", { className: "s-divider" });
      case "context": return make("div", { className: "s-block s-context" }, ...b.elements.map((e) => text(e)));
      case "section": {
        const words = make("div", {}, text(b.text), b.fields ? make("div", { className: "s-fields" }, ...b.fields.map((f) => text(f))) : null);
        return make("div", { className: "s-block s-section" }, words, b.accessory && b.accessory.type === "button" ? button({ ...b.accessory, block_id: b.block_id }, message, send) : null);
      }
      case "actions": return make("div", { className: "s-block s-actions" }, ...b.elements.filter((e) => e.type === "button").map((e) => button({ ...e, block_id: b.block_id }, message, send)));
      case "data_visualization": return chart(b);
      case "rich_text": return make("div", { className: "s-block" }, ...rich(b.elements));
      default: return make("div", { className: "s-block s-context" }, "[" + b.type + "]");
    }
  };
  const drawn = (m, send, reply, parent) => {
    const body = make("div", {}, make("div", { className: "s-who" }, m.mine ? "Dana Whitfield" : "whynow", m.mine ? null : make("span", { className: "s-app" }, "APP"), make("small", {}, clock(m.at, zone))));
    if (parent) body.append(make("div", { className: "s-context" }, "replied to a thread: ", make("a", { href: "#m" + parent.ts }, parent.text.slice(0, 60).replace(/\.\s.*/, ""))));
    if (m.blocks.length) body.append(...m.blocks.map((b) => block(b, m, send)));
    else body.append(mrkdwn(m.text));
    if (!m.mine && !m.thread_ts) {
      const thread = make("button", { type: "button", className: "s-thread" }, "Reply in thread");
      thread.addEventListener("click", () => reply(m.ts));
      body.append(thread);
    }
    return make("article", { className: "s-msg", id: "m" + m.ts }, make("span", { className: "s-face" + (m.mine ? "" : " bot"), ariaHidden: "true" }, m.mine ? "D" : "w"), body);
  };

  // A dialog's input and how its value goes into view.state.values.
  const input = (b) => {
    const e = b.element, id = "sf-" + b.block_id;
    const field = (control, read) => ({ node: make("div", { className: "s-field" }, make("label", { htmlFor: id }, b.label.text, b.optional ? make("small", {}, " (optional)") : null), control, b.hint ? make("small", {}, b.hint.text) : null), read });
    if (e.type === "plain_text_input") {
      const c = make(e.multiline ? "textarea" : "input", { id, value: e.initial_value || "", required: !b.optional, maxLength: e.max_length || 3000 });
      if (e.multiline) c.rows = 8;
      return field(c, () => ({ type: e.type, value: c.value || null }));
    }
    if (e.type === "datepicker" || e.type === "timepicker") {
      const date = e.type === "datepicker";
      const c = make("input", { id, type: date ? "date" : "time", value: (date ? e.initial_date : e.initial_time) || "", required: !b.optional });
      return field(c, () => ({ type: e.type, [date ? "selected_date" : "selected_time"]: c.value || null }));
    }
    if (e.type === "static_select" || e.type === "multi_static_select") {
      const many = e.type !== "static_select";
      const first = many ? (e.initial_options || []) : e.initial_option ? [e.initial_option] : [];
      const c = make("select", { id, multiple: many, required: !b.optional }, many ? null : make("option", { value: "" }, "Choose an option"),
        ...e.options.map((o) => make("option", { value: o.value, selected: first.some((f) => f.value === o.value) }, o.text.text)));
      const chosen = () => [...c.selectedOptions].map((o) => e.options.find((x) => x.value === o.value)).filter(Boolean);
      return field(c, () => many ? { type: e.type, selected_options: chosen() } : { type: e.type, selected_option: chosen()[0] || null });
    }
    const first = e.initial_options || (e.initial_option ? [e.initial_option] : []);
    const type = e.type === "radio_buttons" ? "radio" : "checkbox";
    const ticks = e.options.map((o) => make("input", { type, name: id, value: o.value, checked: first.some((f) => f.value === o.value) }));
    const node = make("fieldset", { className: "s-field" }, make("legend", {}, b.label.text), ...e.options.map((o, i) => make("label", { className: "tick" }, ticks[i], o.text.text)));
    return { node, read: () => type === "radio" ? { type: e.type, selected_option: e.options.find((o, i) => ticks[i].checked) || null } : { type: e.type, selected_options: e.options.filter((o, i) => ticks[i].checked) } };
  };
  const showView = (dialog, view, send, errors) => {
    const inputs = view.blocks.map((b) => b.type === "input" ? { b, ...input(b) } : { b, node: block(b, {}, () => {}), read: null });
    const close = make("button", { type: "button", className: "s-button" }, view.close ? view.close.text : "Cancel");
    close.addEventListener("click", () => { dialog.close(); send("close", {}); });
    const form = make("form", {}, make("h3", {}, view.title.text), make("div", { className: "in" }, ...inputs.map((i) => i.node)),
      make("div", { className: "s-foot" }, close, make("button", { type: "submit", className: "s-button primary" }, view.submit ? view.submit.text : "Submit")));
    const wrong = (errors) => {
      form.querySelectorAll(".s-wrong").forEach((x) => x.remove());
      for (const [id, why] of Object.entries(errors || {})) {
        const at = inputs.find((i) => i.b.block_id === id) || inputs[0];
        at.node.append(make("p", { className: "s-wrong", role: "alert" }, why));
      }
    };
    form.addEventListener("submit", async (e) => {
      e.preventDefault();
      wrong({});
      const values = {};
      for (const i of inputs) if (i.read) values[i.b.block_id] = { [i.b.element.action_id]: i.read() };
      const said = await send("submit", { values });
      wrong(said && said.errors);
    });
    wrong(errors);
    dialog.replaceChildren(form);
    if (!dialog.open) dialog.showModal();
    const first = dialog.querySelector(".in input, .in select, .in textarea");
    if (first) first.focus();
  };
  return { drawn, showView };
})();
