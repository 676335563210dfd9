package org.yuanliu.platform.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.yuanliu.ledger.Frontier;
import org.yuanliu.ledger.Hasher;
import org.yuanliu.ledger.Suite;
import org.yuanliu.ledger.note.Checkpoint;
import org.yuanliu.ledger.note.FileSigner;
import org.yuanliu.ledger.note.SignatureType;
import org.yuanliu.ledger.note.SignedCheckpoint;
import org.yuanliu.ledger.note.Signer;
import org.yuanliu.platform.ServerSettings;
import org.yuanliu.platform.database.BinaryCopy;

/**
 * The audit's Merkle log: each record a leaf, the tree head signed with a key of its own ({@code
 * {data-dir}/keys/audit.pem}). Who removes, changes or slips in a record makes another root.
 */
@Component
class AuditLog {
  private static final Suite SUITE = Suite.SHA256_ED25519;

  private static final String COPY_ROWS =
      """
      copy audit (at, request_id, account, party, role, api_key, address, method, route, object,
        status, outcome, position) from stdin (format binary)\
      """;

  private static final int ROW_COLUMNS = 13;

  private static final String COPY_LEAVES =
      "copy audit_leaf (position, hash) from stdin (format binary)";

  private static final int LEAF_COLUMNS = 2;

  private static final String HASH = "hash:";

  /** Rows of one export: some tens of megabytes. */
  static final int MAX_EXPORT = 100_000;

  private static final int FETCH_ROWS = 1_000;

  private final DataSource dataSource;
  private final String origin;
  private final Signer signer;
  private final Clock clock;

  AuditLog(DataSource dataSource, ServerSettings server, Clock clock) {
    this.dataSource = requireNonNull(dataSource, "dataSource is null");
    this.origin = server.log() + "/audit";
    this.clock = requireNonNull(clock, "clock is null");
    this.signer = signer(server.dataDir().resolve("keys/audit.pem"), origin);
  }

  private static Signer signer(Path file, String name) {
    try {
      if (!Files.exists(file)) {
        Files.createDirectories(requireNonNull(file.toAbsolutePath().getParent()));
        return FileSigner.create(file, name, SignatureType.ED25519, new SecureRandom());
      }
      return FileSigner.open(file, name, SignatureType.ED25519);
    } catch (IOException e) {
      throw new UncheckedIOException("no folder for the audit's key " + file, e);
    }
  }

  /** The verifier key of exports. */
  String verifierKey() {
    return signer.key().toString();
  }

  /** Stores records and their leaves in one transaction; PostgreSQL keeps microseconds. */
  void append(Connection connection, List<AuditRecord> batch) throws SQLException {
    long first;
    Frontier.Builder tree;
    try (Statement statement = connection.createStatement();
        ResultSet head =
            statement.executeQuery("select size, frontier from audit_head for update")) {
      head.next();
      first = head.getLong(1);
      byte[] frontier = head.getBytes(2);
      tree =
          (frontier == null ? Frontier.empty(SUITE) : Frontier.decode(SUITE, frontier)).builder();
    }
    Hasher hasher = SUITE.newHasher();
    byte[][] hashes = new byte[batch.size()][];
    try (BinaryCopy copy = new BinaryCopy(connection, COPY_ROWS, ROW_COLUMNS)) {
      for (int i = 0; i < hashes.length; i++) {
        AuditRecord row = batch.get(i);
        // As PostgreSQL keeps it: the leaf is made from the same.
        row = row.at(row.at().truncatedTo(ChronoUnit.MICROS));
        copy.row()
            .putInstant(row.at())
            .putText(row.requestId())
            .putUuid(row.account())
            .putText(row.party())
            .putText(row.role())
            .putUuid(row.apiKey())
            .putText(row.address())
            .putText(row.method())
            .putText(row.route())
            .putText(row.object())
            .putShort(row.status())
            .putText(row.outcome())
            .putLong(first + i);
        hashes[i] = hasher.leaf(AuditLine.of(first + i, row).getBytes(UTF_8));
        tree.append(hashes[i]);
      }
      copy.finish();
    }
    try (BinaryCopy copy = new BinaryCopy(connection, COPY_LEAVES, LEAF_COLUMNS)) {
      for (int i = 0; i < hashes.length; i++) {
        copy.row().putLong(first + i).putBytes(hashes[i]);
      }
      copy.finish();
    }
    Frontier after = tree.build();
    try (PreparedStatement update =
        connection.prepareStatement("update audit_head set size = ?, frontier = ?")) {
      update.setLong(1, after.size());
      update.setBytes(2, after.encode());
      update.executeUpdate();
    }
  }

  /**
   * Records of a stretch with all that is needed to check them without this server.
   *
   * @param frontier right edge of the tree before the first record, in base64 ({@code
   *     Frontier.encode})
   * @param checkpoint signed note over the tree up to the last record
   * @param records the lines, as the leaves commit to them; of a record whose time is over {@code
   *     hash:} and its leaf hash in base64
   */
  record Export(
      long from, long to, String frontier, String checkpoint, String key, List<String> records) {}

