// The names that feeds are made of.
#pragma once

#include "sources/documents/markup.hpp"

namespace whynow::sources::documents {

// By the namespace's address; where nobody knows it, by the prefix, since senders misspell addresses. An unknown
// default namespace counts as core.
vocabulary vocabulary_of(std::string_view address, std::string_view prefix);
// RSS's own elements or Atom's.
bool basic(vocabulary space);
bool begins_item(std::string_view name);     // item, entry
bool holds_text_only(std::string_view name); // title, guid, pubDate …
bool stands_in_item(std::string_view name);  // what may follow such an element

} // namespace whynow::sources::documents
