package org.yuanliu.ledger.receipt;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a verifier found.
 *
 * @param findings in the order in which one reads them
 * @param witnessedAt the earliest time that a known witness confirmed; none if none did
 */
public record Verification(List<Finding> findings, Optional<Instant> witnessedAt) {
  public Verification {
    findings = List.copyOf(findings);
  }

  /** Whether the record was shown to stand in the log, unchanged, by the log's own signature. */
  public boolean holds() {
    return findings.stream().noneMatch(finding -> finding.kind() == Finding.Kind.REFUTED)
        && has(Finding.Code.INCLUSION)
        && has(Finding.Code.LOG_SIGNATURE);
  }

  private boolean has(Finding.Code code) {
    return findings.stream()
        .anyMatch(finding -> finding.code() == code && finding.kind() == Finding.Kind.PROVED);
  }
}
