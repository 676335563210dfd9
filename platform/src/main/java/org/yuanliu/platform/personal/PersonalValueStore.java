package org.yuanliu.platform.personal;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.yuanliu.ledger.receipt.PersonalValue;
import org.yuanliu.platform.journal.EntryRef;
import org.yuanliu.platform.keys.Gcm;
import org.yuanliu.platform.keys.SealBrokenException;

/** Reads the stored values. */
@Repository
class PersonalValueStore {
  private static final String SELECT =
      """
      select v.journal, v.position, v.commitment, v.subject, v.element, v.sealed, v.erased,
        s.kek, s.sealed as key, s.cipher
      from personal_value v join personal_subject s on s.id = v.subject
      """;

  private final JdbcClient jdbc;
  private final KeyRing ring;

  PersonalValueStore(JdbcClient jdbc, KeyRing ring) {
    this.jdbc = requireNonNull(jdbc, "jdbc is null");
    this.ring = requireNonNull(ring, "ring is null");
  }

  /**
   * A value as it lies there.
   *
   * @param sealed null once it is erased
   */
  @SuppressWarnings("ArrayRecordComponent") // read only
  record Stored(
      EntryRef ref,
      byte[] commitment,
      UUID subject,
      String element,
      byte @Nullable [] sealed,
      @Nullable Instant erased,
      KeyRing.@Nullable Wrapped key,
      Gcm cipher) {}

  /** A value that was opened. */
  @SuppressWarnings("ArrayRecordComponent") // read only
  record Open(byte[] salt, String text) {}

  List<Stored> of(EntryRef ref) {
    return jdbc.sql(
            SELECT
                + "where v.journal = :journal and v.position = :position order by v.element,"
                + " v.commitment")
        .param("journal", ref.journal())
        .param("position", ref.position())
        .query((row, index) -> stored(row))
        .list();
  }

  List<Stored> of(UUID subject, int limit) {
    return jdbc.sql(
            SELECT
                + "where v.subject = :subject order by v.journal, v.position, v.element limit"
                + " :limit")
        .param("subject", subject)
        .param("limit", limit)
        .query((row, index) -> stored(row))
        .list();
  }

  /** What else these records hold under one of these names. */
  List<Stored> beside(Collection<Stored> values, Collection<String> elements) {
    return jdbc.sql(
            SELECT
                + "where v.journal = 1 and v.position = any (:positions) and v.element = any"
                + " (:elements) order by v.journal, v.position")
        .param(
            "positions",
            values.stream().map(value -> value.ref().position()).distinct().toArray(Long[]::new))
        .param("elements", elements.toArray(String[]::new))
        .query((row, index) -> stored(row))
        .list();
  }

  long count(UUID subject) {
    return jdbc.sql("select count(*) from personal_value where subject = :s and erased is null")
        .param("s", subject)
        .query(Long.class)
        .single();
  }

  /**
   * The newest values that are exactly this.
   *
   * @throws KeyGoneException if the key of the index is not to be had
   */
  List<Stored> find(String value, int limit) {
    return jdbc.sql(SELECT + "where v.digest = :digest order by v.position desc limit :limit")
        .param("digest", Digests.ofValue(ring.own().index(), value))
        .param("limit", limit)
        .query((row, index) -> stored(row))
        .list();
  }

  /** Takes what is left of rows that an erasure changed out of the table's pages. */
  void vacuum() {
    jdbc.sql("vacuum personal_subject").update();
  }

  /**
   * Opens a value.
   *
   * @throws KeyGoneException if the key-encryption key is not to be had
   * @throws IllegalStateException if the row was changed
   */
  Open open(Stored stored) {
    byte[] sealed = requireNonNull(stored.sealed(), "erased");
    byte[] key = ring.unwrap(stored.subject(), requireNonNull(stored.key(), "erased"));
    try {
      byte[] plain = stored.cipher().open(key, stored.commitment(), sealed);
      return new Open(
          Arrays.copyOf(plain, PersonalValue.SALT_BYTES),
          new String(
              plain,
              PersonalValue.SALT_BYTES,
              plain.length - PersonalValue.SALT_BYTES,
              StandardCharsets.UTF_8));
    } catch (SealBrokenException e) {
      throw new IllegalStateException("the personal value of " + stored.ref() + " was changed", e);
    }
  }

  private static Stored stored(ResultSet row) throws SQLException {
    OffsetDateTime erased = row.getObject("erased", OffsetDateTime.class);
    String kek = row.getString("kek");
    return new Stored(
        new EntryRef(row.getInt("journal"), row.getLong("position")),
        row.getBytes("commitment"),
        row.getObject("subject", UUID.class),
        row.getString("element"),
        row.getBytes("sealed"),
        erased == null ? null : erased.toInstant(),
        kek == null ? null : new KeyRing.Wrapped(kek, row.getBytes("key")),
        Gcm.ofCode(row.getShort("cipher")));
  }
}
