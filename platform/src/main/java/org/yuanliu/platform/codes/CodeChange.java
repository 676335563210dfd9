package org.yuanliu.platform.codes;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yuanliu.platform.journal.Subject;

/**
 * One change of exemptions or ranges, as the journal keeps it: JSON, told apart by {@code type}.
 * The names and members are stored for ever; new ones may come, none may go.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = CodeChange.ExemptionGranted.class, name = "exemption-granted"),
  @JsonSubTypes.Type(value = CodeChange.ExemptionEnded.class, name = "exemption-ended"),
  @JsonSubTypes.Type(value = CodeChange.RangeRegistered.class, name = "range-registered"),
  @JsonSubTypes.Type(value = CodeChange.CodesDrawn.class, name = "codes-drawn")
})
sealed interface CodeChange extends Subject {

  /**
   * @param scheme id of the scheme
   * @param grantedBy account that answers for it
   * @param to first day on which it holds no longer, or null
   */
  record ExemptionGranted(
      UUID id,
      String scheme,
      String value,
      String reason,
      String grantedBy,
      LocalDate from,
      @Nullable LocalDate to)
      implements CodeChange {}

  /**
   * @param to first day on which it holds no longer
   */
  record ExemptionEnded(UUID id, LocalDate to, String reason, String endedBy)
      implements CodeChange {}

  /**
   * @param scheme id of the scheme
   * @param party canonical URI of who may draw besides the operator, or null
   */
  record RangeRegistered(
      UUID id, String scheme, String stem, long first, long last, @Nullable String party)
      implements CodeChange {}

  /**
   * Serial numbers that were given out and never are again.
   *
   * @param id of the drawing: two servers that draw the same numbers say different things, so that
   *     the journal refuses the second
   * @param from the first of them; two drawings cannot begin with the same
   * @param key by which the account may ask again and get the same, or null
   * @param seed of the digits that nobody can guess, in hexadecimal, so that they can be told
   *     again; null where there is no key
   */
  record CodesDrawn(
      UUID id,
      UUID range,
      long from,
      int count,
      String drawnBy,
      @Nullable String key,
      @Nullable String seed)
      implements CodeChange {}
}
