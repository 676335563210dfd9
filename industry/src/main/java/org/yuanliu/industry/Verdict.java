package org.yuanliu.industry;

import static java.util.Objects.requireNonNull;

import java.util.Comparator;
import java.util.List;

/**
 * What can be said of a chain.
 *
 * @param level the one word
 * @param findings the reasons, the gravest first; each condition that fails, and what held
 */
public record Verdict(Level level, List<Finding> findings) {
  public Verdict {
    requireNonNull(level, "level is null");
    findings = List.copyOf(findings);
  }

  /**
   * The verdict that follows from the findings: the gravest decides, and silence is not consent.
   */
  static Verdict of(List<Finding> findings) {
    List<Finding> sorted =
        findings.stream().sorted(Comparator.comparing(Finding::severity).reversed()).toList();
    if (sorted.isEmpty()) {
      return new Verdict(Level.UNKNOWN, sorted);
    }
    Level level =
        switch (sorted.getFirst().severity()) {
          case PROBLEM -> Level.PROBLEM;
          case UNKNOWN -> Level.UNKNOWN;
          case DOUBT -> Level.INCOMPLETE;
          case INFO, HELD -> Level.COMPLETE;
        };
    return new Verdict(level, sorted);
  }
}
