package org.yuanliu.platform.registry;

import static java.util.Objects.requireNonNull;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A subject (追溯主体): a firm, a stall holder, a natural person, a market, a department.
 *
 * @param id canonical URI of its first code, which it keeps
 * @param codes canonical URIs of every code it has, the first one first, merged ones included
 * @param kind what it is
 * @param division six-digit division code of its seat
 */
public record Party(
    String id,
    List<String> codes,
    PartyKind kind,
    List<DatedName> names,
    @Nullable String division,
    @Nullable String address,
    @Nullable String industry,
    List<Licence> licences,
    List<Stall> stalls) {
  public Party {
    requireNonNull(id, "id is null");
    requireNonNull(kind, "kind is null");
    codes = List.copyOf(codes);
    names = List.copyOf(names);
    licences = List.copyOf(licences);
    stalls = List.copyOf(stalls);
  }

  /** The name in force on a day; the newest one where none was. */
  public String name(LocalDate on) {
    return names.stream()
        .filter(name -> name.period().contains(on))
        .map(DatedName::name)
        .findFirst()
        .orElseGet(() -> names.getLast().name());
  }

  /**
   * The name as anyone may see it: of a natural person the family name alone (王**), whose full name
   * is his own business; of everybody else the whole.
   */
  public String publicName(LocalDate on) {
    String name = name(on);
    if (kind != PartyKind.NATURAL_PERSON || name.isEmpty()) {
      return name;
    }
    int first = name.offsetByCodePoints(0, 1);
    return name.substring(0, first) + "*".repeat(name.codePointCount(first, name.length()));
  }

  public enum PartyKind {
    ENTERPRISE,
    STALL_HOLDER,
    NATURAL_PERSON,
    MARKET,
    AUTHORITY,
    SERVICE_PROVIDER
  }

  public record DatedName(String name, @Nullable String nameEn, Period period) {
    public DatedName {
      requireNonNull(name, "name is null");
      requireNonNull(period, "period is null");
    }
  }

  /**
   * @param type e.g. {@code food_production}, {@code slaughter}
   */
  public record Licence(String type, String number, Period period) {
    public Licence {
      requireNonNull(type, "type is null");
      requireNonNull(number, "number is null");
      requireNonNull(period, "period is null");
    }
  }

  /**
   * @param market canonical URI of the market
   * @param number as painted on the stall
   */
  public record Stall(String market, String number, Period period) {
    public Stall {
      requireNonNull(market, "market is null");
      requireNonNull(number, "number is null");
      requireNonNull(period, "period is null");
    }
  }
}
