package org.yuanliu.industry;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * A check that failed.
 *
 * @param check the check's id within its pack
 * @param eventRef the event that it failed for
 * @param key what it was counted by, or an empty text; with check and event the finding's identity
 * @param refs events, units or documents that it is about
 * @param source law and clause
 */
public record CheckFinding(
    String check,
    CheckLevel level,
    Moment moment,
    String eventRef,
    String key,
    List<String> refs,
    Localized message,
    String source) {
  public CheckFinding {
    requireNonNull(check, "check is null");
    requireNonNull(level, "level is null");
    requireNonNull(moment, "moment is null");
    requireNonNull(eventRef, "eventRef is null");
    requireNonNull(key, "key is null");
    refs = List.copyOf(refs);
    requireNonNull(message, "message is null");
    requireNonNull(source, "source is null");
  }
}
