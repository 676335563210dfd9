package org.yuanliu.platform.backup;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a backup holds; {@code manifest.json} in its folder, written last: a folder without it is no
 * backup.
 *
 * @param format {@link #FORMAT}
 * @param id of this backup
 * @param after id of the backup that this one goes on from; null for a whole one
 * @param createdAt RFC 3339, UTC
 * @param schema version of the database's schema (Flyway)
 * @param postgres version of the server that it was read from, for information
 * @param log name of the log
 * @param from first position that it holds
 * @param size entries of the journal; it holds those below
 * @param root of the journal's tree at that size, hexadecimal
 * @param encrypted whether the files are OpenPGP messages
 * @param ranges first positions of the ranges in which the entries lay; null in backups that do not
 *     tell
 */
record Manifest(
    int format,
    String id,
    @Nullable String after,
    String createdAt,
    String schema,
    String postgres,
    String log,
    long from,
    long size,
    String root,
    boolean encrypted,
    @Nullable List<Long> ranges,
    List<TablePart> tables,
    List<FilePart> files) {

  /**
   * Raised when a reader of the version before would misread it. Since 2 the rows of a table may
   * lie in several files, in their order.
   */
  static final int FORMAT = 2;

  /** The oldest that is read still. */
  static final int OLDEST_FORMAT = 1;

  static final String NAME = "manifest.json";

  /**
   * Rows of a table, or some of them: PostgreSQL's binary COPY format, whose row framing and
   * representation of these types PostgreSQL's manual describes.
   *
   * @param from the first position that its rows may have, where the table is in order of position;
   *     null in backups that do not tell
   * @param to the position after the last one
   * @param bytes of the file as it lies there
   * @param sha256 of the file as it lies there, hexadecimal
   */
  record TablePart(
      String name,
      TableKind kind,
      List<Table.Column> columns,
      String file,
      @Nullable Long from,
      @Nullable Long to,
      long rows,
      long bytes,
      String sha256) {}

  /**
   * A file of the data folder.
   *
   * @param path in the data folder, with slashes
   */
  record FilePart(String path, String file, long bytes, String sha256) {}
}
