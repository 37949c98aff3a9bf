// The console's conversation: sends what a person taps or writes, shows what came of it. Everything is drawn by the
// server; this only swaps the fresh conversation in.
"use strict";
(() => {
  const user = document.body.dataset.user || "";
  const $ = (selector, from = document) => from.querySelector(selector);
  const main = $("#main"), toast = $("#toast"), dialog = $("#form");
  if (!main || !dialog) return;
  let seen = null, hideToast = 0, busy = false;

  const say = (words) => {
    if (!words) return;
    toast.textContent = words;
    toast.hidden = false;
    clearTimeout(hideToast);
    hideToast = setTimeout(() => { toast.hidden = true; }, 6000);
  };
  const fresh = () => "web-" + (crypto.randomUUID ? crypto.randomUUID() : Date.now() + "-" + Math.random().toString(36).slice(2));

  const post = async (event) => {
    const answer = await fetch("/console/events", {
      method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ user, id: fresh(), ...event }) });
    const said = await answer.json().catch(() => ({}));
    if (!answer.ok) throw new Error(said.detail || said.title || "HTTP " + answer.status);
    return said;
  };

  // Swaps in the page's parts as the server draws them now; what a person unfolded or typed stays.
  const redraw = async () => {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    if (!answer.ok) return;
    const next = new DOMParser().parseFromString(await answer.text(), "text/html");
    const open = [...document.querySelectorAll("details[open]")].map((d) => d.dataset.fold || d.className);
    const kept = $("#words") ? $("#words").value : "";
    const focused = document.activeElement && document.activeElement.id;
    const at = [scrollX, scrollY];
    main.replaceChildren(...next.querySelector("#main").childNodes);
    document.querySelectorAll("details").forEach((d) => { if (open.includes(d.dataset.fold || d.className)) d.open = true; });
    if ($("#words")) $("#words").value = kept;
    if (focused && document.getElementById(focused)) document.getElementById(focused).focus({ preventScroll: true });
    scrollTo(...at);
  };
  const look = async () => {
    if (busy || document.hidden || dialog.open) return;
    try {
      const answer = await fetch("/console/messages?user=" + encodeURIComponent(user));
      if (!answer.ok) return;
      const now = await answer.text();
      if (seen !== null && now !== seen) await redraw();
      seen = now;
    } catch { /* the daemon is away; the next look tells */ }
  };
  const after = async (said) => {
    say(said.toast);
    if (said.open) return show(said.open);
    await redraw();
    for (const wait of [250, 900, 2500]) setTimeout(look, wait);
  };

  const act = async (button) => {
    if (busy) return;
    busy = true;
    button.disabled = true;
    const message = button.closest("[data-message]");
    try {
      await after(await post({ kind: button.dataset.form ? "form_wanted" : "action", action: button.dataset.action, value: button.dataset.value,
                               about: message ? message.dataset.message : "" }));
    } catch (e) { say(e.message); }
    busy = false;
    button.disabled = false;
  };

  const make = (tag, with_ = {}, ...inside) => {
    const e = Object.assign(document.createElement(tag), with_);
    e.append(...inside);
    return e;
  };
  const control = (f) => {
    const name = f.id, id = "f-" + f.id;
    if (f.kind === "choice" && f.options.length > 4 || f.kind === "choice" && f.optional) {
      const select = make("select", { name, id }, ...(f.optional ? [make("option", { value: "" }, "–")] : []),
        ...f.options.map((o) => make("option", { value: o.value, selected: o.value === f.value }, o.text)));
      return make("div", { className: "field" }, make("label", { htmlFor: id }, f.label), select);
    }
    if (f.kind === "choice" || f.kind === "choices") {
      const chosen = (f.value || "").split(",");
      return make("fieldset", {}, make("legend", {}, f.label), ...f.options.map((o) => make("label", {},
        make("input", { type: f.kind === "choices" ? "checkbox" : "radio", name, value: o.value, checked: chosen.includes(o.value) }), o.text)));
    }
    if (f.kind === "tick")
      return make("fieldset", {}, make("label", {}, make("input", { type: "checkbox", name, value: "true", checked: f.value === "true" }), f.label));
    const input = f.kind === "text" ? make("textarea", { rows: Math.min(14, 3 + (f.value || "").split("\n").length), maxLength: f.most })
      : make("input", { type: f.kind === "date" ? "date" : f.kind === "time" ? "time" : "text", maxLength: f.most });
    Object.assign(input, { name, id, value: f.value || "", placeholder: f.hint || "", required: !f.optional });
    return make("div", { className: "field" }, make("label", { htmlFor: id }, f.label), input);
  };
  const show = (form) => {
    const fields = form.fields.map((f) => Object.assign(control(f), { field: f }));
    const body = make("form", { method: "dialog" }, make("h2", {}, form.title), ...fields,
      make("div", { className: "actions" }, make("button", { type: "submit", className: "primary" }, form.submit || "OK"),
        make("button", { type: "button", className: "plain", onclick: () => dialog.close() }, form.cancel || "Cancel")));
    body.addEventListener("submit", async (e) => {
      e.preventDefault();
      const data = new FormData(body), values = {};
      for (const f of form.fields)
        values[f.id] = f.kind === "tick" ? (data.has(f.id) ? "true" : "false") : data.getAll(f.id).join(",");
      body.querySelectorAll(".wrong").forEach((w) => w.remove());
      try {
        const said = await post({ kind: "form_submitted", form: form.id, context: form.context, fields: values });
        const wrong = Object.entries(said.errors || {});
        if (wrong.length) {
          for (const [id, why] of wrong) {
            const place = fields.find((x) => x.field.id === id) || fields[0];
            place.append(make("p", { className: "wrong", role: "alert" }, why));
          }
          return;
        }
        dialog.close();
        await after(said);
      } catch (x) { say(x.message); }
    });
    dialog.replaceChildren(body);
    if (!dialog.open) dialog.showModal();
  };

  document.addEventListener("click", (e) => {
    const button = e.target.closest("button[data-action]");
    if (button) act(button);
  });
  // The call a person opens is the one that a short answer is about.
  document.addEventListener("toggle", (e) => {
    const fold = e.target;
    if (fold.open && fold.dataset && fold.dataset.opener && fold.dataset.seen !== "1") {
      fold.dataset.seen = "1";
      const message = fold.closest("[data-message]");
      if (fold.contains(document.activeElement))
        post({ kind: "action", action: "open", value: fold.dataset.opener, about: message ? message.dataset.message : "" }).catch(() => {});
    }
  }, true);

  const send = async (box) => {
    const text = box.value.trim();
    if (!text || busy) return;
    busy = true;
    try {
      const said = await post({ kind: "message", text });
      box.value = "";
      await after(said);
    } catch (x) { say(x.message); }
    busy = false;
  };
  document.addEventListener("submit", (e) => {
    if (e.target.id !== "reply") return;
    e.preventDefault();
    send($("#words"));
  });
  document.addEventListener("keydown", (e) => {
    if (e.target.id === "words" && e.key === "Enter" && (e.ctrlKey || e.metaKey)) { e.preventDefault(); return send(e.target); }
    if (e.ctrlKey || e.metaKey || e.altKey || dialog.open || /^(input|textarea|select)$/i.test(e.target.tagName)) return;
    const here = document.activeElement.closest(".open-call, details.fold, .draft, [data-message]") || main;
    const press = (action) => {
      const button = $(`button[data-action="${action}"]`, here) || $(`.open-call button[data-action="${action}"]`) || $(`button[data-action="${action}"]`);
      if (button) { e.preventDefault(); button.focus(); act(button); }
    };
    if (/^[1-9]$/.test(e.key)) {
      const call = $(`[data-number="${e.key}"]`);
      if (!call) return;
      e.preventDefault();
      if (call.tagName === "DETAILS") { $("summary", call).focus(); call.open = true; } else call.focus();
      call.scrollIntoView({ block: "nearest" });
    } else if (e.key === "l") press("log");
    else if (e.key === "n") press("no_answer");
    else if (e.key === "s") press("snooze");
    else if (e.key === "a") press("approve");
    else if (e.key === "e") press($('button[data-action="edit"]') ? "edit" : "correct");
    else if (e.key === "r" && $("#words")) { e.preventDefault(); $("#words").focus(); }
  });
  look();
  setInterval(look, 4000);
})();
