package org.yuanliu.platform.trace;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.yuanliu.epcis.UnitRole;
import org.yuanliu.platform.journal.EntryRef;
import org.yuanliu.platform.registry.Registry;

/**
 * How much was drawn on a document (一证多用), over all markets, whoever may see them: only sums leave.
 *
 * <p>The same goods cite their certificate again and again on their way: shipped, taken in, sold.
 * They are counted once a kind of step (given away, taken in, transformed), and of the kinds the
 * largest sum counts. Within a kind, a unit counts once for each party, with the largest quantity
 * that the party states; not where the party took it from another one counted there already, nor
 * where the unit was made from another that cites the document. An item counts as one. Events that
 * only look at goods draw nothing, nor does what was made and then destroyed: a carcass that the
 * inspector condemned needs no certificate.
 */
@Component
public final class DocumentDraws {
  private final UnitReads reads;
  private final Registry registry;
  private final TraceSettings settings;

  DocumentDraws(UnitReads reads, Registry registry, TraceSettings settings) {
    this.reads = requireNonNull(reads, "reads is null");
    this.registry = requireNonNull(registry, "registry is null");
    this.settings = requireNonNull(settings, "settings is null");
  }

  /**
   * @param uom null for a count
   * @param uses how many different (unit, party) make up the sum
   */
  public record Draw(@Nullable String uom, BigDecimal quantity, int uses) {}

  /**
   * @param documents canonical URIs as events cite them
   * @return by document; documents that nothing draws on are left out
   */
  public Map<String, List<Draw>> drawn(Collection<String> documents) {
    return reads.read(
        facts -> true,
        Long.MAX_VALUE,
        (connection, store) -> {
          Map<String, List<Draw>> drawn = new LinkedHashMap<>();
          for (String document : documents) {
            List<Draw> draws = draws(store, UnitIndex.key(document));
            if (!draws.isEmpty()) {
              drawn.put(document, draws);
            }
          }
          return drawn;
        });
  }

  private List<Draw> draws(UnitStore store, UUID document) throws SQLException {
    List<Mention> citing =
        store.ofDocuments(Set.of(document)).stream()
            .filter(mention -> mention.act().stands() && step(mention.act()) != null)
            .toList();
    if (citing.isEmpty()) {
      return List.of();
    }
    Dossiers dossiers = new Dossiers(store, registry::equivalents, settings);
    dossiers.group(citing.stream().map(Mention::unit).toList());
    Set<UUID> derived = derived(store, dossiers, citing);
    Map<Lot, BigDecimal> destroyed = destroyed(dossiers, citing);
    Map<Kind, Map<UUID, Set<UUID>>> takers = new HashMap<>();
    for (Mention mention : citing) {
      if (mention.role() != UnitRole.INPUT) {
        takers
            .computeIfAbsent(requireNonNull(step(mention.act())), key -> new HashMap<>())
            .computeIfAbsent(dossiers.groupOf(mention.unit()), key -> new HashSet<>())
            .add(mention.act().principal());
      }
    }
    Map<Kind, Map<Use, BigDecimal>> uses = new TreeMap<>();
    for (Mention mention : citing) {
      Kind kind = requireNonNull(step(mention.act()));
      UUID group = dossiers.groupOf(mention.unit());
      BigDecimal quantity = quantity(mention);
      if (quantity != null && kind == Kind.TRANSFORMED) {
        quantity =
            quantity
                .subtract(destroyed.getOrDefault(new Lot(group, mention.uom()), BigDecimal.ZERO))
                .max(BigDecimal.ZERO);
      }
      boolean counted =
          quantity != null
              && mention.role() != UnitRole.INPUT
              && mention.role() != UnitRole.PARENT
              && !derived.contains(group)
              && requireNonNull(takers.get(kind)).getOrDefault(group, Set.of()).stream()
                  .noneMatch(other -> mention.act().takesFrom(other));
      if (counted) {
        uses.computeIfAbsent(kind, key -> new HashMap<>())
            .merge(
                new Use(group, mention.act().principal(), mention.uom()),
                quantity,
                BigDecimal::max);
      }
    }
    return largest(uses);
  }

