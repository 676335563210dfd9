package org.yuanliu.industry;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * One thing that a check found, good or bad.
 *
 * @param code stable name, {@code missing_link} for instance; see {@link FindingCode}
 * @param severity what it does to the verdict
 * @param refs what it is about: references of events, units or documents as the facts gave them, at
 *     most {@link #MAX_REFS}; may be empty
 * @param message for a reader without prior knowledge; names no number of an undisclosed record
 */
public record Finding(String code, Severity severity, List<String> refs, Localized message) {
  /** Enough to open the records behind a finding; a page can't show more of them anyway. */
  public static final int MAX_REFS = 100;

  public Finding {
    requireNonNull(code, "code is null");
    requireNonNull(severity, "severity is null");
    refs = refs.stream().distinct().limit(MAX_REFS).toList();
    requireNonNull(message, "message is null");
  }
}
