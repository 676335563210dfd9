package org.yuanliu.platform.trace;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toUnmodifiableSet;

import java.math.BigDecimal;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.yuanliu.platform.access.EntryFacts;
import org.yuanliu.platform.journal.EntryRef;

/**
 * Reads the unit view on behalf of one viewer, as it stood at one moment. What he may not see is
 * dropped here, before any rule looks at it. Every question is one statement over an array of keys.
 *
 * <p>For one walk and one thread: keeps the events that it met.
 */
final class UnitStore {
  /**
   * One state of the database for the whole walk. The planner guesses the lengths of arrays and the
   * rows behind a key badly enough to read whole tables; every question here is a few index probes,
   * and to plan it anew each time costs four times what its probes do. In force for the transaction
   * only.
   */
  private static final String PLAN =
      "set transaction isolation level repeatable read, read only;"
          + " set local enable_seqscan = off; set local enable_hashjoin = off;"
          + " set local enable_mergejoin = off; set local jit = off;"
          + " set local plan_cache_mode = force_generic_plan";

  /** Rows in memory at once while a long answer is read. */
  private static final int FETCH_ROWS = 2_000;

  private static final String COLUMNS =
      """
      u.unit, u.role, u.kind, u.parent, u.quantity, u.uom, u.journal, u.position,
      e.event_time, e.record_time, e.event_key, e.reporter, e.principal, e.named, e.givers, e.takers,
      e.from_places, e.to_places, e.places, e.documents, e.transformation, e.product, e.type, e.marks,
      e.division, e.industry,
      exists (select from trace_declaration d where d.event_key = e.event_key) as doubted
      """;

  /** Whether the unit ever held something: asked only of the other sides of events. */
  private static final String HOLDS =
      COLUMNS.stripTrailing()
          + ", exists (select from unit_event c where c.parent = u.unit) as holds\n";

  /**
   * Joins are written as {@code lateral … offset 0}: the planner then has to go from the keys to
   * the mentions to their events. Left to itself it plans by what it last knew of the tables, and a
   * plan made while they were small was seen to read an event's 10,000 units once for each unit
   * asked.
   */
  private static final String THEIR_EVENTS =
      """
      cross join lateral (
        select * from trace_event e
        where e.journal = u.journal and e.position = u.position offset 0) e\
      """;

  private static final String OF_UNITS =
      "select "
          + COLUMNS
          + """
          from unnest(?::uuid[]) as k (unit)
          cross join lateral (
            select * from unit_event u where u.unit = k.unit offset 0) u
          """
          + THEIR_EVENTS;

  private static final String AS_CHILDREN =
      OF_UNITS.replace("where u.unit = k.unit", "where u.unit = k.unit and u.parent is not null");

  private static final String IN_WINDOWS =
      "select "
          + COLUMNS
          + """
          from (select distinct w.unit, w.lo, w.hi
                from unnest(?::uuid[], ?::timestamptz[], ?::timestamptz[]) as w (unit, lo, hi)) k
          cross join lateral (
            select * from unit_event u
            where u.unit = k.unit and u.event_time between k.lo and k.hi offset 0) u
          """
          + THEIR_EVENTS;

  private static final String OF_PARENTS =
      "select "
          + HOLDS
          + """
          from unnest(?::uuid[]) as k (unit)
          cross join lateral (
            select * from unit_event u where u.parent = k.unit offset 0) u
          """
          + THEIR_EVENTS;

  private static final String OF_EVENTS =
      "select "
          + HOLDS
          + """
          from unnest(?::integer[], ?::bigint[]) as k (journal, position)
          cross join lateral (
            select * from unit_event u
            where u.journal = k.journal and u.position = k.position offset 0) u
          """
          + THEIR_EVENTS;

  private static final String OF_TRANSFORMATIONS =
      "select "
          + HOLDS
          + """
          from unnest(?::uuid[]) as k (transformation)
          cross join lateral (
            select * from trace_event e where e.transformation = k.transformation offset 0) e
          cross join lateral (
            select * from unit_event u
            where u.journal = e.journal and u.position = e.position offset 0) u\
          """;

  private static final String OF_DOCUMENTS =
      "select "
          + HOLDS
          + """
          from (select distinct d.journal, d.position
                from unnest(?::uuid[]) as k (document)
                join trace_document d on d.document = k.document) c
          cross join lateral (
            select * from unit_event u
            where u.journal = c.journal and u.position = c.position offset 0) u
          """
          + THEIR_EVENTS;

  private static final String DECLARATIONS =
      """
      select d.event_key, d.corrective, d.journal, d.position, e.reporter, e.principal, e.named,
        e.division, e.industry
      from unnest(?::uuid[]) as k (event_key)
      join trace_declaration d on d.event_key = k.event_key
      join trace_event e on e.journal = d.journal and e.position = d.position\
      """;

  private static final String HORIZON =
      "select coalesce(max(position), -1) + 1 from trace_event where journal = ?";

