// A value that is made when somebody first asks for it: what a day may not need costs a start neither time nor memory.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>

namespace whynow::domain {

// Any thread may ask; the first one makes the value and the others wait for it. What the maker captures lives as long
// as this. The value stays where it is when this is moved.
template <class T>
class at_first_use {
  public:
    at_first_use() = default; // never asked
    explicit at_first_use(std::function<T()> maker) : state_(std::make_unique<state>()) {
        state_->maker = std::move(maker);
    }
    // Made already.
    static at_first_use holding(T value) {
        at_first_use made;
        made.state_ = std::make_unique<state>();
        made.state_->value.emplace(std::move(value));
        return made;
    }

    const T& operator*() const {
        std::call_once(state_->once, [s = state_.get()] {
            if (!s->value)
                s->value.emplace(std::exchange(s->maker, nullptr)());
        });
        return *state_->value;
    }
    const T* operator->() const { return &**this; }

  private:
    struct state {
        std::once_flag once;
        std::function<T()> maker;
        std::optional<T> value;
    };
    std::unique_ptr<state> state_;
};

} // namespace whynow::domain
