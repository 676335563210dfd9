package org.yuanliu.platform.codes;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.yuanliu.codes.CanonicalUri;
import org.yuanliu.codes.CanonicalUri.FailedCheck;
import org.yuanliu.epcis.EpcisEvent;
import org.yuanliu.platform.ServerSettings;
import org.yuanliu.platform.codes.CodeChange.CodesDrawn;
import org.yuanliu.platform.codes.CodeChange.ExemptionEnded;
import org.yuanliu.platform.codes.CodeChange.ExemptionGranted;
import org.yuanliu.platform.codes.CodeChange.RangeRegistered;
import org.yuanliu.platform.journal.Entry;
import org.yuanliu.platform.journal.EventSubject;
import org.yuanliu.platform.journal.Projection;

/** The tables of exemptions and ranges, kept in the journal's transaction. It only folds. */
@Component
class CodeView implements Projection {
  private final ZoneId zone;

  CodeView(ServerSettings server) {
    this.zone = server.zone();
  }

  @Override
  public String name() {
    return "codes";
  }

  @Override
  public void apply(Connection connection, List<Entry> entries) throws SQLException {
    for (Entry entry : entries) {
      switch (entry.draft().subject()) {
        case CodeChange change -> fold(connection, change);
        case EventSubject(EpcisEvent event) -> uses(connection, entry, event);
        default -> {}
      }
    }
  }

  /** Codes in an event that were let through are noted with it, and by which exemption. */
  private void uses(Connection connection, Entry entry, EpcisEvent event) throws SQLException {
    for (FailedCheck code : letThrough(event)) {
      LocalDate day = LocalDate.ofInstant(entry.recordTime(), zone);
      update(
          connection,
          """
          insert into code_exemption_use (exemption, journal, position)
          select id, ?, ? from code_exemption
          where scheme = ? and value = ? and from_day <= ?
          order by from_day desc limit 1
          on conflict do nothing
          """,
          entry.ref().journal(),
          entry.ref().position(),
          code.scheme().id(),
          code.value(),
          day);
    }
  }

  /** Nearly always none: parties of credit codes are the registry's, and few codes are ours. */
  private static Set<FailedCheck> letThrough(EpcisEvent event) {
    Set<FailedCheck> found = new HashSet<>(0);
    event.units().forEach(unit -> note(unit.canonical(), found));
    event.sources().forEach(end -> note(end.id(), found));
    event.destinations().forEach(end -> note(end.id(), found));
    note(event.readPoint(), found);
    note(event.bizLocation(), found);
    return found;
  }

  private static void note(@Nullable String uri, Set<FailedCheck> found) {
    FailedCheck code = uri == null ? null : CanonicalUri.failedCheck(uri);
    if (code != null) {
      found.add(code);
    }
  }

  @Override
  public void clear(Connection connection) throws SQLException {
    update(connection, "delete from code_exemption_use");
    update(connection, "delete from code_draw");
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
      case CodesDrawn drawn -> {
        // Never backwards, in whatever order a rebuild would tell it.
        update(
            connection,
            "update code_range set next_serial = greatest(next_serial, ?) where id = ?",
            drawn.from() + drawn.count(),
            drawn.range());
        if (drawn.key() != null) {
          update(
              connection,
              """
              insert into code_draw (range, drawn_by, key, from_serial, count, seed)
              values (?, ?, ?, ?, ?, ?) on conflict do nothing
              """,
              drawn.range(),
              drawn.drawnBy(),
              drawn.key(),
              drawn.from(),
              drawn.count(),
              drawn.seed());
        }
      }
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
