package org.yuanliu.platform.problem;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A refusal as the client gets it ({@code application/problem+json}, RFC 9457).
 *
 * @param code stable, e.g. {@code event-time-without-zone}; the {@code type} member is a URI made
 *     from it
 * @param status HTTP status
 * @param zh what is wrong, where, what to do
 * @param en the same in English
 * @param details one for each place in the document
 */
public record Problem(String code, int status, String zh, String en, List<Detail> details) {
  public Problem {
    requireNonNull(code, "code is null");
    requireNonNull(zh, "zh is null");
    requireNonNull(en, "en is null");
    details = List.copyOf(details);
  }

  public static Problem of(String code, int status, String zh, String en) {
    return new Problem(code, status, zh, en, List.of());
  }

  /**
   * @param pointer JSON pointer (RFC 6901) to event and field; null where the whole request is
   *     meant
   */
  public record Detail(String code, @Nullable String pointer, String zh, String en) {}
}
