package org.yuanliu.platform.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yuanliu.platform.database.BinaryRow;

/** The names of parties as UTF-8, kept as they come: few parties, many entries. One thread. */
final class PartyNames {
  /** Forgotten all at once when there are so many, some 20 MB. */
  private static final int MAX_KEPT = 100_000;

  private final Connection connection;
  private final Map<UUID, byte[]> kept = new HashMap<>();

  PartyNames(Connection connection) {
    this.connection = requireNonNull(connection, "connection is null");
  }

  /**
   * Names of the reporters and principals of these rows, of those that have one.
   *
   * @param rows that begin with both
   */
  Map<UUID, byte[]> of(List<BinaryRow> rows) throws SQLException {
    Set<UUID> asked = new HashSet<>();
    @Nullable UUID last = null;
    for (BinaryRow row : rows) {
      UUID reporter = row.uuid();
      UUID principal = row.uuid();
      row.rewind();
      // Most report for themselves, and many events at once.
      if (!principal.equals(last)) {
        asked.add(principal);
        last = principal;
      }
      if (!reporter.equals(last)) {
        asked.add(reporter);
      }
    }
    if (kept.size() > MAX_KEPT) {
      kept.clear();
    }
    if (!kept.keySet().containsAll(asked)) {
      read(asked);
    }
    Map<UUID, byte[]> names = new HashMap<>();
    for (UUID key : asked) {
      byte[] name = kept.get(key);
      if (name != null) {
        names.put(key, name);
      }
    }
    return names;
  }

  private void read(Set<UUID> keys) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("select key, uri from party_uri where key = any (?)")) {
      statement.setArray(1, connection.createArrayOf("uuid", keys.toArray()));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          kept.put(rows.getObject(1, UUID.class), rows.getString(2).getBytes(UTF_8));
        }
      }
    }
  }
}
