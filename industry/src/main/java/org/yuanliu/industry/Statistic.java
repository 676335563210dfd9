package org.yuanliu.industry;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import org.yuanliu.epcis.UnitRole;
import org.yuanliu.industry.EventFact.UnitFact;

/**
 * A figure that the platform keeps for the industry.
 *
 * @param links whose events are counted
 * @param sum what is added up: {@code events}, {@code units}, {@code quantity} or an element
 * @param by what it is broken down by
 */
public record Statistic(
    String id, Localized names, Set<String> links, String sum, List<String> by) {
  /** What figures may be broken down by. */
  public static final Set<String> DIMENSIONS =
      Set.of("product", "division", "party", "place", "day", "month", "quarter", "year");

  /** Values of {@link #sum}: one for each event. */
  public static final String EVENTS = "events";

  /** The units of each event. */
  public static final String UNITS = "units";

  /** The quantity of each event, in kilograms, litres or as counted. */
  public static final String QUANTITY = "quantity";

  public Statistic {
    requireNonNull(id, "id is null");
    requireNonNull(names, "names is null");
    links = Set.copyOf(links);
    requireNonNull(sum, "sum is null");
    by = List.copyOf(by);
  }

  /**
   * What an event of one of the links adds. Where something is made, its quantity is that of what
   * came out, and its units are those that went in: the pigs that became a batch of meat.
   */
  public BigDecimal amount(EventFact event) {
    List<UnitFact> inputs =
        event.units().stream().filter(unit -> unit.role() == UnitRole.INPUT).toList();
    return switch (sum) {
      case EVENTS -> BigDecimal.ONE;
      case UNITS -> CheckAmounts.of(new Amount.Counted(Amount.Kind.UNITS), event, inputs);
      case QUANTITY -> CheckAmounts.of(new Amount.Counted(Amount.Kind.QUANTITY), event, List.of());
      default -> CheckAmounts.of(new Amount.OfElement(sum), event, List.of());
    };
  }
}