  private final Connection connection;
  private final Predicate<EntryFacts> visible;
  private final long horizon;
  private final PartyKeys parties;
  private final Map<UUID, UUID> oneParty = new HashMap<>();
  private final Map<EntryRef, Act> acts = new HashMap<>();
  private final Set<EntryRef> hidden = new HashSet<>();
  private final Set<UUID> holders = new HashSet<>();
  private final Map<UUID, Declared> declarations = new HashMap<>();

  /**
   * @param connection without autocommit, at the beginning of a transaction
   * @param horizon entries from this position on are not looked at
   * @param parties tells which keys are of one party, see {@link
   *     org.yuanliu.platform.registry.Registry#partyKeys}
   */
  UnitStore(Connection connection, Predicate<EntryFacts> visible, long horizon, PartyKeys parties)
      throws SQLException {
    this.connection = requireNonNull(connection, "connection is null");
    this.visible = requireNonNull(visible, "visible is null");
    this.horizon = horizon;
    this.parties = requireNonNull(parties, "parties is null");
    try (Statement statement = connection.createStatement()) {
      statement.execute(PLAN);
    }
  }

  /** Where the journal ends that the transaction sees. */
  static long horizon(Connection connection, int journal) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(HORIZON)) {
      statement.setInt(1, journal);
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        return rows.getLong(1);
      }
    }
  }

  List<Mention> ofUnits(Collection<UUID> units) throws SQLException {
    return byKeys(OF_UNITS, units);
  }

  /** Only where the units are children. */
  List<Mention> asChildren(Collection<UUID> units) throws SQLException {
    return byKeys(AS_CHILDREN, units);
  }

  List<Mention> inWindows(Collection<Window> windows) throws SQLException {
    if (windows.isEmpty()) {
      return List.of();
    }
    List<Window> list = List.copyOf(windows);
    try (PreparedStatement statement = prepare(IN_WINDOWS)) {
      statement.setArray(1, array("uuid", list.stream().map(Window::unit).toArray()));
      statement.setArray(2, array("timestamptz", list.stream().map(w -> time(w.from())).toArray()));
      statement.setArray(3, array("timestamptz", list.stream().map(w -> time(w.to())).toArray()));
      return read(statement);
    }
  }

  /** What was ever put into or taken out of these. */
  List<Mention> ofParents(Collection<UUID> parents) throws SQLException {
    return byKeys(OF_PARENTS, parents);
  }

  /**
   * Whether it held something, for units that came with an event or as what was put into something.
   */
  boolean holds(UUID unit) {
    return holders.contains(unit);
  }

  List<Mention> ofEvents(Collection<EntryRef> refs) throws SQLException {
    if (refs.isEmpty()) {
      return List.of();
    }
    try (PreparedStatement statement = prepare(OF_EVENTS)) {
      statement.setArray(1, array("integer", refs.stream().map(EntryRef::journal).toArray()));
      statement.setArray(2, array("bigint", refs.stream().map(EntryRef::position).toArray()));
      return read(statement);
    }
  }

  List<Mention> ofTransformations(Collection<UUID> keys) throws SQLException {
    return byKeys(OF_TRANSFORMATIONS, keys);
  }

  /** All units of all events that cite these documents. */
  List<Mention> ofDocuments(Collection<UUID> documents) throws SQLException {
    return byKeys(OF_DOCUMENTS, documents);
  }

  /** An event that some answer held. */
  Act act(EntryRef ref) {
    return requireNonNull(acts.get(ref), "the event was never read");
  }

  /** Keys of the events that take the place of one declared in error. */
  Set<UUID> correctives(UUID eventKey) {
    Declared declared = declarations.get(eventKey);
    return declared == null ? Set.of() : declared.corrective;
  }

  private List<Mention> byKeys(String sql, Collection<UUID> keys) throws SQLException {
    if (keys.isEmpty()) {
      return List.of();
    }
    try (PreparedStatement statement = prepare(sql)) {
      statement.setArray(1, array("uuid", keys.toArray()));
      return read(statement);
    }
  }

  private PreparedStatement prepare(String sql) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    statement.setFetchSize(FETCH_ROWS);
    return statement;
  }

  private Array array(String type, Object[] values) throws SQLException {
    return connection.createArrayOf(type, values);
  }

  private List<Mention> read(PreparedStatement statement) throws SQLException {
    List<Row> rows = new ArrayList<>();
    Map<EntryRef, RawAct> met = new HashMap<>();
    try (ResultSet result = statement.executeQuery()) {
      boolean tellsHolders = tellsHolders(result);
      while (result.next()) {
        EntryRef ref = new EntryRef(result.getInt("journal"), result.getLong("position"));
        if (ref.position() >= horizon || hidden.contains(ref)) {
          continue;
        }
        if (!acts.containsKey(ref) && !met.containsKey(ref)) {
          if (!visible.test(facts(result))) {
            hidden.add(ref);
            continue;
          }
          met.put(ref, new RawAct(act(ref, result), result.getBoolean("doubted")));
        }
        UUID unit = result.getObject("unit", UUID.class);
        if (tellsHolders && result.getBoolean("holds")) {
          holders.add(unit);
        }
        rows.add(
            new Row(
                ref,
                unit,
                result.getShort("role"),
                result.getShort("kind"),
                result.getObject("parent", UUID.class),
                result.getBigDecimal("quantity"),
                result.getString("uom")));
      }
    }
    settle(met);
    List<Mention> mentions = new ArrayList<>(rows.size());
    for (Row row : rows) {
      mentions.add(
          new Mention(
              requireNonNull(acts.get(row.ref)),
              row.unit,
              UnitIndex.role(row.role),
              UnitKind.ofCode(row.kind),
              row.parent,
              row.quantity,
              row.uom));
    }
    return mentions;
  }

  private static boolean tellsHolders(ResultSet result) throws SQLException {
    int columns = result.getMetaData().getColumnCount();
    return result.getMetaData().getColumnLabel(columns).equals("holds");
  }

  /** Asks whether the declarations behind doubted events may be seen, and keeps the events. */
  private void settle(Map<EntryRef, RawAct> met) throws SQLException {
    Set<UUID> asked = new HashSet<>();
    for (RawAct raw : met.values()) {
      if (raw.doubted && !declarations.containsKey(raw.act.key())) {
        asked.add(raw.act.key());
      }
    }
    if (!asked.isEmpty()) {
      asked.forEach(key -> declarations.put(key, new Declared(new HashSet<>(), new boolean[1])));
      try (PreparedStatement statement = prepare(DECLARATIONS)) {
        statement.setArray(1, array("uuid", asked.toArray()));
        try (ResultSet result = statement.executeQuery()) {
          while (result.next()) {
            if (result.getLong("position") < horizon && visible.test(facts(result))) {
              Declared declared =
                  requireNonNull(declarations.get(result.getObject("event_key", UUID.class)));
              declared.seen[0] = true;
              declared.corrective.addAll(keys(result, "corrective"));
            }
          }
        }
      }
    }
    learnParties(met.values());
    met.forEach(
        (ref, raw) -> {
          Declared declared = declarations.get(raw.act.key());
          acts.put(ref, settled(raw.act, declared != null && declared.seen[0]));
        });
  }

  /** Whoever has several codes is one party, whichever of them his events and partners use. */
  private void learnParties(Collection<RawAct> met) {
    Set<UUID> unknown = new HashSet<>();
    for (RawAct raw : met) {
      unknown.add(raw.act.principal());
      unknown.addAll(raw.act.givers());
      unknown.addAll(raw.act.takers());
    }
    unknown.removeAll(oneParty.keySet());
    if (!unknown.isEmpty()) {
      Map<UUID, UUID> found = parties.of(unknown);
      unknown.forEach(key -> oneParty.put(key, found.getOrDefault(key, key)));
    }
  }

  private UUID party(UUID key) {
    return requireNonNull(oneParty.get(key), "a party was not looked up");
  }

  private Set<UUID> parties(Set<UUID> keys) {
    return keys.isEmpty() ? keys : keys.stream().map(this::party).collect(toUnmodifiableSet());
  }

  private Act settled(Act act, boolean declared) {
    return new Act(
        act.ref(),
        act.time(),
        act.recordTime(),
        act.key(),
        party(act.principal()),
        parties(act.givers()),
        parties(act.takers()),
        act.fromPlaces(),
        act.toPlaces(),
        act.places(),
        act.documents(),
        act.transformation(),
        act.product(),
        act.type(),
        act.marks(),
        declared);
  }

  private static EntryFacts facts(ResultSet row) throws SQLException {
    return new EntryFacts(
        row.getObject("reporter", UUID.class),
        row.getObject("principal", UUID.class),
        keys(row, "named"),
        row.getString("division"),
        row.getString("industry"));
  }

  private static Act act(EntryRef ref, ResultSet row) throws SQLException {
    return new Act(
        ref,
        instant(row, "event_time"),
        instant(row, "record_time"),
        row.getObject("event_key", UUID.class),
        row.getObject("principal", UUID.class),
        keys(row, "givers"),
        keys(row, "takers"),
        keys(row, "from_places"),
        keys(row, "to_places"),
        keys(row, "places"),
        keys(row, "documents"),
        row.getObject("transformation", UUID.class),
        row.getObject("product", UUID.class),
        UnitIndex.type(row.getShort("type")),
        row.getShort("marks"),
        false);
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  private static OffsetDateTime time(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  private static Set<UUID> keys(ResultSet row, String column) throws SQLException {
    Array array = row.getArray(column);
    return array == null ? Set.of() : Set.copyOf(Arrays.asList((UUID[]) array.getArray()));
  }

  /**
   * A stretch of a unit's history.
   *
   * @param from included
   * @param to included
   */
  record Window(UUID unit, Instant from, Instant to) {}

  /** Answers for many keys at once; what needs no answer is left out. */
  interface PartyKeys {
    Map<UUID, UUID> of(Collection<UUID> keys);
  }

  private record RawAct(Act act, boolean doubted) {}

  private record Declared(Set<UUID> corrective, boolean[] seen) {}

  private record Row(
      EntryRef ref,
      UUID unit,
      int role,
      int kind,
      @Nullable UUID parent,
      @Nullable BigDecimal quantity,
      @Nullable String uom) {}
}
