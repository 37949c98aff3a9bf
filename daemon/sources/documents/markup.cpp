#include "sources/documents/markup.hpp"

#include "sources/documents/plain_text.hpp"
#include "sources/documents/tag.hpp"
#include "sources/documents/vocabulary.hpp"
#include "sources/documents/well_formed.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

namespace whynow::sources::documents {

namespace {

constexpr std::size_t most_namespaces = 256;
constexpr std::size_t most_problems = 20;

struct qualified {
    std::string_view prefix;
    std::string_view local;
};

qualified split_name(std::string_view name) {
    const auto colon = name.find(':');
    if (colon == std::string_view::npos || colon + 1 == name.size())
        return {{}, name.substr(0, colon)};
    return {name.substr(0, colon), name.substr(colon + 1)};
}

class markup_reader {
  public:
    markup_reader(std::string_view text, std::size_t most_depth, std::size_t most_nodes)
        : text_(text), most_depth_(most_depth), most_nodes_(most_nodes) {
        out_.nodes.reserve(std::min(most_nodes, text.size() / 24 + 16));
        out_.nodes.emplace_back();
        open_.push_back({0, {}, 0});
    }

    tree read() {
        while (at_ < text_.size() && !full_) {
            const auto tag = text_.find('<', at_);
            characters(text_.substr(at_, tag - at_));
            if (tag == std::string_view::npos)
                break;
            at_ = tag;
            markup();
        }
        if (open_.size() > 1 && !full_)
            problem("the document ends inside <" + std::string(open_.back().name) + ">");
        return std::move(out_);
    }

  private:
    struct opened {
        std::uint32_t node;
        std::string_view name; // with its prefix
        std::size_t namespaces_before;
    };
    struct binding {
        std::string_view prefix;
        vocabulary space;
    };

    void problem(std::string_view what, std::string_view name = {}, std::string_view rest = {}) {
        if (++faults_ == most_faults) {
            full_ = true;
            out_.problems.emplace_back("too malformed to read on");
        }
        remark(what, name, rest);
    }

    // Something that does not make reading dearer, however often it comes.
    void remark(std::string_view what, std::string_view name = {}, std::string_view rest = {}) {
        auto& list = out_.problems;
        if (full_ || list.size() >= most_problems)
            return;
        std::string text(what);
        text.append(name.substr(0, 60)).append(rest);
        if (std::find(list.begin(), list.end(), text) == list.end())
            list.push_back(std::move(text));
    }

    // The same for constant text, told apart by its place alone: may be called for every character of a document.
    void remark_once(std::string_view constant) {
        if (constant.empty() || std::find(said_.begin(), said_.end(), constant.data()) != said_.end())
            return;
        said_.push_back(constant.data());
        remark(constant);
    }

    std::uint32_t append(node made) {
        if (out_.nodes.size() >= most_nodes_) {
            problem("too many elements; the rest is not read");
            full_ = true;
            return no_node;
        }
        const auto index = static_cast<std::uint32_t>(out_.nodes.size());
        made.parent = open_.back().node;
        node& parent = out_.nodes[made.parent];
        if (parent.last_child == no_node)
            parent.first_child = index;
        else
            out_.nodes[parent.last_child].next = index;
        parent.last_child = index;
        out_.nodes.push_back(made);
        return index;
    }

    void characters(std::string_view raw, node::kind what = node::kind::text) {
        if (raw.empty() ||
            (what == node::kind::text && between_elements() && std::all_of(raw.begin(), raw.end(), blank)))
            return;
        if (open_.size() == 1)
            remark_once("text stands outside of the document");
        remark_once(what == node::kind::text ? fault_of(raw) : fault_of_cdata(raw));
        node made;
        made.what = what;
        made.text = raw;
        append(made);
    }

    // Whether the open element is one that holds elements alone: blanks there are layout.
    bool between_elements() const {
        const node& top = out_.nodes[open_.back().node];
        return open_.size() == 1 || (basic(top.space) && (begins_item(top.text) || same_name(top.text, "channel") ||
                                                          same_name(top.text, "feed")));
    }

