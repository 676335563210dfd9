package org.yuanliu.platform.hold;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A legal hold.
 *
 * @param target id of a person, canonical code of a unit or a party
 * @param reference number of the case
 * @param law law and clause; empty for holds from before these were asked for
 * @param lifted when it ended; null while it holds
 * @param liftReason why; null while it holds, and for those lifted before it was asked for
 */
public record Hold(
    UUID id,
    Kind kind,
    String target,
    String reference,
    String reason,
    String law,
    String setBy,
    Instant since,
    @Nullable String liftedBy,
    @Nullable Instant lifted,
    @Nullable String liftReason,
    @Nullable String liftLaw) {

  /** What is held. */
  public enum Kind {
    /** A person, as personal values know him. */
    SUBJECT,
    /** Every record that names a unit. */
    UNIT,
    /** Every record that a party reported or answers for. */
    PARTY;

    /** The word for it, stored and in the interface. */
    @JsonValue
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public Hold {
    requireNonNull(id, "id is null");
    requireNonNull(kind, "kind is null");
    requireNonNull(target, "target is null");
    requireNonNull(reference, "reference is null");
    requireNonNull(reason, "reason is null");
    requireNonNull(law, "law is null");
    requireNonNull(setBy, "setBy is null");
    requireNonNull(since, "since is null");
  }
}
