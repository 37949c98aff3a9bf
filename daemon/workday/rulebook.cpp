#include "workday/rulebook.hpp"

#include "embedded/embedded.hpp"
#include "settings/toml.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <future>
#include <sstream>

namespace whynow::workday {
namespace {

namespace fs = std::filesystem;

// Reads rule files: the admin's where there is one, else the built-in; gathers every problem.
class shelf {
  public:
    explicit shelf(std::string own) : own_(std::move(own)) {}

    rules::node rules(const std::string& name) {
        const auto path = "config/" + name;
        if (auto mine = own_text(path))
            return read(*mine, own_ + "/" + path);
        return read(embedded::find(path).value_or(""), path);
    }

    void sentences(text::phrasebook& book) {
        for (const auto& f : embedded::files())
            if (f.path.starts_with("templates/") && f.path.ends_with(".toml"))
                book.add(language_of(f.path), read(f.bytes, f.path));
        if (own_.empty())
            return;
        std::error_code none;
        for (const auto& e : fs::recursive_directory_iterator(own_ + "/templates", none))
            if (e.path().extension() == ".toml") {
                const auto relative = "templates/" + fs::relative(e.path(), own_ + "/templates").generic_string();
                if (auto text = own_text(relative))
                    book.add(language_of(relative), read(*text, e.path().string()));
            }
    }

    std::vector<rule_problem> problems;

  private:
    std::string own_;

    static std::string_view language_of(std::string_view path) {
        path.remove_prefix(std::string_view("templates/").size());
        return path.substr(0, path.find('/'));
    }

    std::optional<std::string> own_text(const std::string& relative) const {
        if (own_.empty())
            return std::nullopt;
        std::ifstream in(own_ + "/" + relative, std::ios::binary);
        if (!in)
            return std::nullopt;
        std::ostringstream all;
        all << in.rdbuf();
        return all.str();
    }

    rules::node read(std::string_view text, std::string_view file) {
        auto result = settings::read_toml(text, file);
        if (auto* error = std::get_if<settings::toml_error>(&result)) {
            problems.push_back({error->at, error->why});
            return {};
        }
        return std::get<rules::node>(std::move(result));
    }
};

} // namespace

rulebook::rulebook(lint::linter l, triggers::classifier c, const rules::node& dates_toml,
                   const rules::node& replies_toml, const rules::node& hours_toml)
    : law(std::move(l)), dates(dates_toml), replies(replies_toml, dates), classifier(std::move(c)), hours(hours_toml) {}

namespace {

// Rules that are read beside the others: start-up has both cores to itself.
template <class T>
struct beside {
    T made;
    std::vector<rule_problem> problems;
};

beside<std::variant<lint::linter, lint::rules_problem>> read_law(const std::string& own) {
    shelf files(own);
    auto law = lint::linter::from(files.rules("lint.toml"));
    if (const auto* bad = std::get_if<lint::rules_problem>(&law); bad && files.problems.empty())
        files.problems.push_back({bad->at, bad->why});
    return {std::move(law), std::move(files.problems)};
}

struct event_rules {
    triggers::classifier classifier;
    triggers::kind_table kinds;
};

beside<event_rules> read_events(const std::string& own) {
    shelf files(own);
    const auto toml = files.rules("triggers.toml");
    event_rules made{triggers::classifier(toml), triggers::read_kinds(toml)};
    for (const auto& problem : made.classifier.problems())
        files.problems.push_back({{"config/triggers.toml", 0, 0}, problem});
    return {std::move(made), std::move(files.problems)};
}

void append(std::vector<rule_problem>& to, std::vector<rule_problem>& from) {
    std::ranges::move(from, std::back_inserter(to));
}

} // namespace

std::variant<std::shared_ptr<const rulebook>, std::vector<rule_problem>>
rulebook::load(const std::string& own_folder, workday::team team, const zones& clocks) {
    auto law_beside = std::async(std::launch::async, read_law, std::cref(own_folder));
    auto events_beside = std::async(std::launch::async, read_events, std::cref(own_folder));
    shelf files(own_folder);
    const auto dates_toml = files.rules("dates.toml"), replies_toml = files.rules("replies.toml");
    const auto hours_toml = files.rules("calling-hours.toml"), ranking_toml = files.rules("ranking.toml");
    const auto headlines_toml = files.rules("headlines.toml"), commands_toml = files.rules("commands.toml");
    auto names_toml = files.rules("names.toml");
    text::phrasebook book;
    files.sentences(book);
    for (const auto& e : book.check())
        files.problems.push_back({{rules::kept_name("templates, " + e.name), e.line, e.column}, e.why});
    auto law = law_beside.get();
    auto events = events_beside.get();
    append(files.problems, law.problems);
    append(files.problems, events.problems);
    if (!files.problems.empty())
        return std::move(files.problems);

    auto made = std::make_shared<rulebook>(std::get<lint::linter>(std::move(law.made)),
                                           std::move(events.made.classifier), dates_toml, replies_toml, hours_toml);
    made->kinds = std::move(events.made.kinds);
    made->team = std::move(team);
    made->book = std::move(book);
    made->spoken = briefs::spoken_headlines(headlines_toml);
    made->commands = workday::commands(commands_toml);
    made->choice = ranking::read_choice_rules(ranking_toml);
    made->choice.budget = made->team.call_budget;
    made->returns.lead_weeks = made->team.lead_weeks;
    made->returns.days = made->team.workdays;
    made->names = std::move(names_toml);
    made->clocks = &clocks;
    return std::shared_ptr<const rulebook>(std::move(made));
}

std::string to_string(const std::vector<rule_problem>& problems) {
    std::string out;
    for (const auto& p : problems)
        out += fmt::format("\n{}:{}:{}: {}", p.at.file, p.at.line, p.at.column, p.why);
    return out;
}

outcomes::understood rulebook::read(std::string_view said, instant now, std::string_view zone) const {
    return replies.read(said, clocks->to_local(now, zone), zone, *clocks);
}

} // namespace whynow::workday
