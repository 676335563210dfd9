package org.yuanliu.platform.codes;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.yuanliu.platform.codes.CodeChange.CodesDrawn;
import org.yuanliu.platform.codes.CodeChange.ExemptionEnded;
import org.yuanliu.platform.codes.CodeChange.ExemptionGranted;
import org.yuanliu.platform.codes.CodeChange.RangeRegistered;
import org.yuanliu.platform.journal.Entry;
import org.yuanliu.platform.journal.Projection;

/** The tables of exemptions and ranges, kept in the journal's transaction. It only folds. */
@Component
class CodeView implements Projection {
  @Override
  public String name() {
    return "codes";
  }

  @Override
  public void apply(Connection connection, List<Entry> entries) throws SQLException {
    for (Entry entry : entries) {
      if (entry.draft().subject() instanceof CodeChange change) {
        fold(connection, change);
      }
    }
  }

  @Override
  public void clear(Connection connection) throws SQLException {
    update(connection, "delete from code_exemption");
    update(connection, "delete from code_range");
  }

  private static void fold(Connection connection, CodeChange change) throws SQLException {
    switch (change) {
      case ExemptionGranted granted ->
          update(
              connection,
              """
              insert into code_exemption
                (id, scheme, value, reason, granted_by, from_day, to_day)
              values (?, ?, ?, ?, ?, ?, ?) on conflict do nothing
              """,
              granted.id(),
              granted.scheme(),
              granted.value(),
              granted.reason(),
              granted.grantedBy(),
              granted.from(),
              granted.to());
      case ExemptionEnded ended ->
          update(
              connection,
              "update code_exemption set to_day = ? where id = ?",
              ended.to(),
              ended.id());
      case RangeRegistered range ->
          update(
              connection,
              """
              insert into code_range
                (id, scheme, stem, first_serial, last_serial, next_serial, party)
              values (?, ?, ?, ?, ?, ?, ?) on conflict do nothing
              """,
              range.id(),
              range.scheme(),
              range.stem(),
              range.first(),
              range.last(),
              range.first(),
              range.party());
      case CodesDrawn drawn ->
          // Never backwards, in whatever order a rebuild would tell it.
          update(
              connection,
              "update code_range set next_serial = greatest(next_serial, ?) where id = ?",
              drawn.from() + drawn.count(),
              drawn.range());
    }
  }

  private static void update(Connection connection, String sql, @Nullable Object... values)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      statement.executeUpdate();
    }
  }
}