  private static List<Draw> largest(Map<Kind, Map<Use, BigDecimal>> uses) {
    Map<String, Draw> largest = new TreeMap<>();
    for (Map<Use, BigDecimal> ofKind : uses.values()) {
      Map<String, Draw> sums = new TreeMap<>();
      ofKind.forEach(
          (use, quantity) ->
              sums.merge(
                  use.uom == null ? "" : use.uom,
                  new Draw(use.uom, quantity, 1),
                  (a, b) -> new Draw(a.uom, a.quantity.add(b.quantity), a.uses + b.uses)));
      sums.forEach(
          (uom, draw) ->
              largest.merge(uom, draw, (a, b) -> a.quantity.compareTo(b.quantity) >= 0 ? a : b));
    }
    return largest.values().stream()
        .sorted(Comparator.comparing(draw -> draw.uom == null ? "" : draw.uom))
        .toList();
  }

  /**
   * Units that were made from others which cite the document: the same goods under another name.
   */
  private static Set<UUID> derived(UnitStore store, Dossiers dossiers, List<Mention> citing)
      throws SQLException {
    Set<UUID> groups = new LinkedHashSet<>();
    citing.forEach(mention -> groups.add(dossiers.groupOf(mention.unit())));
    Map<EntryRef, List<UUID>> makings = new LinkedHashMap<>();
    for (History history : dossiers.load(groups).values()) {
      for (Trail trail : history.trails()) {
        if (trail.output()) {
          makings.computeIfAbsent(trail.act().ref(), key -> new ArrayList<>()).add(history.group());
        }
      }
    }
    // Taken in, given or made under the document, not merely used up under it: an animal's meat is
    // drawn on the meat's certificate, and the animal is not.
    Set<UUID> named = new HashSet<>();
    for (Mention mention : citing) {
      if (mention.role() != UnitRole.INPUT) {
        named.add(dossiers.groupOf(mention.unit()));
      }
    }
    Set<UUID> derived = new HashSet<>();
    List<Mention> sources = store.ofEvents(makings.keySet());
    dossiers.group(sources.stream().map(Mention::unit).toList());
    for (Mention mention : sources) {
      if (mention.role() == UnitRole.INPUT && named.contains(dossiers.groupOf(mention.unit()))) {
        derived.addAll(makings.getOrDefault(mention.act().ref(), List.of()));
      }
    }
    return derived;
  }

  /** How much of what was made under the document an event with DELETE ended. */
  private static Map<Lot, BigDecimal> destroyed(Dossiers dossiers, List<Mention> citing)
      throws SQLException {
    Set<UUID> made = new LinkedHashSet<>();
    for (Mention mention : citing) {
      if (mention.role() == UnitRole.OUTPUT) {
        made.add(dossiers.groupOf(mention.unit()));
      }
    }
    Map<Lot, BigDecimal> destroyed = new HashMap<>();
    for (History history : dossiers.load(made).values()) {
      for (Trail trail : history.trails()) {
        BigDecimal quantity = quantity(trail.kind(), trail.quantity());
        if (trail.deletes() && quantity != null) {
          destroyed.merge(new Lot(history.group(), trail.uom()), quantity, BigDecimal::add);
        }
      }
    }
    return destroyed;
  }

  private static @Nullable BigDecimal quantity(Mention mention) {
    return quantity(mention.kind(), mention.quantity());
  }

  private static @Nullable BigDecimal quantity(UnitKind kind, @Nullable BigDecimal stated) {
    return switch (kind) {
      case ITEM -> BigDecimal.ONE;
      case LOT, CLASS -> stated;
      case ASSET -> null;
    };
  }

  private static @Nullable Kind step(Act act) {
    if (act.transforms()) {
      return Kind.TRANSFORMED;
    }
    if (act.takes()) {
      return Kind.TAKEN;
    }
    return act.gives() ? Kind.GIVEN : null;
  }

  private enum Kind {
    GIVEN,
    TAKEN,
    TRANSFORMED
  }

  private record Lot(UUID group, @Nullable String uom) {}

  private record Use(UUID group, UUID party, @Nullable String uom) {}
}
