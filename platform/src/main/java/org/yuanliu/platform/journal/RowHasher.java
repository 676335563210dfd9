package org.yuanliu.platform.journal;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yuanliu.ledger.Suite;

/** Computes the leaves that rows say they have; for several threads at once. */
final class RowHasher {
  private final String log;
  private final Suite suite;
  private final int maxBodyBytes;

  RowHasher(String log, Suite suite, int maxBodyBytes) {
    this.log = requireNonNull(log, "log is null");
    this.suite = requireNonNull(suite, "suite is null");
    this.maxBodyBytes = maxBodyBytes;
  }

  /**
   * A row without its body.
   *
   * @param named whether reporter and principal have names
   * @param leaf what follows from the row; null where it cannot be read
   * @param unreadable why it cannot; null where it can
   */
  @SuppressWarnings("ArrayRecordComponent") // read only
  record Hashed(
      long position,
      short kind,
      short suite,
      short leafVersion,
      boolean named,
      byte @Nullable [] leaf,
      @Nullable String unreadable) {}

  /**
   * @param names of parties by their keys
   */
  List<Hashed> hash(List<CheckedRow> rows, Map<UUID, String> names) {
    List<Hashed> hashed = new ArrayList<>(rows.size());
    Leaves leaves = new Leaves(log, suite);
    try (BodyCodec bodies = new BodyCodec(maxBodyBytes)) {
      for (CheckedRow row : rows) {
        hashed.add(hash(row, names, leaves, bodies));
      }
    }
    return hashed;
  }

  private static Hashed hash(
      CheckedRow row, Map<UUID, String> names, Leaves leaves, BodyCodec bodies) {
    String reporter = names.get(row.reporter());
    String principal = names.get(row.principal());
    if (reporter == null || principal == null) {
      return hashed(row, false, null, null);
    }
    try {
      byte[] leaf =
          leaves.hash(
              leaves.leafRecord(
                  row.position(),
                  row.recordTime(),
                  row.captureId(),
                  reporter,
                  principal,
                  row.id(),
                  row.hash(),
                  row.hashVersion(),
                  leaves.bodyDigest(bodies.decode(row.storedBody()))),
              row.salt());
      return hashed(row, true, leaf, null);
    } catch (IllegalArgumentException e) {
      return hashed(row, true, null, String.valueOf(e.getMessage()));
    }
  }

  private static Hashed hashed(
      CheckedRow row, boolean named, byte @Nullable [] leaf, @Nullable String unreadable) {
    return new Hashed(
        row.position(), row.kind(), row.suite(), row.leafVersion(), named, leaf, unreadable);
  }
}