    void markup() {
        const std::string_view rest = text_.substr(at_);
        if (rest.starts_with("<!--")) {
            skip_past("-->", 4, "a comment is not closed");
        } else if (rest.starts_with("<![CDATA[")) {
            const auto end = text_.find("]]>", at_ + 9);
            if (end == std::string_view::npos)
                problem("a CDATA section is not closed");
            characters(text_.substr(at_ + 9, end - std::min(end, at_ + 9)), node::kind::cdata);
            at_ = end == std::string_view::npos ? text_.size() : end + 3;
        } else if (rest.starts_with("<?")) {
            if (at_ != 0 && rest.starts_with("<?xml") && rest.size() > 5 && blank(rest[5]))
                remark_once("the XML declaration does not stand first");
            skip_past(rest.find("?>") == std::string_view::npos ? ">" : "?>", 2,
                      "a processing instruction is not closed");
        } else if (rest.starts_with("<!")) {
            declaration();
        } else if (rest.size() > 2 && rest[1] == '/' && begins_name(rest[2])) {
            end_tag();
        } else if (rest.size() > 1 && begins_name(rest[1])) {
            start_tag();
        } else {
            problem("a < stands in the text");
            characters(rest.substr(0, 1), node::kind::cdata);
            ++at_;
        }
    }

    void skip_past(std::string_view mark, std::size_t from, const char* complaint) {
        const auto end = text_.find(mark, at_ + from);
        if (end == std::string_view::npos)
            problem(complaint);
        at_ = end == std::string_view::npos ? text_.size() : end + mark.size();
    }

    // Skips <!DOCTYPE …> with its internal subset, of which nothing is used.
    void declaration() {
        const std::size_t from = at_;
        std::size_t at = at_ + 2;
        bool subset = false;
        for (; at < text_.size(); ++at) {
            const char c = text_[at];
            if (c == '"' || c == '\'') {
                at = text_.find(c, at + 1);
                if (at == std::string_view::npos)
                    break;
            } else if (c == '<' && text_.compare(at, 4, "<!--") == 0) {
                at = text_.find("-->", at + 4);
                if (at == std::string_view::npos)
                    break;
            } else if (c == '[') {
                subset = true;
            } else if (c == ']') {
                subset = false;
            } else if (c == '>' && !subset) {
                break;
            }
        }
        if (at >= text_.size()) {
            problem("a declaration is not closed");
            const auto end = text_.find("]>", from);
            at = end == std::string_view::npos ? text_.find('>', from) : end + 1;
        }
        at_ = at >= text_.size() ? text_.size() : at + 1;
        if (text_.substr(from, at_ - from).find("<!ENTITY") != std::string_view::npos)
            problem("entities of a document type are never expanded");
    }

    void end_tag() {
        at_ += 2;
        const std::string_view name = name_at(text_, at_);
        const auto close = text_.find_first_of("<>", at_);
        at_ = close == std::string_view::npos ? text_.size() : close + (text_[close] == '>' ? 1 : 0);
        for (std::size_t i = open_.size() - 1; i > 0; --i)
            if (same_name(open_[i].name, name)) {
                if (i + 1 != open_.size())
                    problem("<", open_.back().name, "> is not closed");
                else if (open_[i].name != name)
                    remark_once("an end tag is in other letters than its start tag");
                close_to(i);
                return;
            }
        problem("</", name, "> closes nothing");
    }

    void close_to(std::size_t size) {
        bindings_.resize(std::min(bindings_.size(), open_[size].namespaces_before));
        open_.resize(size);
    }

    void start_tag() {
        at_ = read_start_tag(text_, at_, tag_);
        for (const std::string_view fault : tag_.faults)
            problem(fault);
        element(tag_.name, tag_.empty);
    }

    void bind_namespaces() {
        for (const tag::attribute& a : tag_.attributes) {
            const qualified q = split_name(a.name);
            const bool as_default = q.prefix.empty() && same_name(q.local, "xmlns");
            if (!as_default && !same_name(q.prefix, "xmlns"))
                continue;
            if (bindings_.size() >= most_namespaces) {
                problem("too many namespaces; the rest is not read");
                return;
            }
            const std::string_view prefix = as_default ? std::string_view{} : q.local;
            bindings_.push_back({prefix, vocabulary_of(a.value, prefix)});
        }
    }

