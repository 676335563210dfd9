package org.yuanliu.platform.journal;

import static java.util.Objects.requireNonNull;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import org.yuanliu.ledger.LeafRecord;
import org.yuanliu.ledger.Suite;

/**
 * What the leaf of an entry commits to, with its salt: for those who may read the entry, and for
 * nobody else.
 */
@Component
public final class LeafOpenings {
  private static final int BYTES_PER_MB = 1024 * 1024;

  private final DataSource dataSource;
  private final EntryReader reader;
  private final Suite suite;
  private final String log;
  private final int maxBodyBytes;

  @Autowired
  LeafOpenings(
      DataSource dataSource, JournalSettings settings, org.yuanliu.platform.ServerSettings server) {
    this.dataSource = requireNonNull(dataSource, "dataSource is null");
    this.maxBodyBytes = settings.bodyMb() * BYTES_PER_MB;
    this.reader = new EntryReader(List.of(), maxBodyBytes);
    this.suite = Suite.ofId(settings.suite());
    this.log = server.log();
  }

  /**
   * @param body as stored, UTF-8; the record holds its digest
   */
  @SuppressWarnings("ArrayRecordComponent") // handed from one method to the next, never shared
  public record LeafOpening(LeafRecord leafRecord, byte[] salt, byte[] body) {}

  /**
   * As the rows say it now; whether the tree agrees is for the asker to compare.
   *
   * @throws JournalUnavailableException if the journal cannot be read
   */
  public Optional<LeafOpening> open(EntryRef ref) {
    List<StoredEntry> found;
    try (Connection connection = dataSource.getConnection()) {
      found = reader.next(connection, ref.journal(), ref.position(), ref.position() + 1);
    } catch (SQLException e) {
      throw new JournalUnavailableException("the journal cannot be read", e);
    }
    if (found.isEmpty()) {
      return Optional.empty();
    }
    StoredEntry entry = found.getFirst();
    Leaves leaves = new Leaves(log, suite);
    try (BodyCodec bodies = new BodyCodec(maxBodyBytes)) {
      byte[] body = bodies.decode(entry.storedBody());
      return Optional.of(
          new LeafOpening(
              leaves.leafRecord(
                  entry.ref().position(),
                  entry.recordTime(),
                  entry.captureId(),
                  requireNonNull(entry.reporter(), "the reporter's name is lost"),
                  requireNonNull(entry.principal(), "the principal's name is lost"),
                  entry.id(),
                  entry.hash(),
                  entry.hashVersion(),
                  leaves.bodyDigest(body)),
              entry.salt(),
              body));
    }
  }
}
