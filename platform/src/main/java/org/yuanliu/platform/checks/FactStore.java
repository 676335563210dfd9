package org.yuanliu.platform.checks;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yuanliu.industry.PaperFact;
import org.yuanliu.platform.journal.Entry;
import org.yuanliu.platform.journal.EntryRef;
import org.yuanliu.platform.registry.Place;
import org.yuanliu.platform.registry.RegistryChange;

/** Reads the facts' tables on one connection. */
final class FactStore {
  /**
   * Events under one key that are looked at, the newest: a party's movements of years. Sums over
   * more than that would have to be kept, which no check of the bundled packs needs.
   */
  static final int MAX_EVENTS = 20_000;

  private static final String COLUMNS =
      """
      e.journal, e.position, e.event_key, e.reporter, e.principal, e.named, e.division,
      e.industry, e.place, e.fact\
      """;

  private final Connection connection;
  private final FactCodec.Links links;

  /** Who keeps what kind each place was: those who follow, and the journal's transaction. */
  enum Places {
    FOLLOWED("check_place"),
    COUNTED("check_counter_place");

    private final String table;

    Places(String table) {
      this.table = table;
    }
  }

  FactStore(Connection connection, FactCodec.Links links) {
    this.connection = connection;
    this.links = links;
  }

  /**
   * Events under each of the keys; keys without any are left out.
   *
   * @param read by reference, what need not be decoded again
   */
  Map<UUID, List<Known>> byKeys(Collection<UUID> keys, Map<String, Known> read)
      throws SQLException {
    Map<UUID, List<Known>> found = new HashMap<>();
    if (keys.isEmpty()) {
      return found;
    }
    try (PreparedStatement statement =
        connection.prepareStatement(
            "select k.key, "
                + COLUMNS
                + """
                 from unnest(?) as asked(key)
                cross join lateral (
                  select * from check_key where check_key.key = asked.key
                  order by event_time desc, position desc limit ?) k
                join check_event e on e.journal = k.journal and e.position = k.position
                """)) {
      statement.setArray(1, uuids(keys));
      statement.setInt(2, MAX_EVENTS);
      Map<EntryRef, Known> once = new HashMap<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          EntryRef ref = new EntryRef(rows.getInt(2), rows.getLong(3));
          Known known = once.get(ref);
          if (known == null) {
            known = read.get(FactRefs.text(ref));
            known = known == null ? known(rows, 2) : known;
            once.put(ref, known);
          }
          found.computeIfAbsent(rows.getObject(1, UUID.class), k -> new ArrayList<>()).add(known);
        }
      }
    }
    return found;
  }

  Optional<Known> byEventKey(UUID eventKey) throws SQLException {
    return one(" where e.event_key = ?", statement -> statement.setObject(1, eventKey));
  }

  Optional<Known> byRef(EntryRef ref) throws SQLException {
    return one(
        " where e.journal = ? and e.position = ?",
        statement -> {
          statement.setInt(1, ref.journal());
          statement.setLong(2, ref.position());
        });
  }

  /** Sets parameters. */
  private interface Parameters {
    void set(PreparedStatement statement) throws SQLException;
  }

  private Optional<Known> one(String where, Parameters parameters) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("select " + COLUMNS + " from check_event e" + where)) {
      parameters.set(statement);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next() ? Optional.of(known(rows, 1)) : Optional.empty();
      }
    }
  }

  private Known known(ResultSet rows, int first) throws SQLException {
    return FactCodec.decode(
        rows.getString(first + 9),
        new FactCodec.Stored(
            new EntryRef(rows.getInt(first), rows.getLong(first + 1)),
            rows.getObject(first + 2, UUID.class),
            new Known.Access(
                rows.getObject(first + 3, UUID.class),
                rows.getObject(first + 4, UUID.class),
                Set.of((UUID[]) rows.getArray(first + 5).getArray()),
                rows.getString(first + 6),
                rows.getString(first + 7)),
            rows.getObject(first + 8, UUID.class)),
        links);
  }

  /** What the document says: of several statements the one that counts most. */
  Optional<PaperFact> paper(Papers.Whose whose, String id) throws SQLException {
    List<PaperFact> papers =
        papers(
            "select body from "
                + whose.table
                + " where id = ? order by weight, since, registrant limit 1",
            id);
    return papers.stream().findFirst();
  }

  /** As above, of several in one round trip; those that are not registered are left out. */
  Map<String, PaperFact> papers(Papers.Whose whose, Collection<String> ids) throws SQLException {
    Map<String, PaperFact> papers = new HashMap<>();
    if (ids.isEmpty()) {
      return papers;
    }
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            select distinct on (id) id, body from %s where id = any(?)
            order by id, weight, since, registrant
            """
                .formatted(whose.table))) {
      statement.setArray(1, connection.createArrayOf("text", ids.toArray(String[]::new)));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          papers.put(rows.getString(1), FactCodec.paper(rows.getString(2)));
        }
      }
    }
    return papers;
  }

  /** Documents whose statement that counts names the subject. */
  List<PaperFact> papersOf(Papers.Whose whose, String subject, String type) throws SQLException {
    return papers(
        """
        select p.body from %1$s p
        where p.subject = ? and p.type = ? and not exists (
          select 1 from %1$s o where o.id = p.id
            and (o.weight, o.since, o.registrant) < (p.weight, p.since, p.registrant))
        order by p.id
        """
            .formatted(whose.table),
        subject,
        type);
  }

  private List<PaperFact> papers(String sql, String... values) throws SQLException {
    List<PaperFact> papers = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setString(i + 1, values[i]);
      }
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          papers.add(FactCodec.paper(rows.getString(1)));
        }
      }
    }
    return papers;
  }

  /** What kind each place was from which position on. */
  Map<UUID, NavigableMap<Long, String>> kinds(Places whose, Collection<UUID> places, int journal)
      throws SQLException {
    Map<UUID, NavigableMap<Long, String>> kinds = new HashMap<>();
    if (places.isEmpty()) {
      return kinds;
    }
    try (PreparedStatement statement =
        connection.prepareStatement(
            "select place, position, kind from "
                + whose.table
                + " where place = any(?) and journal = ?")) {
      statement.setArray(1, uuids(places));
      statement.setInt(2, journal);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          kinds
              .computeIfAbsent(rows.getObject(1, UUID.class), place -> new TreeMap<>())
              .put(rows.getLong(2), rows.getString(3));
        }
      }
    }
    return kinds;
  }

  /** Keeps what kinds of place were registered. */
  void addKinds(Places whose, List<Entry> entries) throws SQLException {
    for (Entry entry : entries) {
      if (entry.draft().subject() instanceof RegistryChange.PlaceRegistered(int r, Place place)) {
        try (PreparedStatement insert =
            connection.prepareStatement(
                "insert into "
                    + whose.table
                    + " (place, journal, position, kind) values (?, ?, ?, ?) on conflict do"
                    + " nothing")) {
          insert.setObject(1, FactKeys.place(place.id()));
          insert.setInt(2, entry.ref().journal());
          insert.setLong(3, entry.ref().position());
          insert.setString(4, place.nodeType());
          insert.executeUpdate();
        }
      }
    }
  }

  /** Which of the event keys are declared to be in error. */
  Set<UUID> voids(Collection<UUID> eventKeys) throws SQLException {
    Set<UUID> found = new HashSet<>();
    if (!eventKeys.isEmpty()) {
      try (PreparedStatement statement =
          connection.prepareStatement(
              "select event_key from check_void where event_key = any(?)")) {
        statement.setArray(1, uuids(eventKeys));
        try (ResultSet rows = statement.executeQuery()) {
          while (rows.next()) {
            found.add(rows.getObject(1, UUID.class));
          }
        }
      }
    }
    return found;
  }

  /** What falls due before a moment, the earliest first. */
  Map<EntryRef, Instant> due(int journal, Instant before, int limit) throws SQLException {
    Map<EntryRef, Instant> due = new LinkedHashMap<>();
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            select position, due from check_due where due < ? and journal = ?
            order by due, position limit ?
            """)) {
      statement.setObject(1, at(before));
      statement.setInt(2, journal);
      statement.setInt(3, limit);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          due.putIfAbsent(
              new EntryRef(journal, rows.getLong(1)),
              rows.getObject(2, OffsetDateTime.class).toInstant());
        }
      }
    }
    return due;
  }

  Array uuids(Collection<UUID> keys) throws SQLException {
    return connection.createArrayOf("uuid", keys.toArray());
  }

  static @Nullable OffsetDateTime at(@Nullable Instant time) {
    return time == null ? null : time.atOffset(ZoneOffset.UTC);
  }
}
