// Small shared pieces: making elements, and the two platforms' kinds of marked-up text.
"use strict";
const tryText = (() => {
  const make = (tag, attributes = {}, ...inside) => {
    const e = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) name in e ? e[name] = value : e.setAttribute(name, value);
    e.append(...inside.filter((x) => x !== null && x !== undefined));
    return e;
  };
  const escaped = (text) => text.replace(/[&<>"']/g, (c) => "&#" + c.charCodeAt(0) + ";");
  const link = (address, words) => /^(https?:|tel:|mailto:)/.test(address)
    ? make("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, words) : document.createTextNode(words);
  const decoded = (text) => text.replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&");

  // Slack's mrkdwn, one line: links, *bold*, _italic_, ~struck~, `code`.
  const inline = (into, text) => {
    const pattern = /<([^>|]+)(?:\|([^>]*))?>|`([^`]+)`|(?<![\p{L}\p{N}*])\*(\S(?:[^*\n]*\S)?)\*(?![\p{L}\p{N}*])|(?<![\p{L}\p{N}_])_(\S(?:[^_\n]*\S)?)_(?![\p{L}\p{N}_])|(?<![\p{L}\p{N}~])~(\S(?:[^~\n]*\S)?)~(?![\p{L}\p{N}~])/gu;
    let at = 0;
    for (const m of text.matchAll(pattern)) {
      into.append(decoded(text.slice(at, m.index)));
      at = m.index + m[0].length;
      if (m[1]) into.append(link(decoded(m[1]), decoded(m[2] || m[1].replace(/^(mailto|tel):/, ""))));
      else if (m[3]) into.append(make("code", { className: "s-code" }, decoded(m[3])));
      else into.append(inline(make(m[4] ? "strong" : m[5] ? "em" : "s"), m[4] || m[5] || m[6]));
    }
    into.append(decoded(text.slice(at)));
    return into;
  };
  const mrkdwn = (text, className = "") => {
    const out = make("div", { className });
    const parts = text.split("```");
    parts.forEach((part, i) => {
      if (i % 2) return out.append(make("pre", { className: "s-pre" }, decoded(part.replace(/^\n|\n$/g, ""))));
      let quote = null, plain = null;
      part.split("\n").forEach((line) => {
        if (/^(>|&gt;) ?/.test(line)) {
          plain = null;
          if (!quote) out.append(quote = make("div", { className: "s-quote" }));
          else quote.append(make("br"));
          return inline(quote, line.replace(/^(>|&gt;) ?/, ""));
        }
        quote = null;
        if (!plain) out.append(plain = make("div"));
        else plain.append(make("br"));
        inline(plain, line);
      });
    });
    return out;
  };

  // What Adaptive Cards read of Markdown: **bold**, _italic_, [words](address), paragraphs, lists of "- ".
  const markdown = (text) => {
    const kept = [];
    const keep = (html) => "\u0001" + (kept.push(html) - 1) + "\u0002";
    const words = (line) => escaped(line.replace(/\\([\\`*_{}[\]()#+\-.!~<>|=:&])/g, (_, c) => keep(escaped(c))))
      .replace(/\[([^\]]*)\]\((https?:[^)\s]+|tel:[^)\s]+)\)/g, (_, label, address) => keep(`<a href="${address.replace(/&#38;/g, "&amp;")}" target="_blank" rel="noopener noreferrer">`) + label + keep("</a>"))
      .replace(/\*\*(.+?)\*\*/g, "<strong>$1</strong>").replace(/(^|[^\p{L}\p{N}])_(.+?)_(?![\p{L}\p{N}])/gu, "$1<em>$2</em>").replace(/(^|[^*])\*([^*]+)\*/g, "$1<em>$2</em>");
    const html = text.split(/\n\s*\n|\r\n\r\n/).map((p) => {
      const lines = p.split(/\r?\n/);
      return lines.length > 1 && lines.every((l) => /^- /.test(l)) ? "<ul>" + lines.map((l) => `<li>${words(l.slice(2))}</li>`).join("") + "</ul>" : `<p>${lines.map(words).join("<br>")}</p>`;
    }).join("");
    return html.replace(/\u0001(\d+)\u0002/g, (_, i) => kept[Number(i)]);
  };
  const clock = (iso, zone) => new Intl.DateTimeFormat("en-US", { hour: "numeric", minute: "2-digit", timeZone: zone }).format(new Date(iso));
  return { make, mrkdwn, markdown, clock };
})();
