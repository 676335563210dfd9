package org.yuanliu.platform.journal;

import static java.util.Objects.requireNonNull;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.stereotype.Component;

/** Up while the writer lives and what it writes is kept. */
@Component
final class JournalHealth extends AbstractHealthIndicator {
  private final JournalService journal;

  JournalHealth(JournalService journal) {
    super("the journal's state could not be asked");
    this.journal = requireNonNull(journal, "journal is null");
  }

  @Override
  protected void doHealthCheck(Health.Builder builder) {
    if (!journal.isRunning()) {
      builder.down().withDetail("writer", "not running");
    } else if (!journal.isStoring()) {
      builder.down().withDetail("writer", "the database does not store");
    } else {
      builder.up().withDetail("entries", journal.head().size());
    }
  }
}
