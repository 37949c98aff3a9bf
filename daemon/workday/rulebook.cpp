#include "workday/rulebook.hpp"

#include "embedded/embedded.hpp"
#include "settings/toml.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <optional>
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

    // Read now where one of the files is the admin's own, else at the first use. Nothing, never to be used, where that
    // found a problem.
    template <class T>
    at_first_use<T> made_of(std::initializer_list<const char*> files, std::function<std::optional<T>(shelf&)> make) {
        if (std::ranges::none_of(files, [this](const char* name) { return has_own(name); }))
            return at_first_use<T>([make] {
                shelf built_in("");
                return std::move(*make(built_in));
            });
        auto made = make(*this);
        return made && problems.empty() ? at_first_use<T>::holding(std::move(*made)) : at_first_use<T>();
    }

    void sentences(text::phrasebook& book) {
        std::map<std::string_view, std::vector<const embedded::file*>> built_in;
        for (const auto& f : embedded::files())
            if (f.path.starts_with("templates/") && f.path.ends_with(".toml"))
                built_in[language_of(f.path)].push_back(&f);
        for (auto& [language, files] : built_in)
            book.add_below(language, [of = std::move(files)] {
                shelf trees("");
                std::vector<rules::node> out;
                for (const auto* f : of)
                    out.push_back(trees.read(f->bytes, f->path));
                return out;
            });
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

    bool has_own(const std::string& name) const { return !own_.empty() && fs::exists(own_ + "/config/" + name); }

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

namespace {

std::optional<lint::linter> read_law(shelf& files) {
    auto law = lint::linter::from(files.rules("lint.toml"));
    if (auto* good = std::get_if<lint::linter>(&law))
        return std::move(*good);
    if (files.problems.empty()) {
        const auto& bad = std::get<lint::rules_problem>(law);
        files.problems.push_back({bad.at, bad.why});
    }
    return std::nullopt;
}

std::optional<event_rules> read_events(shelf& files) {
    const auto toml = files.rules("triggers.toml");
    event_rules made{triggers::classifier(toml), triggers::read_kinds(toml)};
    for (const auto& problem : made.classifier.problems())
        files.problems.push_back({{"config/triggers.toml", 0, 0}, problem});
    return made;
}

} // namespace

std::variant<std::shared_ptr<const rulebook>, std::vector<rule_problem>>
rulebook::load(const std::string& own_folder, workday::team team, const zones& clocks) {
    shelf files(own_folder);
    auto made = std::make_shared<rulebook>(files.rules("calling-hours.toml"));
    auto* book = made.get(); // outlives what it is made of
    made->law = files.made_of<lint::linter>({"lint.toml"}, read_law);
    made->events = files.made_of<event_rules>({"triggers.toml"}, read_events);
    made->dates = files.made_of<dates::reader>(
        {"dates.toml"}, [](shelf& f) { return std::optional<dates::reader>(std::in_place, f.rules("dates.toml")); });
    made->replies = files.made_of<outcomes::reply_reader>({"replies.toml"}, [book](shelf& f) {
        return std::optional<outcomes::reply_reader>(std::in_place, f.rules("replies.toml"), *book->dates);
    });
    made->spoken = files.made_of<briefs::spoken_headlines>({"headlines.toml"}, [](shelf& f) {
        return std::optional<briefs::spoken_headlines>(std::in_place, f.rules("headlines.toml"));
    });
    made->names = files.made_of<rules::node>(
        {"names.toml"}, [](shelf& f) { return std::optional<rules::node>(f.rules("names.toml")); });
    made->commands = workday::commands(files.rules("commands.toml"));
    made->choice = ranking::read_choice_rules(files.rules("ranking.toml"));
    files.sentences(made->book);
    for (const auto& e : made->book.check())
        files.problems.push_back({{rules::kept_name("templates, " + e.name), e.line, e.column}, e.why});
    if (!files.problems.empty())
        return std::move(files.problems);

    made->choice.budget = team.call_budget;
    made->returns.lead_weeks = team.lead_weeks;
    made->returns.days = team.workdays;
    made->team = std::move(team);
    made->clocks = &clocks;
    return std::shared_ptr<const rulebook>(std::move(made));
}

std::string to_string(const std::vector<rule_problem>& problems) {
    std::string out;
    for (const auto& p : problems)
        out += fmt::format("\n{}:{}:{}: {}", p.at.file, p.at.line, p.at.column, p.why);
    return out;
}

outcomes::understood rulebook::read(std::string_view said, instant now, std::string_view zone,
                                    std::span<const std::string> people) const {
    return replies->read(said, clocks->to_local(now, zone), zone, *clocks, people);
}

} // namespace whynow::workday
