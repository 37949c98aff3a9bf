#include "sources/documents/text_construct.hpp"

#include "domain/text/utf8.hpp"
#include "sources/documents/plain_text.hpp"
#include "sources/documents/vocabulary.hpp"

#include <algorithm>

namespace whynow::sources::documents {

namespace {

constexpr std::size_t most_text = 256 * 1024;

void append_raw(std::string& out, const node& n) {
    const std::string_view raw = n.text.substr(0, most_text - std::min(most_text, out.size()));
    if (n.what == node::kind::cdata)
        out.append(raw);
    else
        out += decode_references(raw);
}

bool has_child_elements(const tree& t, std::uint32_t element) {
    for (std::uint32_t c = t[element].first_child; c != no_node; c = t[c].next)
        if (t[c].what == node::kind::element)
            return true;
    return false;
}

bool separates(const node& n) {
    for (const std::string_view name :
         {"p", "div", "br", "li", "ul", "ol", "td", "tr", "table", "h1", "h2", "h3", "h4", "blockquote", "pre", "hr"})
        if (same_name(name, n.text))
            return true;
    return false;
}

// Text of all descendants in document order; without recursion, the tree may be deep.
std::string inner_text(const tree& t, std::uint32_t element) {
    std::string out;
    std::uint32_t i = t[element].first_child;
    while (i != no_node && out.size() < most_text) {
        const node& n = t[i];
        if (n.what != node::kind::element)
            append_raw(out, n);
        else if (separates(n))
            out += ' ';
        const bool hidden =
            n.what == node::kind::element && (same_name(n.text, "script") || same_name(n.text, "style"));
        if (n.what == node::kind::element && n.first_child != no_node && !hidden) {
            i = n.first_child;
            continue;
        }
        while (i != element && t[i].next == no_node) {
            i = t[i].parent;
            if (i != element && separates(t[i]))
                out += ' ';
        }
        i = i == element ? no_node : t[i].next;
    }
    return out;
}

enum class packing : std::uint8_t { text, html, guess };

// Atom by its root, whatever its namespace.
bool in_atom(const tree& t, std::uint32_t element) {
    for (; element != no_node; element = t[element].parent)
        if (t.is(element, "feed"))
            return basic(t[element].space);
    return false;
}

packing packing_of(std::string_view type, const tree& t, std::uint32_t element, text_role role) {
    if (same_name(type, "html") || same_name(type, "text/html"))
        return packing::html;
    if (same_name(type, "xhtml") || same_name(type, "application/xhtml+xml") || same_name(type, "text/xhtml"))
        return packing::text; // its markup would be elements
    if (t[element].space == vocabulary::atom || in_atom(t, element))
        return packing::text;
    return role == text_role::body ? packing::html : packing::guess;
}

bool packed_as_base64(std::string_view type, std::string_view mode) {
    if (!mode.empty())
        return same_name(mode, "base64");
    const auto slash = type.find('/');
    return slash != std::string_view::npos && !same_name(type.substr(0, slash), "text") &&
           type.find("xml") == std::string_view::npos && type.find("html") == std::string_view::npos;
}

} // namespace

std::string from_base64(std::string_view text) {
    std::string out;
    std::uint32_t bits = 0;
    int count = 0;
    for (const char c : text) {
        if (c == ' ' || c == '\n' || c == '\r' || c == '\t')
            continue;
        if (c == '=')
            break;
        int v = -1;
        if (c >= 'A' && c <= 'Z')
            v = c - 'A';
        else if (c >= 'a' && c <= 'z')
            v = c - 'a' + 26;
        else if (c >= '0' && c <= '9')
            v = c - '0' + 52;
        else if (c == '+' || c == '-')
            v = 62;
        else if (c == '/' || c == '_')
            v = 63;
        if (v < 0)
            return {};
        bits = (bits << 6 | static_cast<std::uint32_t>(v)) & 0xffffff;
        count += 6;
        if (count >= 8) {
            count -= 8;
            out += static_cast<char>(bits >> count & 0xff);
        }
    }
    return out;
}

std::string literal_text(const tree& t, std::uint32_t element) {
    std::string out;
    for (std::uint32_t c = t[element].first_child; c != no_node && out.size() < most_text; c = t[c].next)
        if (t[c].what != node::kind::element)
            append_raw(out, t[c]);
    return out;
}

std::string plain_text(const tree& t, std::uint32_t element, text_role role) {
    const std::string type = t.value(element, "type");
    if (has_child_elements(t, element))
        return tidy(undoubled(inner_text(t, element)));
    std::string text = literal_text(t, element);
    packing packed = packing_of(type, t, element, role);
    if (packed_as_base64(type, t.value(element, "mode"))) {
        if (const std::string unpacked = from_base64(text); !unpacked.empty())
            text = domain::text::repaired_utf8(unpacked);
        if (same_name(type, "xhtml") || same_name(type, "application/xhtml+xml"))
            packed = packing::html; // no elements in there but their source
    }
    if (packed == packing::html || (packed == packing::guess && looks_like_html(text)))
        text = html_to_text(text);
    return tidy(undoubled(text));
}

} // namespace whynow::sources::documents
