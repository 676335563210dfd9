package org.yuanliu.industry;

import java.math.BigDecimal;
import java.util.List;
import org.yuanliu.epcis.UnitRole;
import org.yuanliu.industry.EventFact.UnitFact;

/** How much an event moves. */
final class CheckAmounts {
  private CheckAmounts() {}

  /**
   * @param of the units that are meant; empty for all of the event
   */
  static BigDecimal of(Amount amount, EventFact event, List<UnitFact> of) {
    return switch (amount) {
      case Amount.OfElement(String element) ->
          event.value(element).map(CheckAmounts::number).orElse(BigDecimal.ZERO);
      case Amount.Counted(Amount.Kind kind) -> {
        List<UnitFact> units = of.isEmpty() ? event.goods() : of;
        yield switch (kind) {
          case ONE -> BigDecimal.ONE;
          case UNITS -> BigDecimal.valueOf(units.stream().map(UnitFact::unit).distinct().count());
          case INPUTS -> sum(units, UnitRole.INPUT);
          case OUTPUTS -> sum(units, UnitRole.OUTPUT);
          case QUANTITY -> quantity(units);
        };
      }
    };
  }

  /** Of a transformation what comes out; what one unit of it was used up as is its input. */
  private static BigDecimal quantity(List<UnitFact> units) {
    boolean makes = units.stream().anyMatch(unit -> unit.role() == UnitRole.OUTPUT);
    BigDecimal sum = BigDecimal.ZERO;
    for (UnitFact unit : units) {
      if (unit.quantity() != null && !(makes && unit.role() == UnitRole.INPUT)) {
        sum = sum.add(unit.quantity());
      }
    }
    return sum;
  }

  private static BigDecimal sum(List<UnitFact> units, UnitRole role) {
    BigDecimal sum = BigDecimal.ZERO;
    for (UnitFact unit : units) {
      if (unit.role() == role && unit.quantity() != null) {
        sum = sum.add(unit.quantity());
      }
    }
    return sum;
  }

  /** A number, or how many there are of a list. */
  static BigDecimal number(Object value) {
    return switch (value) {
      case BigDecimal number -> number;
      case Long number -> BigDecimal.valueOf(number);
      case List<?> list -> BigDecimal.valueOf(list.size());
      default -> BigDecimal.ONE;
    };
  }
}
