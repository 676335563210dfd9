package org.yuanliu.platform.transparency;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yuanliu.ledger.note.NoteException;
import org.yuanliu.ledger.note.SignedCheckpoint;
import org.yuanliu.ledger.note.VerifierKey;

/**
 * The end of a log whose newest entries are lost, and the beginning of the one that takes over what
 * is left: the old one's keys, tiles and checkpoints stop being this server's, and its name, where
 * it was taken over and what it had published stay on record.
 */
public final class LogSuccession {
  private LogSuccession() {}

  /**
   * The checkpoint of a file, if one of the keys that are stored signed it.
   *
   * @param keys empty where they are not known yet: then nothing is verified
   * @throws IOException if it is none, or nobody known signed it
   */
  public static SignedCheckpoint published(Path file, List<VerifierKey> keys) throws IOException {
    try {
      SignedCheckpoint read = SignedCheckpoint.parse(Files.readAllBytes(file));
      if (!keys.isEmpty()) {
        read.verify(keys);
      }
      return read;
    } catch (NoteException e) {
      throw new IOException(file + " is not a checkpoint of this log: " + e.getMessage(), e);
    }
  }

  /** The log's verifier keys, the newest first. */
  public static List<VerifierKey> keys(Connection connection) throws SQLException, IOException {
    List<VerifierKey> keys = new ArrayList<>();
    try (PreparedStatement statement =
        connection.prepareStatement(
            "select vkey from ledger_key where purpose = ? order by since desc")) {
      statement.setShort(1, KeyPurpose.LOG.code());
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          keys.add(VerifierKey.parse(rows.getString(1)));
        }
      }
    } catch (NoteException e) {
      throw new IOException("a key of the log cannot be read", e);
    }
    return keys;
  }

  /**
   * @param log that ended
   * @param size where it is taken over
   * @param root of its tree there
   * @param published the newest checkpoint that it is known to have shown
   * @param successor the new log's name
   */
  public record Ended(
      String log,
      long size,
      byte[] root,
      @Nullable SignedCheckpoint published,
      String successor,
      Instant at) {}

  /** In the transaction that renames the journal. */
  public static void end(Connection connection, Ended ended) throws SQLException, IOException {
    List<VerifierKey> keys = keys(connection);
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            insert into ledger_predecessor (log, size, root, published, keys, successor, begun)
            values (?, ?, ?, ?, ?, ?, ?)
            """)) {
      statement.setString(1, ended.log());
      statement.setLong(2, ended.size());
      statement.setBytes(3, ended.root());
      statement.setString(4, ended.published() == null ? null : ended.published().toString());
      statement.setString(5, String.join("\n", keys.stream().map(VerifierKey::toString).toList()));
      statement.setString(6, ended.successor());
      statement.setObject(7, ended.at().atOffset(ZoneOffset.UTC));
      statement.executeUpdate();
    }
    try (PreparedStatement statement =
        connection.prepareStatement("delete from ledger_key where purpose = ?")) {
      statement.setShort(1, KeyPurpose.LOG.code());
      statement.executeUpdate();
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute("delete from ledger_tile");
      statement.execute("delete from ledger_checkpoint");
      statement.execute("delete from ledger_anchor");
    }
  }

  /** After that transaction: what the old log showed last is no measure of the new one. */
  public static void setAside(Path dataFolder) {
    Path shown = dataFolder.resolve("ledger").resolve("checkpoint");
    try {
      if (Files.exists(shown)) {
        Files.move(
            shown,
            shown.resolveSibling("checkpoint.predecessor"),
            StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
