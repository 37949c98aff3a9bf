// Numbers for the operator, in Prometheus' text format. One object belongs to one app; nothing is global. Labels
// stay few and bounded (route, status, adapter): never a rep, an account or an id.
#pragma once

#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace prometheus {
class Counter;
class Gauge;
class Histogram;
} // namespace prometheus

namespace whynow::log {

using label = std::pair<std::string_view, std::string_view>;

// Handles into a metrics object, valid as long as it lives; cheap to copy, callable from any thread. A handle that
// was default-made counts nowhere, so parts can be tested without metrics.
class counter {
  public:
    counter() = default;
    explicit counter(prometheus::Counter& at) : at_(&at) {}
    void add(double by = 1) const; // never negative

  private:
    prometheus::Counter* at_ = nullptr;
};

class gauge {
  public:
    gauge() = default;
    explicit gauge(prometheus::Gauge& at) : at_(&at) {}
    void set(double to) const;
    void add(double by) const;

  private:
    prometheus::Gauge* at_ = nullptr;
};

class histogram {
  public:
    histogram() = default;
    explicit histogram(prometheus::Histogram& at) : at_(&at) {}
    void observe(double value) const;

  private:
    prometheus::Histogram* at_ = nullptr;
};

class metrics {
  public:
    metrics();
    ~metrics();
    metrics(const metrics&) = delete;
    metrics& operator=(const metrics&) = delete;

    // The one counter, gauge or histogram of that name and these labels, made at first asking. `help` counts only
    // then. Throws std::invalid_argument for a name Prometheus does not allow or one already used as another type.
    log::counter counter(std::string_view name, std::string_view help, std::initializer_list<label> labels = {});
    log::gauge gauge(std::string_view name, std::string_view help, std::initializer_list<label> labels = {});
    // Buckets: upper bounds, rising; the default suits seconds from 1 ms to 30 s.
    log::histogram histogram(std::string_view name, std::string_view help, std::initializer_list<label> labels = {},
                             std::vector<double> buckets = seconds_buckets());
    static std::vector<double> seconds_buckets();

    // The body of /metrics (text/plain; version=0.0.4).
    std::string text() const;

  private:
    struct parts;
    std::unique_ptr<parts> parts_;
};

} // namespace whynow::log
