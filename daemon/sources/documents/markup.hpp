// A lenient reader of XML: always gives a tree, never more than the limits, never anything from outside the text.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace whynow::sources::documents {

// The vocabularies an element can belong to, by namespace (by its usual prefix where the namespace is not declared).
enum class vocabulary : std::uint8_t { core, atom, dc, dcterms, content, media, itunes, rdf, xhtml, xml, other };

// Views point into the text given to parse_markup, which must outlive the tree.
struct attribute {
    vocabulary space = vocabulary::core;
    std::string_view name; // local name
    std::string_view raw;  // entities not decoded
};

constexpr std::uint32_t no_node = 0xffffffff;

struct node {
    enum class kind : std::uint8_t { element, text, cdata };
    kind what = kind::element;
    vocabulary space = vocabulary::core;
    std::uint16_t attribute_count = 0;
    std::string_view text; // element: local name as written; text: raw; cdata: literal
    std::uint32_t parent = no_node;
    std::uint32_t first_child = no_node;
    std::uint32_t last_child = no_node;
    std::uint32_t next = no_node;
    std::uint32_t first_attribute = 0;
};

struct tree {
    std::vector<node> nodes; // nodes[0] is the document itself, an element without a name
    std::vector<attribute> attributes;
    std::vector<std::string> problems;

    const node& operator[](std::uint32_t i) const { return nodes[i]; }
    // The attribute's value, entities decoded, trimmed; empty where there is none.
    std::string value(std::uint32_t element, std::string_view name, vocabulary space = vocabulary::core) const;
    // Null where there is none, so that an empty one can be told.
    const attribute* find(std::uint32_t element, std::string_view name, vocabulary space = vocabulary::core) const;
    bool is(std::uint32_t element, std::string_view name) const; // by local name without case
};

// `most_depth`: deeper elements are read as if they stood at that depth. `most_nodes`: reading stops there.
tree parse_markup(std::string_view text, std::size_t most_depth, std::size_t most_nodes);

// True where the names are equal without regard to ASCII case.
bool same_name(std::string_view a, std::string_view b);

} // namespace whynow::sources::documents
