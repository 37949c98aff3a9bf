// The platform-neutral card model: what a person sees, in the order they read it. Every chat adapter lays the same
// value out in its own format; no adapter adds a sentence of its own. All strings are plain text: the adapters escape.
#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace whynow::domain::cards {

// A run of text. `href` (http or https only, or "tel:") makes it a link.
struct span {
    std::string text;
    std::string href;
    bool strong = false;
    bool emphasis = false;
    friend bool operator==(const span&, const span&) = default;
};
using rich = std::vector<span>;
std::string plain(const rich& text); // the words alone

struct button {
    enum class style { normal, primary, danger };
    std::string action; // what it asks for: "log", "no_answer", "approve" … ([a-z_]+)
    std::string value;  // to which thing: "card:17", "draft:4:2" (draft 4, revision 2)
    std::string label;  // at most 30 characters
    button::style look = button::style::normal;
    bool opens_form = false; // the platform must open a dialog at once
    std::string spoken = {}; // for screen readers where the label is short ("Open call 2, Ann Lee")
    friend bool operator==(const button&, const button&) = default;
};

struct heading {
    std::string text;
    friend bool operator==(const heading&, const heading&) = default;
};
struct subtle {
    rich text;
    friend bool operator==(const subtle&, const subtle&) = default;
};
struct paragraph {
    rich text;
    friend bool operator==(const paragraph&, const paragraph&) = default;
};
struct rule {
    friend bool operator==(const rule&, const rule&) = default;
};

// Words to be said or sent, set apart from ours. `label` stands above ("Open with · 22 seconds").
struct box {
    std::string label;
    std::string title; // a mail's subject; often empty
    std::string text;  // may hold line feeds
    friend bool operator==(const box&, const box&) = default;
};

struct fact {
    std::string title;
    rich value;
    friend bool operator==(const fact&, const fact&) = default;
};
struct facts {
    std::vector<fact> rows;
    friend bool operator==(const facts&, const facts&) = default;
};
struct actions {
    std::vector<button> buttons;
    friend bool operator==(const actions&, const actions&) = default;
};

// The first line of a call: number, person, place, and at the right what kind of reason and how old.
struct call_head {
    int number = 0;
    std::string name;
    std::string role_and_account; // "EVP Sales, Northwind"
    rich detail;                  // zone, hours there, telephone link
    std::string badge;            // "people changed"
    std::string age;              // "12 days ago"
    friend bool operator==(const call_head&, const call_head&) = default;
};

struct fold; // a call that opens with a tap

struct bar {
    std::string label;
    double value = 0;
    std::string shown;
    friend bool operator==(const bar&, const bar&) = default;
};
struct bars {
    std::string title;
    std::vector<bar> rows;
    friend bool operator==(const bars&, const bars&) = default;
};
// Rows of equal length below a header; all cells plain text, none empty ("–").
struct table {
    std::string title;
    std::vector<std::string> header;
    std::vector<std::vector<std::string>> rows;
    friend bool operator==(const table&, const table&) = default;
};

using block = std::variant<heading, subtle, paragraph, rule, box, facts, actions, call_head, fold, bars, table>;

struct fold {
    std::string id; // "c2": unique in the message
    call_head head;
    rich teaser; // the one sentence that stays when closed
    std::vector<block> inside;
    bool open = false;
    button opener; // the button that opens it where the platform cannot fold by itself
    friend bool operator==(const fold&, const fold&);
};

struct message {
    std::string fallback; // one whole sentence: notifications and screen readers read this
    std::vector<block> blocks;
    friend bool operator==(const message&, const message&) = default;
};
inline bool operator==(const fold& a, const fold& b) {
    return a.id == b.id && a.head == b.head && a.teaser == b.teaser && a.inside == b.inside && a.open == b.open &&
           a.opener == b.opener;
}

// A dialog. Values come back in chat_event::fields by the field's id.
struct field {
    enum class kind { line, text, choice, choices, date, time, tick };
    std::string id;
    field::kind input = kind::line;
    std::string label;
    std::string value; // what stands in it at first: text, option value, ISO date, "HH:MM", "true"; choices ','-joined
    std::string hint;
    bool optional = true;
    std::vector<std::pair<std::string, std::string>> options; // value, shown text
    std::size_t most = 3000;                                  // characters
    friend bool operator==(const field&, const field&) = default;
};
struct form {
    std::string id;      // "outcome", "draft", "settings"
    std::string context; // goes round unchanged: "card:17"
    std::string title;   // at most 24 characters
    std::string submit;  // at most 24 characters
    std::string cancel;
    std::vector<field> fields;
    friend bool operator==(const form&, const form&) = default;
};

// All rows (recursively) of a message as one readable text: e-mail fallback, `whynow brief`, golden files.
std::string as_text(const message& m);

} // namespace whynow::domain::cards
