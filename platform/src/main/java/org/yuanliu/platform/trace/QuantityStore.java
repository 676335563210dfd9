package org.yuanliu.platform.trace;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.yuanliu.epcis.UnitRole;

/** Reads quantities off the unit view: two queries, each by key. */
@Component
final class QuantityStore implements Quantities {
  private static final String OF_LOTS =
      """
      select u.unit, u.role, u.quantity, u.uom, e.principal, e.marks, e.givers, e.takers
      from unit_event u
      join trace_event e on e.journal = u.journal and e.position = u.position
      where u.unit = any(:keys) and (u.quantity is not null or u.kind = :item)
        and e.marks & :declaration = 0
        and not exists (select 1 from trace_declaration d where d.event_key = e.event_key)
      """;

  private static final String OF_DOCUMENTS =
      """
      select d.document, u.unit, u.role, u.quantity, u.uom, e.principal, e.marks, e.givers, e.takers
      from trace_document d
      join trace_event e on e.journal = d.journal and e.position = d.position
      join unit_event u on u.journal = d.journal and u.position = d.position
      where d.document = any(:keys)
        and e.marks & :declaration = 0
        and not exists (select 1 from trace_declaration x where x.event_key = e.event_key)
      """;

  private final JdbcClient jdbc;

  QuantityStore(JdbcClient jdbc) {
    this.jdbc = requireNonNull(jdbc, "jdbc is null");
  }

  /** A unit named with a quantity, and what its event does to it. */
  private record Line(
      UUID unit,
      UnitRole role,
      @Nullable BigDecimal quantity,
      @Nullable String uom,
      UUID principal,
      int marks,
      Set<UUID> givers,
      Set<UUID> takers) {
    static Line of(ResultSet row, int number) throws SQLException {
      return new Line(
          row.getObject("unit", UUID.class),
          UnitIndex.role(row.getShort("role")),
          row.getBigDecimal("quantity"),
          row.getString("uom"),
          row.getObject("principal", UUID.class),
          row.getInt("marks"),
          keys(row.getArray("givers")),
          keys(row.getArray("takers")));
    }

    private static Set<UUID> keys(@Nullable Array array) throws SQLException {
      return array == null ? Set.of() : Set.of((UUID[]) array.getArray());
    }

    boolean is(int mark) {
      return (marks & mark) != 0;
    }

    boolean makes() {
      return role == UnitRole.OUTPUT || (role == UnitRole.EPC && is(Act.ADD));
    }

    boolean takes() {
      return role == UnitRole.EPC && is(Act.TAKING_STEP);
    }

    boolean uses() {
      return role == UnitRole.INPUT || (role == UnitRole.EPC && (is(Act.DELETE) || is(Act.GIVING_STEP)));
    }

    /** Who gets it, other than who answers for the event. */
    Stream<UUID> receivers() {
      return role == UnitRole.INPUT
          ? Stream.empty()
          : takers.stream().filter(taker -> !taker.equals(principal));
    }
  }

  private record Hand(UUID unit, UUID holder, String uom) {}

  private static final class Sums {
    private BigDecimal made = BigDecimal.ZERO;
    private BigDecimal taken = BigDecimal.ZERO;
    private BigDecimal handed = BigDecimal.ZERO;
    private BigDecimal used = BigDecimal.ZERO;

    BigDecimal in() {
      return made.add(taken.signum() > 0 ? taken : handed);
    }
  }

  @Override
  public List<Balance> balances(Collection<String> asked) {
    Map<UUID, String> units = asked.stream().collect(Collectors.toMap(UnitIndex::key, unit -> unit, (a, b) -> a));
    if (units.isEmpty()) {
      return List.of();
    }
    List<Line> lines =
        jdbc.sql(OF_LOTS)
            .param("keys", units.keySet().toArray(UUID[]::new))
            .param("declaration", Act.DECLARATION)
            .param("item", UnitKind.ITEM.code())
            .query(Line::of)
            .list();
    Map<Hand, Sums> hands = new HashMap<>();
    for (Line line : lines) {
      BigDecimal quantity = line.quantity() == null ? BigDecimal.ONE : line.quantity();
      String uom = line.uom() == null ? "" : line.uom();
      Sums own = hands.computeIfAbsent(new Hand(line.unit(), line.principal(), uom), hand -> new Sums());
      if (line.makes()) {
        own.made = own.made.add(quantity);
      } else if (line.takes()) {
        own.taken = own.taken.add(quantity);
      }
      if (line.uses()) {
        own.used = own.used.add(quantity);
      }
      line.receivers()
          .forEach(
              receiver -> {
                Sums theirs = hands.computeIfAbsent(new Hand(line.unit(), receiver, uom), hand -> new Sums());
                theirs.handed = theirs.handed.add(quantity);
              });
    }
    List<Balance> balances = new ArrayList<>();
    hands.forEach(
        (hand, sums) ->
            balances.add(
                new Balance(
                    requireNonNull(units.get(hand.unit()), "a unit that was not asked for"),
                    hand.holder().toString(),
                    hand.uom().isEmpty() ? null : hand.uom(),
                    sums.in(),
                    sums.used)));
    return balances;
  }

  /** One giver's lots under one document in one unit of measure: given away, and taken from it. */
  private record Side(UUID document, UUID giver, String uom, boolean taken) {}

  @Override
  public Map<String, Draw> draws(Collection<String> documents) {
    Map<UUID, String> ids = documents.stream().collect(Collectors.toMap(UnitIndex::key, id -> id, (a, b) -> a));
    if (ids.isEmpty()) {
      return Map.of();
    }
    Map<Side, Map<UUID, BigDecimal>> sides = new HashMap<>();
    jdbc.sql(OF_DOCUMENTS)
        .param("keys", ids.keySet().toArray(UUID[]::new))
        .param("declaration", Act.DECLARATION)
        .query(
            row -> {
              UUID document = row.getObject("document", UUID.class);
              Line line = Line.of(row, 0);
              if (line.role() == UnitRole.INPUT || line.role() == UnitRole.PARENT) {
                return;
              }
              // A new lot that the buyer opens for what he took in is a taking too.
              boolean taking = line.is(Act.TAKING_STEP);
              if (!taking && !line.makes() && !line.is(Act.GIVING_STEP)) {
                return;
              }
              BigDecimal quantity = line.quantity() == null ? BigDecimal.ONE : line.quantity();
              String uom = line.quantity() == null || line.uom() == null ? "" : line.uom();
              Set<UUID> givers = taking && !line.givers().isEmpty() ? line.givers() : Set.of(line.principal());
              for (UUID giver : givers) {
                sides
                    .computeIfAbsent(new Side(document, giver, uom, taking), side -> new HashMap<>())
                    .merge(line.unit(), quantity, BigDecimal::max);
              }
            });
    Map<UUID, Map<String, BigDecimal>> most = new TreeMap<>();
    sides.forEach(
        (side, lots) ->
            most.computeIfAbsent(side.document(), document -> new HashMap<>())
                .merge(
                    side.uom(),
                    lots.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add),
                    BigDecimal::max));
    return most.entrySet().stream()
        .collect(Collectors.toMap(entry -> requireNonNull(ids.get(entry.getKey())), entry -> new Draw(entry.getValue())));
  }
}
