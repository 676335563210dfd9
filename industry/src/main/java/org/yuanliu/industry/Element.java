package org.yuanliu.industry;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yuanliu.codes.Scheme;

/**
 * A data element (采集指标) as one link asks for it.
 *
 * @param id name in flat records, forms and expressions
 * @param help what to enter and where it is found; null if the name says it
 * @param list whether it holds several values
 * @param required whether a record without it is incomplete
 * @param personal whether it is about a person (个人信息), so that it is stored encrypted
 * @param person which person of a record a personal element tells of, elements with the same word
 *     of one; null for a person of its own
 * @param identity whether it is the number of that person's document
 * @param secret whether it is a commercial secret, seen by its owner, buyer and seller, and the
 *     regulator
 * @param isPublic whether the public page may show it
 * @param uom unit of measure (UN/ECE Recommendation 20, {@code KGM}); null if it has none
 * @param codeList key among the pack's code lists: the words of a code, the usual words of a text;
 *     null if it has none
 * @param schemes which schemes its codes may be of; empty for any
 * @param document key among the pack's documents; null if it is not of type document
 * @param term what it is in the core metadata; null for what only this industry has
 * @param becomes what it becomes in the event
 * @param events ids of the events of the link that carry it; empty: as its target asks
 * @param quantity for units: the element that tells how much, {@link #EACH} if each unit comes with
 *     its own, null if units are counted or no quantity is due
 * @param min smallest value, or length of a text; null if there is none
 * @param max largest value, or length of a text; null if there is none
 * @param fixed what it is if nothing else is said; null if there is no default
 * @param source law and clause, or standard, that asks for it; null if the pack decided
 */
public record Element(
    String id,
    Localized names,
    @Nullable Localized help,
    ElementType type,
    boolean list,
    boolean required,
    boolean personal,
    @Nullable String person,
    boolean identity,
    boolean secret,
    boolean isPublic,
    @Nullable String uom,
    @Nullable String codeList,
    Set<Scheme> schemes,
    @Nullable String document,
    @Nullable CoreTerm term,
    Target becomes,
    List<String> events,
    @Nullable String quantity,
    @Nullable BigDecimal min,
    @Nullable BigDecimal max,
    @Nullable String fixed,
    @Nullable String source) {
  /** Value of {@link #quantity}: each unit of the list comes with its own. */
  public static final String EACH = "each";

  public Element {
    requireNonNull(id, "id is null");
    requireNonNull(names, "names is null");
    requireNonNull(type, "type is null");
    schemes = Set.copyOf(schemes);
    requireNonNull(becomes, "becomes is null");
    events = List.copyOf(events);
  }
}
