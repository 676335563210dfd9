package org.yuanliu.platform.catalogue;

import static java.util.Objects.requireNonNull;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.yuanliu.platform.journal.Entry;
import org.yuanliu.platform.journal.EntryKind;
import org.yuanliu.platform.journal.Projection;
import org.yuanliu.platform.journal.Subject;
import org.yuanliu.platform.journal.SubjectCodec;
import tools.jackson.databind.json.JsonMapper;

/** The table of versions, kept in the journal's transaction, and its reading. */
@Component
class CatalogueStore implements Projection {
  static final JsonMapper JSON = JsonMapper.builder().build();

  private final JdbcClient jdbc;

  CatalogueStore(JdbcClient jdbc) {
    this.jdbc = requireNonNull(jdbc, "jdbc is null");
  }

  /** The body is the version in JSON. */
  @Component
  static final class Codec implements SubjectCodec {
    @Override
    public EntryKind kind() {
      return EntryKind.CATALOGUE;
    }

    @Override
    public Subject decode(byte[] body) {
      return JSON.readValue(body, CatalogueVersion.class);
    }
  }

  @Override
  public String name() {
    return "catalogue";
  }

  @Override
  public void apply(Connection connection, List<Entry> entries) throws SQLException {
    for (Entry entry : entries) {
      if (entry.draft().subject() instanceof CatalogueVersion version) {
        try (PreparedStatement insert =
            connection.prepareStatement(
                """
                insert into catalogue_version (division, version, effective_from, body)
                values (?, ?, ?, ?) on conflict do nothing
                """)) {
          insert.setString(1, version.division());
          insert.setInt(2, version.version());
          insert.setObject(3, version.effectiveFrom());
          insert.setString(4, JSON.writeValueAsString(version));
          insert.executeUpdate();
        }
      }
    }
  }

  @Override
  public void clear(Connection connection) throws SQLException {
    try (PreparedStatement delete = connection.prepareStatement("delete from catalogue_version")) {
      delete.executeUpdate();
    }
  }

  /** Every version of a catalogue, the newest first. */
  List<CatalogueVersion> versions(String division) {
    return jdbc.sql(
            "select body from catalogue_version where division = :division order by version desc")
        .param("division", division)
        .query((row, number) -> version(row.getString(1)))
        .list();
  }

  Optional<CatalogueVersion> newest(String division) {
    return versions(division).stream().findFirst();
  }

  /**
   * What holds on a day for a place: the nation's catalogue, then those of its province, city and
   * district, as far as there are any.
   *
   * @param division of the place; null asks for every division's
   */
  List<CatalogueVersion> inForce(@Nullable String division, LocalDate day) {
    return jdbc.sql(
            """
            select distinct on (division) body from catalogue_version
            where effective_from <= :day
              and (cast(:division as text) is null or :division like division || '%')
            order by division, version desc
            """)
        .param("day", day)
        .param("division", division)
        .query((row, number) -> version(row.getString(1)))
        .list();
  }

  private static CatalogueVersion version(String body) {
    return JSON.readValue(body, CatalogueVersion.class);
  }
}
