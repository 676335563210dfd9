package org.yuanliu.platform.trace;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.yuanliu.epcis.EventType;
import org.yuanliu.epcis.UnitRole;
import org.yuanliu.platform.registry.Registry;

/**
 * What came to each holder of a batch and what went from him, as stated. Came: what he made of it
 * (output, ADD) and took in; went: what he used up (input, DELETE) and gave away. What is shared
 * through a container or only possible is not counted.
 */
@Component
public final class UnitBalances {
  private final UnitReads reads;
  private final Registry registry;
  private final TraceSettings settings;

  UnitBalances(UnitReads reads, Registry registry, TraceSettings settings) {
    this.reads = requireNonNull(reads, "reads is null");
    this.registry = requireNonNull(registry, "registry is null");
    this.settings = requireNonNull(settings, "settings is null");
  }

  /**
   * @param holder UnitKey of the party
   * @param uom null for a count
   */
  public record Balance(UUID holder, @Nullable String uom, BigDecimal in, BigDecimal out) {
    /** More went than came. Where nothing is said to have come, nothing can be said. */
    public boolean overdrawn() {
      return in.signum() > 0 && out.compareTo(in) > 0;
    }
  }

  /**
   * From all entries, whoever may see them: for rules that give a verdict. The numbers themselves
   * must not leave.
   *
   * @param units canonical URIs; those without quantities are left out
   */
  public Map<String, List<Balance>> forVerdict(Collection<String> units) {
    return reads.read(facts -> true, Long.MAX_VALUE, (connection, store) -> balances(store, units));
  }

  private Map<String, List<Balance>> balances(UnitStore store, Collection<String> units)
      throws SQLException {
    Dossiers dossiers = new Dossiers(store, registry::equivalents, settings);
    List<UUID> keys = units.stream().map(UnitIndex::key).toList();
    dossiers.group(keys);
    Map<UUID, History> histories =
        dossiers.load(keys.stream().map(dossiers::groupOf).distinct().toList());
    Map<String, List<Balance>> balances = new LinkedHashMap<>();
    for (String unit : units) {
      History history = histories.get(dossiers.groupOf(UnitIndex.key(unit)));
      if (history != null && (history.kind() == UnitKind.LOT || history.kind() == UnitKind.ITEM)) {
        List<Balance> stated = of(history);
        if (!stated.isEmpty()) {
          balances.put(unit, stated);
        }
      }
    }
    return balances;
  }

  private static List<Balance> of(History history) {
    Comparator<Key> order =
        Comparator.comparing(Key::holder)
            .thenComparing(Key::uom, Comparator.nullsFirst(Comparator.naturalOrder()));
    Map<Key, BigDecimal[]> sums = new TreeMap<>(order);
    Map<Key, BigDecimal> handed = new TreeMap<>(order);
    for (Trail trail : history.trails()) {
      // An item counts as one.
      BigDecimal quantity =
          history.kind() == UnitKind.ITEM && !trail.act().aggregates()
              ? BigDecimal.ONE
              : trail.quantity();
      if (trail.shared() || !trail.certain() || quantity == null) {
        continue;
      }
      BigDecimal[] sum =
          sums.computeIfAbsent(
              new Key(trail.act().principal(), trail.uom()),
              key -> new BigDecimal[] {BigDecimal.ZERO, BigDecimal.ZERO});
      if (trail.output() || trail.adds() || trail.takes()) {
        sum[0] = sum[0].add(quantity);
      }
      if (trail.input() || trail.gives() || ends(trail)) {
        sum[1] = sum[1].add(quantity);
      }
      if (!trail.input() && trail.gives()) {
        for (UUID taker : trail.act().takers()) {
          handed.merge(new Key(taker, trail.uom()), quantity, BigDecimal::add);
        }
      }
    }
    // Whoever did not report what he took in had what the giver says to have given him.
    sums.forEach(
        (key, sum) -> {
          if (sum[0].signum() == 0) {
            sum[0] = handed.getOrDefault(key, BigDecimal.ZERO);
          }
        });
    // A batch has a node for each holder; an item has one history, whoever holds it.
    Set<UUID> holders = new HashSet<>();
    if (history.kind() == UnitKind.ITEM) {
      sums.keySet().forEach(key -> holders.add(key.holder));
    } else {
      history.nodes().forEach(node -> holders.add(requireNonNull(node.holder())));
    }
    List<Balance> balances = new ArrayList<>();
    sums.forEach(
        (key, sum) -> {
          if (holders.contains(key.holder)) {
            balances.add(new Balance(key.holder, key.uom, sum[0], sum[1]));
          }
        });
    return balances;
  }

  private static boolean ends(Trail trail) {
    return trail.role() == UnitRole.EPC
        && trail.act().type() == EventType.OBJECT_EVENT
        && trail.act().is(Act.DELETE)
        && !trail.gives();
  }

  private record Key(UUID holder, @Nullable String uom) {}
}
