package org.yuanliu.platform.query;

import static java.util.Objects.requireNonNull;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.yuanliu.codes.UnitKey;
import org.yuanliu.platform.journal.Draft;
import org.yuanliu.platform.journal.Entry;
import org.yuanliu.platform.journal.Projection;

/** Keeps what each party said last of each element of a vocabulary, and of its children. */
@Component
final class VocabularyIndex implements Projection {
  private static final String ELEMENT =
      """
      insert into query_vocabulary
        (id, type, body, reporter, principal, named, division, industry)
      values (?, ?, ?, ?, ?, '{}', ?, ?)
      on conflict (id, type, principal) do update
        set body = excluded.body, reporter = excluded.reporter, division = excluded.division,
            industry = excluded.industry\
      """;

  private static final String FORGET =
      "delete from query_child where parent = ? and type = ? and principal = ?";

  private static final String CHILD =
      """
      insert into query_child (parent, child, type, reporter, principal, named, division, industry)
      values (?, ?, ?, ?, ?, '{}', ?, ?)
      on conflict do nothing\
      """;

  @Override
  public String name() {
    return "vocabularies";
  }

  @Override
  public void apply(Connection connection, List<Entry> entries) throws SQLException {
    requireNonNull(connection, "connection is null");
    for (Entry entry : entries) {
      if (entry.draft().subject() instanceof VocabularySubject(var elements)) {
        for (VocabularySubject.Element element : elements) {
          put(connection, entry.draft(), element);
        }
      }
    }
  }

  private static void put(Connection connection, Draft draft, VocabularySubject.Element element)
      throws SQLException {
    UUID reporter = UnitKey.of(draft.reporter()).value();
    UUID principal = UnitKey.of(draft.principal()).value();
    try (PreparedStatement statement = connection.prepareStatement(ELEMENT)) {
      statement.setString(1, element.id());
      statement.setString(2, element.type());
      statement.setString(3, VocabularyJson.MAPPER.writeValueAsString(element));
      scope(statement, 4, draft, reporter, principal);
      statement.executeUpdate();
    }
    try (PreparedStatement statement = connection.prepareStatement(FORGET)) {
      statement.setString(1, element.id());
      statement.setString(2, element.type());
      statement.setObject(3, principal);
      statement.executeUpdate();
    }
    if (element.children().isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(CHILD)) {
      for (String child : element.children()) {
        statement.setString(1, element.id());
        statement.setString(2, child);
        statement.setString(3, element.type());
        scope(statement, 4, draft, reporter, principal);
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  private static void scope(
      PreparedStatement statement, int at, Draft draft, UUID reporter, UUID principal)
      throws SQLException {
    statement.setObject(at, reporter);
    statement.setObject(at + 1, principal);
    statement.setString(at + 2, draft.scope().division());
    statement.setString(at + 3, draft.scope().industry());
  }

  @Override
  public void clear(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("truncate query_vocabulary, query_child");
    }
  }
}