    vocabulary space_of(std::string_view prefix, bool is_attribute) {
        if (is_attribute && prefix.empty())
            return vocabulary::core;
        for (std::size_t i = bindings_.size(); i-- > 0;)
            if (bindings_[i].prefix == prefix)
                return bindings_[i].space;
        if (prefix.empty())
            return vocabulary::core;
        if (!same_name(prefix, "xml"))
            remark("namespace prefix ", prefix, " is not declared");
        return vocabulary_of({}, prefix);
    }

    void element(std::string_view name, bool empty) {
        const std::size_t before = bindings_.size();
        bind_namespaces();
        const qualified q = split_name(name);
        node made;
        made.space = space_of(q.prefix, false);
        made.text = q.local;
        close_forgotten(made);
        if (open_.size() == 1 && std::exchange(rooted_, true))
            remark_once("a second document follows the first");
        const std::size_t first = out_.attributes.size();
        for (const tag::attribute& a : tag_.attributes) {
            const qualified n = split_name(a.name);
            if (n.prefix.empty() ? same_name(n.local, "xmlns") : same_name(n.prefix, "xmlns"))
                continue;
            remark_once(fault_of(a.value));
            out_.attributes.push_back({space_of(n.prefix, true), n.local, a.value});
        }
        made.first_attribute = static_cast<std::uint32_t>(first);
        made.attribute_count = static_cast<std::uint16_t>(out_.attributes.size() - first);
        const std::uint32_t index = append(made);
        if (index == no_node)
            return;
        if (!empty && is_void(made))
            remark_once("HTML without end tags stands in the document");
        if (empty || is_void(made)) {
            bindings_.resize(std::min(before, bindings_.size()));
        } else if (open_.size() > most_depth_) {
            problem("elements are nested too deep");
            bindings_.resize(std::min(before, bindings_.size()));
        } else {
            open_.push_back({index, name, std::min(before, bindings_.size())});
        }
    }

    // HTML that stands naked in a feed: <br> has no end tag.
    static bool is_void(const node& n) {
        static constexpr std::array<std::string_view, 4> names{"br", "hr", "img", "input"};
        return std::any_of(names.begin(), names.end(), [&](std::string_view v) { return same_name(v, n.text); });
    }

    // An element that holds text alone was not closed where its sibling begins; nor an item where the next one begins.
    void close_forgotten(const node& next) {
        if (!basic(next.space))
            return;
        const node& top = out_.nodes[open_.back().node];
        const bool begins = begins_item(next.text);
        if (basic(top.space) && holds_text_only(top.text) && (begins || stands_in_item(next.text))) {
            problem("<", open_.back().name, "> is not closed");
            close_to(open_.size() - 1);
        }
        if (!begins)
            return;
        std::size_t i = open_.size() - 1;
        while (i > 0 && basic(out_.nodes[open_[i].node].space) &&
               (holds_text_only(out_.nodes[open_[i].node].text) ||
                same_name(out_.nodes[open_[i].node].text, "description")))
            --i;
        if (i > 0 && basic(out_.nodes[open_[i].node].space) && begins_item(out_.nodes[open_[i].node].text)) {
            problem("<", open_[i].name, "> is not closed");
            close_to(i);
        }
    }

    std::string_view text_;
    std::size_t at_ = 0;
    std::size_t most_depth_;
    std::size_t most_nodes_;
    bool full_ = false;
    bool rooted_ = false; // the outermost element has begun
    std::size_t faults_ = 0;
    std::vector<const char*> said_;
    tree out_;
    std::vector<opened> open_;
    std::vector<binding> bindings_;
    tag tag_;
};

} // namespace

const attribute* tree::find(std::uint32_t element, std::string_view name, vocabulary space) const {
    const node& n = nodes[element];
    for (std::size_t i = n.first_attribute; i < std::size_t{n.first_attribute} + n.attribute_count; ++i)
        if (attributes[i].space == space && same_name(attributes[i].name, name))
            return &attributes[i];
    return nullptr;
}

std::string tree::value(std::uint32_t element, std::string_view name, vocabulary space) const {
    const attribute* found = find(element, name, space);
    return found != nullptr ? tidy(decode_references(found->raw)) : std::string{};
}

bool tree::is(std::uint32_t element, std::string_view name) const {
    return nodes[element].what == node::kind::element && same_name(nodes[element].text, name);
}

tree parse_markup(std::string_view text, std::size_t most_depth, std::size_t most_nodes) {
    return markup_reader(text, most_depth, most_nodes).read();
}

} // namespace whynow::sources::documents
