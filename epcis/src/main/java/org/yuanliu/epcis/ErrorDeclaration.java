package org.yuanliu.epcis;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The declaration that an earlier event was in error (EPCIS 2.0 §7.4.1.4).
 *
 * @param declarationTime when the error was declared
 * @param reason why, as a full URI such as {@code https://ref.gs1.org/cbv/ER-did_not_occur}; null
 *     where not stated
 * @param correctiveEventIds ids of the events that take the place of the wrong one
 */
public record ErrorDeclaration(
    Instant declarationTime, @Nullable String reason, List<String> correctiveEventIds) {
  public ErrorDeclaration {
    requireNonNull(declarationTime, "declarationTime is null");
    correctiveEventIds = List.copyOf(correctiveEventIds);
  }
}
