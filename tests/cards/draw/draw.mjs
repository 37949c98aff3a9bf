// Draws the cards whose JSON `test_cards` wrote, light and dark, and says in drawn.json what was drawn:
//   node tests/cards/draw/draw.mjs JSON_FOLDER PICTURE_FOLDER
// and writes the gallery, README.md, from captions.json beside this file. A picture whose card has not changed stays as it is; WHYNOW_DRAW=all draws every one.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const [from, to] = process.argv.slice(2);
const here = dirname(fileURLToPath(import.meta.url));
const page_of_one = pathToFileURL(join(here, "picture.html")).href;
const chapters = JSON.parse(readFileSync(join(here, "captions.json"), "utf8"));
const index = JSON.parse(readFileSync(join(from, "index.json"), "utf8"));
const list = join(to, "drawn.json");
const before = existsSync(list) && process.env.WHYNOW_DRAW !== "all" ? JSON.parse(readFileSync(list, "utf8")) : {};
const digest = (file) => createHash("sha256").update(readFileSync(file)).digest("hex");
const file_of = (name, look) => join(to, `${name}-${look}.png`);
const looks = ["light", "dark"];

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--hide-scrollbars"] });
const page = await browser.newPage({ viewport: { width: 680, height: 400 }, locale: "en-GB", timezoneId: "America/New_York" });
page.on("pageerror", (e) => { console.error(e.message); process.exitCode = 1; });
await page.goto(page_of_one);
const drawn = {};
let fresh = 0;
for (const [name, card] of Object.entries(index)) {
  const old = before[name];
  if (old && old.card === card && looks.every((l) => existsSync(file_of(name, l)) && digest(file_of(name, l)) === old[l])) {
    drawn[name] = old;
    continue;
  }
  const { shown } = JSON.parse(readFileSync(join(from, name + ".json"), "utf8"));
  drawn[name] = { card };
  for (const look of looks) {
    const file = file_of(name, look);
    mkdirSync(dirname(file), { recursive: true });
    await page.evaluate(([platform, l, s]) => picture.draw(platform, l, s), [name.split("/")[0], look, shown]);
    writeFileSync(file, await page.locator("#picture").screenshot());
    execFileSync("pngquant", ["--force", "--strip", "--speed", "1", "--output", file, "64", "--", file]);
    drawn[name][look] = digest(file);
  }
  ++fresh;
}
await browser.close();
for (const platform of ["slack", "teams"])
  for (const f of existsSync(join(to, platform)) ? readdirSync(join(to, platform)) : [])
    if (!drawn[`${platform}/${f.replace(/-(light|dark)\.png$/, "")}`]) rmSync(join(to, platform, f));

// One chapter per part of the day; each card with the sentence that says when it is seen.
const told = new Set();
let gallery = `# Every card, as it looks

What a rep, a manager or somebody who should not see a card gets to see, on both platforms, light and dark. The JSON is what the flows and the adapters really send
(\`tests/cards\`: the demo's sample team on 7 January 2025); Teams is drawn by Microsoft's own renderer, Slack by the code that draws \`/try\`, as close as can be. \`./run pictures\`
draws what has changed, and the test \`cards\` fails as long as a picture is of an older card. This page is written by the same command from \`tests/cards/draw/captions.json\`.

No card: that the app is missing or was removed for somebody. Their brief goes by mail, and the admin reads it at \`/admin\` and in the log.
`;
for (const [chapter, cards] of Object.entries(chapters)) {
  gallery += `\n## ${chapter}\n`;
  for (const [name, sentence] of Object.entries(cards)) {
    told.add(name);
    gallery += `\n### ${name}\n${sentence}\n\n`;
    for (const platform of ["slack", "teams"])
      if (drawn[`${platform}/${name}`])
        gallery += looks.map((l) => `<img src="${platform}/${name}-${l}.png" width="49%" alt="${platform === "slack" ? "Slack" : "Teams"}, ${l}: ${name}">`).join(" ") + "\n";
  }
}
writeFileSync(join(to, "README.md"), gallery);
for (const name of Object.keys(drawn))
  if (!told.has(name.split("/")[1])) { console.error(`captions.json does not say when ${name} is seen`); process.exitCode = 1; }
writeFileSync(list, JSON.stringify(drawn, null, 1) + "\n");
console.error(`${fresh} of ${Object.keys(index).length} cards drawn anew`);
