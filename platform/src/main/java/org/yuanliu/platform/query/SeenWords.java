package org.yuanliu.platform.query;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yuanliu.epcis.EpcisEvent;
import org.yuanliu.platform.journal.Scope;

/**
 * Which steps, dispositions, read points and locations there are, and who sees events with them.
 * Few combinations come again and again, so those known to be stored are remembered. A combination
 * is remembered only when it was found stored: what an earlier, rolled back transaction wrote is
 * not.
 *
 * <p>For the journal's one writer thread.
 */
final class SeenWords {
  /** Combinations in memory, some 20 MB; beyond, all is forgotten and learnt again. */
  static final int MAX_KNOWN = 300_000;

  private static final UUID NOBODY = new UUID(0, 0);

  /** No party has the bits of a division and an industry. */
  private static final long AREA = 0x5DEE_CE66_D1CE_4E5BL;

  private static final String WORDS =
      """
      insert into query_word (field, value, uri)
      select * from unnest(?::smallint[], ?::bigint[], ?::text[])
      on conflict do nothing\
      """;

  private static final String SEEN =
      """
      insert into query_seen (field, value, audience, reporter, principal, named, division, industry)
      select n.field, n.value, n.audience, n.party, n.party, '{}', n.division, n.industry
      from unnest(?::smallint[], ?::bigint[], ?::bigint[], ?::uuid[], ?::text[], ?::text[])
        as n (field, value, audience, party, division, industry)
      on conflict do nothing
      returning field, value, audience\
      """;

  private final Set<Key> known = new HashSet<>();

  /** Fields with lists of their own. The numbers are stored: they never change their meaning. */
  enum Field {
    BIZ_STEP(1),
    DISPOSITION(2),
    READ_POINT(3),
    BIZ_LOCATION(4);

    private final short code;

    Field(int code) {
      this.code = (short) code;
    }

    short code() {
      return code;
    }
  }

  private record Key(short field, long value, long audience) {}

  private record Seen(
      String uri, UUID party, @Nullable String division, @Nullable String industry) {}

  void forget() {
    known.clear();
  }

  /** What decides about an event's keys: most events of a group have the same as another. */
  private record Kind(
      @Nullable String bizStep,
      @Nullable String disposition,
      @Nullable String readPoint,
      @Nullable String bizLocation,
      @Nullable String division,
      @Nullable String industry,
      Set<UUID> parties) {
    static Kind of(EventIndex.Row row) {
      EpcisEvent event = row.event();
      Scope scope = row.entry().draft().scope();
      return new Kind(
          event.bizStep(),
          event.disposition(),
          event.readPoint(),
          event.bizLocation(),
          scope.division(),
          scope.industry(),
          row.parties());
    }
  }

  void add(Connection connection, List<EventIndex.Row> rows) throws SQLException {
    Map<Key, Seen> fresh = new LinkedHashMap<>();
    Set<Kind> done = new HashSet<>();
    for (EventIndex.Row row : rows) {
      if (!done.add(Kind.of(row))) {
        continue;
      }
      EpcisEvent event = row.event();
      add(Field.BIZ_STEP, event.bizStep(), row, fresh);
      add(Field.DISPOSITION, event.disposition(), row, fresh);
      add(Field.READ_POINT, event.readPoint(), row, fresh);
      add(Field.BIZ_LOCATION, event.bizLocation(), row, fresh);
    }
    if (!fresh.isEmpty()) {
      insert(connection, fresh);
    }
  }

  private void add(Field field, @Nullable String uri, EventIndex.Row row, Map<Key, Seen> fresh) {
    if (uri == null) {
      return;
    }
    long value = Terms.value(uri);
    for (UUID party : row.parties()) {
      Key key = new Key(field.code(), value, party.getMostSignificantBits());
      if (!known.contains(key)) {
        fresh.put(key, new Seen(uri, party, null, null));
      }
    }
    Scope scope = row.entry().draft().scope();
    String area = scope.division() + "\n" + scope.industry();
    Key key = new Key(field.code(), value, Terms.value(area) ^ AREA);
    if (!known.contains(key)) {
      fresh.put(key, new Seen(uri, NOBODY, scope.division(), scope.industry()));
    }
  }

  private void insert(Connection connection, Map<Key, Seen> fresh) throws SQLException {
    List<Key> keys = new ArrayList<>(fresh.keySet());
    List<Seen> seen = new ArrayList<>(fresh.values());
    Object[] fields = keys.stream().map(Key::field).toArray();
    Object[] values = keys.stream().map(Key::value).toArray();
    try (PreparedStatement statement = connection.prepareStatement(WORDS)) {
      statement.setArray(1, connection.createArrayOf("smallint", fields));
      statement.setArray(2, connection.createArrayOf("bigint", values));
      statement.setArray(
          3, connection.createArrayOf("text", seen.stream().map(Seen::uri).toArray()));
      statement.executeUpdate();
    }
    Set<Key> inserted = new HashSet<>();
    try (PreparedStatement statement = connection.prepareStatement(SEEN)) {
      statement.setArray(1, connection.createArrayOf("smallint", fields));
      statement.setArray(2, connection.createArrayOf("bigint", values));
      statement.setArray(
          3, connection.createArrayOf("bigint", keys.stream().map(Key::audience).toArray()));
      statement.setArray(
          4, connection.createArrayOf("uuid", seen.stream().map(Seen::party).toArray()));
      statement.setArray(
          5, connection.createArrayOf("text", seen.stream().map(Seen::division).toArray()));
      statement.setArray(
          6, connection.createArrayOf("text", seen.stream().map(Seen::industry).toArray()));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          inserted.add(new Key(rows.getShort(1), rows.getLong(2), rows.getLong(3)));
        }
      }
    }
    if (known.size() + keys.size() > MAX_KNOWN) {
      known.clear();
    }
    keys.stream().filter(key -> !inserted.contains(key)).forEach(known::add);
  }
}
