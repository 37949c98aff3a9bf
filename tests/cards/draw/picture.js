// Draws what one scene shows, with the code that draws /try.
"use strict";
const picture = (() => {
  const { make } = tryText;
  const at = "2025-01-07T13:05:00Z", nothing = () => {};
  // A dialog that stands in the page instead of above it.
  const dialog = (className) => Object.assign(make("div", { className }), { open: true, close: nothing });

  const slack = (thing) => {
    if (thing.said) return trySlack.drawn({ mine: true, ts: "1", at, text: thing.said.replace(/&/g, "&amp;").replace(/</g, "&lt;"), blocks: [] }, nothing, nothing);
    if (thing.message) return trySlack.drawn({ ts: "2", at, ...thing.message }, nothing, nothing);
    if (thing.notice) return make("div", { className: "s-notice" }, make("small", {}, "Only visible to you"), ...trySlack.drawn({ ts: "3", at, ...thing.notice }, nothing, nothing).querySelectorAll(".s-block"));
    if (thing.home) return make("div", { className: "home" }, ...trySlack.drawn({ ts: "4", at, text: "", blocks: thing.home.blocks }, nothing, nothing).querySelectorAll(".s-block, .s-divider"));
    const box = dialog("s-modal");
    trySlack.showView(box, thing.view, nothing, thing.errors);
    return box;
  };
  const teams = (thing) => {
    if (thing.said) return tryTeams.drawn({ mine: true, at, text: thing.said }, nothing);
    if (thing.card) return tryTeams.drawn({ at, card: thing.card }, nothing);
    if (thing.notice) return make("p", { className: "t-notice" }, thing.notice);
    const box = dialog("t-modal");
    tryTeams.showDialog(box, thing.dialog, nothing);
    return box;
  };
  const draw = async (platform, look, shown) => {
    document.documentElement.dataset.look = look;
    const box = document.getElementById("picture");
    box.className = platform;
    box.replaceChildren();
    for (const thing of shown) box.append((platform === "slack" ? slack : teams)(thing));
    if (document.activeElement) document.activeElement.blur();
    for (const t of box.querySelectorAll("textarea")) t.style.height = t.scrollHeight + 4 + "px"; // as the dialog scrolled through
    await document.fonts.ready;
  };
  return { draw };
})();
