package org.yuanliu.platform.personal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.yuanliu.platform.journal.Draft;
import org.yuanliu.platform.journal.Entry;
import org.yuanliu.platform.journal.Projection;

/**
 * Stores values in the transaction that stores their events, and destroys a person's key in the one
 * that stores its erasure: neither can be without the other. No view: the values come with the
 * drafts and are not in the journal, so a rebuild leaves them and does erasures over.
 */
@Component
class PersonalProjection implements Projection {
  @Override
  public String name() {
    return "personal";
  }

  @Override
  public void apply(Connection connection, List<Entry> entries) throws SQLException {
    store(connection, entries);
    for (Entry entry : entries) {
      if (entry.draft().subject() instanceof ErasureAct act) {
        erase(connection, entry, act.subject());
      }
    }
  }

  private static void store(Connection connection, List<Entry> entries) throws SQLException {
    List<Integer> journals = new ArrayList<>();
    List<Long> positions = new ArrayList<>();
    List<SealedValue> values = new ArrayList<>();
    for (Entry entry : entries) {
      for (Draft.Attached attached : entry.draft().attached()) {
        if (attached instanceof SealedValue value) {
          journals.add(entry.ref().journal());
          positions.add(entry.ref().position());
          values.add(value);
        }
      }
    }
    if (values.isEmpty()) {
      return;
    }
    // Whoever was erased meanwhile has no key: what was sealed under it is not stored.
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            insert into personal_value
              (journal, position, commitment, subject, element, digest, sealed)
            select t.j, t.p, t.c, t.s, t.e, t.d, t.b
            from unnest(?::int[], ?::bigint[], ?::bytea[], ?::uuid[], ?::text[], ?::bytea[],
              ?::bytea[]) as t (j, p, c, s, e, d, b)
            join personal_subject u on u.id = t.s and u.sealed is not null
            for key share of u
            on conflict do nothing
            """)) {
      insert.setArray(1, connection.createArrayOf("int4", journals.toArray()));
      insert.setArray(2, connection.createArrayOf("int8", positions.toArray()));
      insert.setArray(3, bytes(connection, values.stream().map(SealedValue::commitment).toList()));
      insert.setArray(
          4, connection.createArrayOf("uuid", values.stream().map(SealedValue::subject).toArray()));
      insert.setArray(
          5, connection.createArrayOf("text", values.stream().map(SealedValue::element).toArray()));
      insert.setArray(6, bytes(connection, values.stream().map(SealedValue::digest).toList()));
      insert.setArray(7, bytes(connection, values.stream().map(SealedValue::sealed).toList()));
      insert.executeUpdate();
    }
  }

  private static java.sql.Array bytes(Connection connection, List<byte[]> values)
      throws SQLException {
    return connection.createArrayOf("bytea", values.toArray(byte[][]::new));
  }

  private static void erase(Connection connection, Entry entry, UUID subject) throws SQLException {
    for (String sql :
        List.of(
            """
            update personal_subject set digest = null, kek = null, sealed = null, erased = ?
            where id = ? and erased is null
            """,
            """
            update personal_value set digest = null, sealed = null, erased = ?
            where subject = ? and erased is null
            """)) {
      try (PreparedStatement update = connection.prepareStatement(sql)) {
        update.setObject(1, entry.recordTime().atOffset(ZoneOffset.UTC));
        update.setObject(2, subject);
        update.executeUpdate();
      }
    }
  }

  /** The values of what goes, and persons of whom nothing is left. */
  @Override
  public void drop(Connection connection, String going) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "create temporary table personal_going on commit drop as select distinct v.subject from"
              + " personal_value v join %s g on v.journal = 1 and v.position = g.position"
                  .formatted(going));
      statement.execute(
          "delete from personal_value v using %s g where v.journal = 1 and v.position = g.position"
              .formatted(going));
      statement.execute(
          """
          delete from personal_subject s using personal_going g where s.id = g.subject
            and not exists (select from personal_value v where v.subject = s.id)
          """);
    }
  }

  @Override
  public void clear(Connection connection) {
    // Nothing here comes from the journal.
  }
}
