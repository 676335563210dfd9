package org.yuanliu.industry;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a check found, good or bad.
 *
 * @param code stable name, {@code missing_link} for instance; see {@link FindingCode}
 * @param severity what it does to the verdict
 * @param refs what it is about: references of events, units or documents as the facts gave them, at
 *     most {@link #MAX_REFS}; may be empty
 * @param message for a reader without prior knowledge; names no number of an undisclosed record
 * @param link id of the link of the product that it is about; null where it is about none
 */
public record Finding(
    String code, Severity severity, List<String> refs, Localized message, @Nullable String link) {
  /** Enough to open the records behind a finding; a page can't show more of them anyway. */
  public static final int MAX_REFS = 100;

  public Finding {
    requireNonNull(code, "code is null");
    requireNonNull(severity, "severity is null");
    refs = refs.stream().distinct().limit(MAX_REFS).toList();
    requireNonNull(message, "message is null");
  }

  /** A finding that is about no link in particular. */
  public Finding(String code, Severity severity, List<String> refs, Localized message) {
    this(code, severity, refs, message, null);
  }
}
