package org.yuanliu.platform.hold;

import static java.util.Objects.requireNonNull;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.yuanliu.epcis.EpcisEvent;
import org.yuanliu.epcis.UnitMention;
import org.yuanliu.platform.journal.Entry;
import org.yuanliu.platform.journal.EventSubject;

/** The holds that are in force, and those that were. */
@Service
public class Holds {
  /** Holds in force at once: all of them are compared with each record before it is dropped. */
  static final int MAX_IN_FORCE = 100_000;

  private final JdbcClient jdbc;
  private final Clock clock;

  Holds(JdbcClient jdbc, Clock clock) {
    this.jdbc = requireNonNull(jdbc, "jdbc is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /** What is held at one moment. */
  public static final class InForce {
    private final Map<Hold.Kind, Set<String>> targets;

    private InForce(Collection<Hold> holds) {
      targets = new HashMap<>();
      for (Hold hold : holds) {
        targets.computeIfAbsent(hold.kind(), k -> new HashSet<>()).add(hold.target());
      }
    }

    public boolean isEmpty() {
      return targets.isEmpty();
    }

    /** Whether a person is held. */
    public boolean holds(UUID subject) {
      return of(Hold.Kind.SUBJECT).contains(subject.toString());
    }

    /** Whether a record is held: by a unit that it names, or a party that answers for it. */
    public boolean holds(Entry entry) {
      Set<String> parties = of(Hold.Kind.PARTY);
      if (parties.contains(entry.draft().reporter())
          || parties.contains(entry.draft().principal())) {
        return true;
      }
      Set<String> units = of(Hold.Kind.UNIT);
      return !units.isEmpty()
          && entry.draft().subject() instanceof EventSubject(EpcisEvent event)
          && event.units().stream().map(UnitMention::canonical).anyMatch(units::contains);
    }

    private Set<String> of(Hold.Kind kind) {
      return targets.getOrDefault(kind, Set.of());
    }
  }

  /** What is held now. */
  public InForce inForce() {
    return new InForce(
        jdbc.sql("select * from legal_hold where lifted is null limit :limit")
            .param("limit", MAX_IN_FORCE)
            .query((row, index) -> hold(row))
            .list());
  }

  List<Hold> all(boolean alsoLifted, int limit) {
    return jdbc.sql(
            """
            select * from legal_hold where lifted is null or :lifted
            order by since desc, id limit :limit\
            """)
        .param("lifted", alsoLifted)
        .param("limit", limit)
        .query((row, index) -> hold(row))
        .list();
  }

  Hold set(Hold.Kind kind, String target, String reference, String reason, String law, String by) {
    Hold hold =
        new Hold(
            UUID.randomUUID(),
            kind,
            target,
            reference,
            reason,
            law,
            by,
            clock.instant().truncatedTo(ChronoUnit.MICROS),
            null,
            null,
            null,
            null);
    jdbc.sql(
            """
            insert into legal_hold (id, kind, target, reference, reason, law, set_by, since)
            values (:id, :kind, :target, :reference, :reason, :law, :by, :since)\
            """)
        .param("id", hold.id())
        .param("kind", kind.id())
        .param("target", target)
        .param("reference", reference)
        .param("reason", reason)
        .param("law", law)
        .param("by", by)
        .param("since", hold.since().atOffset(ZoneOffset.UTC))
        .update();
    return hold;
  }

  /** Ends a hold; empty if there is none in force of this id. */
  Optional<Hold> lift(UUID id, String reason, String law, String by) {
    return jdbc.sql(
            """
            update legal_hold
            set lifted = :now, lifted_by = :by, lift_reason = :reason, lift_law = :law
            where id = :id and lifted is null returning *\
            """)
        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
        .param("by", by)
        .param("reason", reason)
        .param("law", law)
        .param("id", id)
        .query((row, index) -> hold(row))
        .optional();
  }

  boolean full() {
    return jdbc.sql("select count(*) from legal_hold where lifted is null")
            .query(Long.class)
            .single()
        >= MAX_IN_FORCE;
  }

  private static Hold hold(ResultSet row) throws SQLException {
    OffsetDateTime lifted = row.getObject("lifted", OffsetDateTime.class);
    return new Hold(
        row.getObject("id", UUID.class),
        Hold.Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
        row.getString("target"),
        row.getString("reference"),
        row.getString("reason"),
        row.getString("law"),
        row.getString("set_by"),
        row.getObject("since", OffsetDateTime.class).toInstant(),
        row.getString("lifted_by"),
        lifted == null ? null : lifted.toInstant(),
        row.getString("lift_reason"),
        row.getString("lift_law"));
  }
}
