package org.yuanliu.platform.journal;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.function.Supplier;

/** What an operator sees of the writer. */
final class JournalMetrics {
  private final DistributionSummary groupEntries;
  private final DistributionSummary groupSubmissions;
  private final Timer commit;
  private final Counter refused;
  private final Counter sessions;

  JournalMetrics(MeterRegistry registry, Supplier<Number> queued, Supplier<Number> size) {
    groupEntries =
        DistributionSummary.builder("yuanliu.journal.group")
            .baseUnit("entries")
            .description("Entries that were stored by one group commit")
            .register(registry);
    groupSubmissions =
        DistributionSummary.builder("yuanliu.journal.group.submissions")
            .baseUnit("submissions")
            .description("Submissions that shared one group commit")
            .register(registry);
    commit =
        Timer.builder("yuanliu.journal.commit")
            .description("From taking a group to its commit")
            .publishPercentileHistogram()
            .minimumExpectedValue(Duration.ofMillis(1))
            .maximumExpectedValue(Duration.ofSeconds(10))
            .register(registry);
    refused =
        Counter.builder("yuanliu.journal.unavailable")
            .baseUnit("submissions")
            .description("Submissions refused because nothing could be stored")
            .register(registry);
    sessions =
        Counter.builder("yuanliu.journal.sessions")
            .baseUnit("sessions")
            .description("Writer sessions begun: one at start, one after each loss of the database")
            .register(registry);
    Gauge.builder("yuanliu.journal.queue", queued)
        .baseUnit("submissions")
        .description("Submissions that wait for the writer")
        .register(registry);
    Gauge.builder("yuanliu.journal.size", size)
        .baseUnit("entries")
        .description("Entries in the journal")
        .register(registry);
  }

  void committed(int submissions, int entries, long nanos) {
    groupSubmissions.record(submissions);
    groupEntries.record(entries);
    commit.record(Duration.ofNanos(nanos));
  }

  void refused(int submissions) {
    refused.increment(submissions);
  }

  void sessionBegun() {
    sessions.increment();
  }
}
