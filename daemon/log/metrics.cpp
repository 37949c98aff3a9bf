#include "log/metrics.hpp"

#include <map>
#include <mutex>
#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>
#include <stdexcept>

namespace whynow::log {
namespace {

prometheus::Labels to_labels(std::initializer_list<label> labels) {
    prometheus::Labels out;
    for (const auto& [name, value] : labels)
        out.emplace(name, value);
    return out;
}

template <class T>
using families = std::map<std::string, prometheus::Family<T>*, std::less<>>;

} // namespace

struct metrics::parts {
    prometheus::Registry registry{prometheus::Registry::InsertBehavior::Throw};
    std::mutex lock; // guards the maps
    families<prometheus::Counter> counters;
    families<prometheus::Gauge> gauges;
    families<prometheus::Histogram> histograms;

    template <class T, class Build>
    prometheus::Family<T>& family(families<T>& known, std::string_view name, std::string_view help, Build build) {
        const std::lock_guard hold(lock);
        if (const auto at = known.find(name); at != known.end())
            return *at->second;
        auto& made = build().Name(std::string(name)).Help(std::string(help)).Register(registry);
        known.emplace(name, &made);
        return made;
    }
};

metrics::metrics() : parts_(std::make_unique<parts>()) {}
metrics::~metrics() = default;

void counter::add(double by) const {
    if (at_)
        at_->Increment(by);
}

void gauge::set(double to) const {
    if (at_)
        at_->Set(to);
}

void gauge::add(double by) const {
    if (at_)
        at_->Increment(by);
}

void histogram::observe(double value) const {
    if (at_)
        at_->Observe(value);
}

counter metrics::counter(std::string_view name, std::string_view help, std::initializer_list<label> labels) {
    auto& family = parts_->family(parts_->counters, name, help, prometheus::BuildCounter);
    return log::counter(family.Add(to_labels(labels)));
}

gauge metrics::gauge(std::string_view name, std::string_view help, std::initializer_list<label> labels) {
    auto& family = parts_->family(parts_->gauges, name, help, prometheus::BuildGauge);
    return log::gauge(family.Add(to_labels(labels)));
}

histogram metrics::histogram(std::string_view name, std::string_view help, std::initializer_list<label> labels,
                             std::vector<double> buckets) {
    auto& family = parts_->family(parts_->histograms, name, help, prometheus::BuildHistogram);
    return log::histogram(family.Add(to_labels(labels), buckets));
}

std::vector<double> metrics::seconds_buckets() {
    return {0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30};
}

std::string metrics::text() const { return prometheus::TextSerializer().Serialize(parts_->registry.Collect()); }

} // namespace whynow::log
