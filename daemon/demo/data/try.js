// The page: asks for the state twice a second, draws what changed, sends what a person does.
"use strict";
(() => {
  const { make } = tryText;
  const $ = (id) => document.getElementById(id);
  let revision = "", thread = "", busy = false, shown = {};

  const post = async (path, body) => {
    const answer = await fetch("/try/" + path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
    return answer.ok ? answer.json() : {};
  };
  const sender = (platform) => async (what, body, control) => {
    if (control) control.disabled = true;
    try { return await post(platform + "/" + what, body); } finally {
      if (control) control.disabled = false;
      setTimeout(look, 60);
    }
  };
  const slack = sender("slack"), teams = sender("teams");

  // Only what changed is drawn anew: an open call stays open, a scrolled list stays where it is.
  const list = (box, messages, draw, key) => {
    const old = new Map([...box.children].filter((c) => c.dataset.key).map((c) => [c.dataset.key, c]));
    const first = !old.size, before = old.size;
    const next = messages.map((m) => {
      const is = key(m), text = JSON.stringify(m);
      const have = old.get(is);
      if (have && shown[box.id + is] === text) return have;
      shown[box.id + is] = text;
      const fresh = draw(m);
      fresh.dataset.key = is;
      return fresh;
    });
    next.forEach((n, i) => { if (box.children[i] !== n) box.insertBefore(n, box.children[i] || null); });
    while (box.children.length > next.length) box.lastChild.remove();
    if (!next.length || next.length <= before) return;
    // What is new begins at the top, with what the person said before it.
    let at = first ? next.length - 1 : before;
    if (at > 0 && messages[at - 1].mine) --at;
    box.scrollTop = next[Math.min(at, next.length - 1)].offsetTop - box.offsetTop - 6;
  };
  const notice = (id, words) => { $(id).textContent = words || ""; $(id).hidden = !words; };
  const dialog = (box, what, show) => {
    const text = JSON.stringify(what);
    if (!what) { if (box.open) box.close(); box.dataset.shown = ""; return; }
    if (box.dataset.shown !== text) { box.dataset.shown = text; show(); }
  };
  const mailbox = (mails) => {
    $("mails").textContent = mails.length;
    const of = (m, name) => (m.headers.find((h) => h[0].toLowerCase() === name) || ["", ""])[1];
    $("mailbox").replaceChildren(make("h2", {}, "Sandbox mailbox"), make("p", { className: "none" }, mails.length ? "What left the house, as the mail server got it." : "Nothing has left the house. Approve a draft and it arrives here."),
      ...mails.slice().reverse().map((m) => make("article", { className: "mail" }, make("h3", {}, of(m, "subject")), make("p", { className: "to" }, "From " + of(m, "from") + " to " + m.to), make("p", { className: "text" }, m.body.trim()),
        make("details", { open: true }, make("summary", {}, "All headers"), make("dl", {}, ...m.headers.flatMap(([n, v]) => [make("dt", {}, n), make("dd", {}, v)]))))));
  };
  const draw = (s) => {
    const now = new Date(s.now);
    $("day").textContent = new Intl.DateTimeFormat("en-GB", { weekday: "long", day: "numeric", month: "long", year: "numeric", timeZone: "America/New_York" }).format(now);
    $("time").textContent = ["New York", "Chicago", "Denver"].map((c, i) => c + " " + new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: ["America/New_York", "America/Chicago", "America/Denver"][i] }).format(now)).join(" · ");
    $("wait").hidden = !s.moving;
    const parent = (m) => m.thread_ts ? s.slack.messages.find((x) => x.ts === m.thread_ts) : null;
    list($("slack"), s.slack.messages, (m) => trySlack.drawn(m, slack, (ts) => { thread = ts; $("slack-text").placeholder = "Reply in thread…"; $("slack-text").focus(); }, parent(m)), (m) => m.ts);
    list($("teams"), s.teams.messages, (m) => tryTeams.drawn(m, teams), (m) => m.id);
    notice("slack-notice", s.slack.notice);
    notice("teams-notice", s.teams.notice || (s.renderer ? "" : "Microsoft’s card renderer is not here, so the cards show their words only. `npm install adaptivecards` in the folder where the demo was started brings it."));
    dialog($("slack-modal"), s.slack.view, () => trySlack.showView($("slack-modal"), s.slack.view, slack));
    dialog($("teams-modal"), s.teams.dialog, () => tryTeams.showDialog($("teams-modal"), s.teams.dialog, teams));
    mailbox(s.mails);
  };
  const look = async () => {
    if (busy) return;
    busy = true;
    try {
      const s = await (await fetch("/try/state?since=" + revision)).json();
      if (s.revision) { revision = s.revision; draw(s); }
    } catch { /* the demo has ended; the next look tells */ }
    busy = false;
  };

  for (const [name, send] of [["slack", slack], ["teams", teams]]) {
    const box = $(name + "-text"), form = $(name + "-form");
    form.addEventListener("submit", async (e) => {
      e.preventDefault();
      const text = box.value.trim();
      if (!text) return;
      box.value = "";
      await send("say", name === "slack" && thread ? { text, thread_ts: thread } : { text });
      if (name === "slack") { thread = ""; box.placeholder = "Message whynow"; }
    });
    box.addEventListener("keydown", (e) => { if (e.key === "Enter" && !e.shiftKey) { e.preventDefault(); form.requestSubmit(); } });
  }
  for (const id of ["slack-modal", "teams-modal"]) $(id).addEventListener("cancel", () => (id === "slack-modal" ? slack : teams)("close", {}));
  const clock = async (to) => { $("wait").hidden = false; await post("clock", { to }); look(); };
  $("morning").addEventListener("click", () => clock("morning"));
  $("half").addEventListener("click", () => clock("half_year"));
  $("example").addEventListener("click", () => { $("slack-text").value = $("example").textContent; $("slack-text").focus(); });
  $("mail").addEventListener("click", () => { const open = $("mailbox").hidden; $("mailbox").hidden = !open; $("mail").setAttribute("aria-expanded", String(open)); });
  if (location.hash === "#mailbox") $("mail").click();
  look();
  setInterval(look, 500);
})();