  Export export(long from, int limit) {
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      connection.setReadOnly(true);
      long size = size(connection);
      long first = Math.min(from, size);
      long end = Math.min(size, first + limit);
      Frontier.Builder tree = Frontier.empty(SUITE).builder();
      leaves(connection, 0, first, (position, hash) -> tree.append(hash));
      Frontier before = tree.build();
      leaves(connection, first, end, (position, hash) -> tree.append(hash));
      List<String> lines = new ArrayList<>();
      leaves(connection, first, end, (position, hash) -> lines.add(HASH + base64(hash)));
      rows(
          connection,
          first,
          end,
          (position, row) ->
              lines.set(Math.toIntExact(position - first), AuditLine.of(position, row)));
      connection.rollback();
      Checkpoint checkpoint = new Checkpoint(origin, end, tree.root());
      return new Export(
          first,
          end,
          Base64.getEncoder().encodeToString(before.encode()),
          SignedCheckpoint.sign(checkpoint, List.of(signer), clock.instant()).toString(),
          verifierKey(),
          List.copyOf(lines));
    } catch (SQLException e) {
      throw new IllegalStateException("the audit cannot be read", e);
    }
  }

  /**
   * What a check of the whole log found.
   *
   * @param wrong first position whose record is not what its leaf commits to, or is missing before
   *     its time; null where all agree
   * @param treeAgrees whether the leaves make the tree head that is stored
   */
  record Check(long size, String root, @Nullable Long wrong, boolean treeAgrees) {}

  Check check() {
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      connection.setReadOnly(true);
      Frontier.Builder tree = Frontier.empty(SUITE).builder();
      Hasher hasher = SUITE.newHasher();
      long[] wrong = {-1};
      long size = size(connection);
      List<byte[]> hashes = new ArrayList<>();
      leaves(
          connection,
          0,
          size,
          (position, hash) -> {
            tree.append(hash);
            hashes.add(hash);
          });
      rows(
          connection,
          0,
          size,
          (position, row) -> {
            byte[] made = hasher.leaf(AuditLine.of(position, row).getBytes(UTF_8));
            boolean same =
                position < hashes.size()
                    && MessageDigest.isEqual(made, hashes.get(Math.toIntExact(position)));
            if (!same && wrong[0] < 0) {
              wrong[0] = position;
            }
          });
      long missing = missing(connection, clock.instant().minus(KEPT_AT_LEAST, ChronoUnit.DAYS));
      byte[] root = tree.root();
      // Within the snapshot too: others write meanwhile.
      boolean agrees = tree.size() == size && MessageDigest.isEqual(root, headRoot(connection));
      connection.rollback();
      Long first = wrong[0] < 0 ? (missing < 0 ? null : missing) : (Long) Math.min(wrong[0], size);
      return new Check(size, Base64.getEncoder().encodeToString(root), first, agrees);
    } catch (SQLException e) {
      throw new IllegalStateException("the audit cannot be read", e);
    }
  }

  /** Records younger than this are never removed; see the trigger of V77. */
  private static final int KEPT_AT_LEAST = 180;

  /** A leaf without its record, though the records around it are too young to be removed. */
  private static long missing(Connection connection, Instant keptFrom) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            select l.position from audit_leaf l left join audit a on a.position = l.position
            where a.position is null
              and l.position > coalesce(
                (select min(position) from audit where at >= ?), 9223372036854775807)
            order by l.position limit 1
            """)) {
      statement.setObject(1, AccountStore.at(keptFrom));
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? row.getLong(1) : -1;
      }
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static long size(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet head = statement.executeQuery("select size from audit_head")) {
      head.next();
      return head.getLong(1);
    }
  }

  private static byte[] headRoot(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet head = statement.executeQuery("select frontier from audit_head")) {
      head.next();
      byte[] frontier = head.getBytes(1);
      return (frontier == null ? Frontier.empty(SUITE) : Frontier.decode(SUITE, frontier)).root();
    }
  }

  private interface EachLeaf {
    void take(long position, byte[] hash);
  }

  private interface EachRow {
    void take(long position, AuditRecord row);
  }

  private static void leaves(Connection connection, long from, long to, EachLeaf each)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            select position, hash from audit_leaf where position >= ? and position < ?
            order by position
            """)) {
      statement.setLong(1, from);
      statement.setLong(2, to);
      statement.setFetchSize(FETCH_ROWS);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          each.take(rows.getLong(1), rows.getBytes(2));
        }
      }
    }
  }

  private static void rows(Connection connection, long from, long to, EachRow each)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "select * from audit where position >= ? and position < ? order by position")) {
      statement.setLong(1, from);
      statement.setLong(2, to);
      statement.setFetchSize(FETCH_ROWS);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          each.take(rows.getLong("position"), AuditRecord.of(rows));
        }
      }
    }
  }
}
