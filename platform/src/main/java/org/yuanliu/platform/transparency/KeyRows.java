package org.yuanliu.platform.transparency;

import static java.util.Objects.requireNonNull;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionOperations;
import org.yuanliu.ledger.note.NoteException;
import org.yuanliu.ledger.note.VerifierKey;

/** The table of keys. */
@Repository
class KeyRows {
  private final JdbcClient jdbc;
  private final TransactionOperations transactions;

  KeyRows(JdbcClient jdbc, TransactionOperations transactions) {
    this.jdbc = requireNonNull(jdbc, "jdbc is null");
    this.transactions = requireNonNull(transactions, "transactions is null");
  }

  /**
   * A key that signs or has signed.
   *
   * @param retired null while it is in use
   * @param sealed its private half, where the database holds that
   * @param succession what the key before signed about this one
   */
  @SuppressWarnings("ArrayRecordComponent") // handed from one method to the next, never shared
  record KeyRow(
      KeyPurpose purpose,
      VerifierKey key,
      Instant since,
      @Nullable Instant retired,
      TransparencySettings.Holder holder,
      byte @Nullable [] sealed,
      @Nullable String succession) {}

  /** All keys of a purpose, the one in use first, then the newest. */
  List<KeyRow> all(KeyPurpose purpose) {
    return jdbc.sql(
            """
            select vkey, since, retired, holder, sealed, succession from ledger_key
            where purpose = :purpose order by retired desc nulls first, since desc\
            """)
        .param("purpose", purpose.code())
        .query((row, index) -> row(purpose, row))
        .list();
  }

  /**
   * Takes a key into use and retires the one before.
   *
   * @return false if another server was faster
   */
  boolean put(KeyRow next, @Nullable VerifierKey before) {
    return Boolean.TRUE.equals(
        transactions.execute(
            status -> {
              if (before != null) {
                jdbc.sql(
                        """
                        update ledger_key set retired = :now
                        where purpose = :purpose and vkey = :vkey and retired is null\
                        """)
                    .param("now", next.since().atOffset(ZoneOffset.UTC))
                    .param("purpose", next.purpose().code())
                    .param("vkey", before.toString())
                    .update();
              }
              int rows =
                  jdbc.sql(
                          """
                          insert into ledger_key (purpose, vkey, since, holder, sealed, succession)
                          values (:purpose, :vkey, :since, :holder, :sealed, :succession)
                          on conflict do nothing\
                          """)
                      .param("purpose", next.purpose().code())
                      .param("vkey", next.key().toString())
                      .param("since", next.since().atOffset(ZoneOffset.UTC))
                      .param("holder", next.holder().name().toLowerCase(Locale.ROOT))
                      .param("sealed", next.sealed(), Types.BINARY)
                      .param("succession", next.succession(), Types.VARCHAR)
                      .update();
              if (rows == 0) {
                status.setRollbackOnly();
              }
              return rows == 1;
            }));
  }

  private static KeyRow row(KeyPurpose purpose, ResultSet row) throws SQLException {
    OffsetDateTime retired = row.getObject("retired", OffsetDateTime.class);
    try {
      return new KeyRow(
          purpose,
          VerifierKey.parse(row.getString("vkey")),
          row.getObject("since", OffsetDateTime.class).toInstant(),
          retired == null ? null : retired.toInstant(),
          TransparencySettings.Holder.valueOf(row.getString("holder").toUpperCase(Locale.ROOT)),
          row.getBytes("sealed"),
          row.getString("succession"));
    } catch (NoteException e) {
      throw new IllegalStateException("a key in the database is none: " + e.getMessage(), e);
    }
  }
}
