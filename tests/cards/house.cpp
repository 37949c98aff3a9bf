#include "cards/house.hpp"

#include "demo/sample_team.hpp"
#include "demo/sandbox_feeds.hpp"
#include "log/log.hpp"
#include "schedule/system_zones.hpp"
#include "workday/content.hpp"
#include "workday/conversation.hpp"
#include "workday/errands.hpp"
#include "workday/intake.hpp"
#include "workday/learning.hpp"
#include "workday/morning.hpp"
#include "workday/planning.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <stdexcept>
#include <unistd.h>

namespace whynow::cards_test {
namespace {

constexpr std::string_view conversation = "with whynow";

workday::team team_of_the_demo() {
    workday::team t;
    t.zone = "America/New_York";
    t.company = "Tallyard";
    t.product = "Tallyard Desk";
    t.our_customers = {"Brightwater Dairy", "Ostend Cables"};
    t.postal_address = "12 Harbor Row, Hartford CT";
    t.public_url = "https://whynow.tallyard.example";
    t.mail_on = true;
    t.platforms = {"console"}; // reaches everybody, and no flow asks which chat it is
    return t;
}

} // namespace

house::house(bool with_news) {
    static int made = 0;
    log::set_level(log::level::error);
    folder_ = std::filesystem::temp_directory_path() / fmt::format("whynow-cards-{}-{}", ::getpid(), ++made);
    std::filesystem::create_directories(folder_);
    auto loaded = workday::rulebook::load("", team_of_the_demo(), schedule::system_zones());
    rules_ = std::get<std::shared_ptr<const workday::rulebook>>(loaded);
    auto opened = store::store::open({.path = (folder_ / "cards.db").string()});
    if (!opened)
        throw std::runtime_error(opened.error().message());
    store_ = std::move(*opened);
    now_ = rules_->clocks->to_instant({demo::first_day(), minute_of_day{485}}, "America/New_York");
    write([&](store::session& s) {
        demo::fill(s, *rules_);
        if (with_news)
            take_news(s);
        known_ = std::make_unique<ranking::experience>(workday::learn(s, demo::first_day(), *rules_, now_));
    });
}

house::~house() {
    store_->close();
    store_.reset();
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
}

void house::write(const std::function<void(store::session&)>& work) {
    const auto all = [&](store::session& s) {
        work(s);
        empty_outbox(s);
    };
    if (const auto done = store_->write_now(all); !done)
        throw std::runtime_error(done.error().message());
}

// The demo's news up to this morning, as its feeds would tell it.
void house::take_news(store::session& s) {
    std::vector<workday::incoming> items;
    for (const auto& n : demo::sample()["news"]) {
        const auto slug = n["slug"].get<std::string>();
        const auto a = demo::article_named(slug);
        if (!a || a->published > now_)
            continue;
        signals::signal item;
        item.source = "rss:" + a->feed;
        item.external_id = slug;
        item.title = a->title;
        item.summary = a->text;
        item.url = fmt::format("https://news.example/{}", slug);
        item.publisher = a->feed;
        item.published = a->published;
        items.push_back({std::move(item), {}});
    }
    std::ranges::sort(items, {}, [](const auto& i) { return i.item.published; });
    workday::intake().take(s, items, *rules_, now_);
}

book::rep house::rep(std::string_view first_name) {
    std::optional<book::rep> found;
    write([&](store::session& s) {
        for (auto& r : store::reps(s).all())
            if (book::first_name(r.name) == first_name)
                found = r;
    });
    if (!found)
        throw std::runtime_error(fmt::format("nobody is called {}", first_name));
    return *found;
}

std::vector<std::string> house::morning(std::string_view who) {
    const auto r = rep(who);
    std::vector<std::string> values;
    write([&](store::session& s) {
        const auto id = workday::plan_brief(s, r, demo::first_day(), now_, *known_, *rules_);
        if (!id)
            throw std::runtime_error("no brief could be planned");
        for (const auto& c : store::briefs(s).cards(*id))
            values.push_back(fmt::format("card:{}", c.id.value));
    });
    return values;
}

cards::message house::brief(std::string_view who) {
    const auto r = rep(who);
    cards::message m;
    write([&](store::session& s) { m = workday::show_brief(s, store::briefs(s).latest(r.id)->id, *rules_); });
    return m;
}

chat::reply house::handle(chat::chat_event e, std::string_view who) {
    const auto r = rep(who);
    pass(std::chrono::minutes{7});
    e.id = e.business_key = fmt::format("act:{}", ++acts_);
    e.from = {"console", "", r.email, r.email, ""};
    e.at = now_;
    chat::reply got;
    write([&](store::session& s) { got = workday::handle(s, e, e.id, *rules_, *known_, now_); });
    return got;
}

chat::reply house::say(std::string_view who, std::string words, chat::message_ref about) {
    chat::chat_event e;
    e.kind = chat::event_kind::message;
    e.text = std::move(words);
    e.about = std::move(about);
    return handle(std::move(e), who);
}

chat::reply house::press(chat::event_kind kind, std::string_view who, std::string action, std::string value) {
    chat::chat_event e;
    e.kind = kind;
    e.action = std::move(action);
    e.value = std::move(value);
    return handle(std::move(e), who);
}

chat::reply house::tap(std::string_view who, std::string action, std::string value) {
    return press(chat::event_kind::action, who, std::move(action), std::move(value));
}

chat::reply house::ask_form(std::string_view who, std::string action, std::string value) {
    return press(chat::event_kind::form_wanted, who, std::move(action), std::move(value));
}

chat::reply house::submit(std::string_view who, const cards::form& f, std::map<std::string, std::string> fields) {
    chat::chat_event e;
    e.kind = chat::event_kind::form_submitted;
    e.form = f.id;
    e.context = f.context;
    for (const auto& field : f.fields)
        e.fields[field.id] = field.value;
    for (auto& [id, value] : fields)
        e.fields[id] = value;
    return handle(std::move(e), who);
}

chat::reply house::by_stranger() {
    chat::chat_event e;
    e.kind = chat::event_kind::message;
    e.text = "hello";
    e.id = e.business_key = fmt::format("act:{}", ++acts_);
    e.from = {"console", "", "stranger@tallyard.example", "stranger@tallyard.example", ""};
    chat::reply got;
    write([&](store::session& s) { got = workday::handle(s, e, e.id, *rules_, *known_, now_); });
    return got;
}

// As the dispatcher would: what is due goes out, and where it stands is remembered.
void house::empty_outbox(store::session& s) {
    for (const auto& item : store::outbox(s).with_state(store::outbox_state::pending, 1000)) {
        const auto e = workday::errand_from(item.payload);
        std::optional<cards::message> body;
        if (!e.message.empty())
            body = chat::message_from_json(e.message);
        else if (item.channel != "mail")
            body = workday::show(s, e.subject, *rules_, now_);
        if (body) {
            out.push_back({item.purpose, e.subject, *body});
            if (e.operation == "post" && !e.subject.empty())
                workday::arrived(s, e.subject, "console",
                                 {std::string(conversation), fmt::format("m{}", item.id.value)});
        }
        store::outbox(s).settle(item.id, store::outbox_state::sent);
    }
}

cards::message house::last(std::string_view what) const {
    for (auto i = out.rbegin(); i != out.rend(); ++i)
        if (i->subject == what || i->purpose == what)
            return i->body;
    throw std::runtime_error(fmt::format("nothing was sent as {}", what));
}

std::string house::last_subject(std::string_view purpose) const {
    for (auto i = out.rbegin(); i != out.rend(); ++i)
        if (i->purpose == purpose)
            return i->subject;
    throw std::runtime_error(fmt::format("nothing was sent as {}", purpose));
}

cards::message house::answer_to(std::string_view who, std::string words) {
    const auto before = out.size();
    const auto said = words;
    say(who, std::move(words));
    for (auto i = out.rbegin(); i != out.rend() - std::ptrdiff_t(before); ++i)
        if (i->purpose != "update")
            return i->body;
    throw std::runtime_error(fmt::format("nothing answers “{}”", said));
}

cards::message house::shown(std::string_view subject) {
    std::optional<cards::message> m;
    write([&](store::session& s) { m = workday::show(s, subject, *rules_, now_); });
    if (!m)
        throw std::runtime_error(fmt::format("{} cannot be shown", subject));
    return *m;
}

} // namespace whynow::cards_test
