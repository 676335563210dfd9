package org.yuanliu.platform.journal;

import static java.util.Objects.requireNonNull;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.yuanliu.ledger.Frontier;
import org.yuanliu.ledger.Suite;
import org.yuanliu.platform.journal.GroupPlan.NewEntry;

/** One transaction for a group of submissions, up to but without its commit. */
final class GroupCommit {
  /**
   * Another journal took an identity in the moment between looking and taking. Rare; not endless.
   */
  private static final int MAX_RACES = 10;

  /**
   * Nearly every record is new, and to take its identity tells whether it is; to look before costs
   * each group a question. Where a record was sent again, more will be: so many groups look first.
   */
  private static final int LOOK_UPS = 64;

  /** Parties whose URI is known to be stored; more than a large city's market day has. */
  private static final int KNOWN_PARTIES = 100_000;

  private final int journal;
  private final String log;
  private final Suite suite;
  private final Clock clock;
  private final List<Projection> projections;
  private final Cache<UUID, Boolean> knownParties =
      Caffeine.newBuilder().maximumSize(KNOWN_PARTIES).build();

  /** Groups that are still to be looked up before their identities are taken. */
  private int lookUps;

  GroupCommit(int journal, String log, Suite suite, Clock clock, List<Projection> projections) {
    this.journal = journal;
    this.log = requireNonNull(log, "log is null");
    this.suite = requireNonNull(suite, "suite is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.projections = List.copyOf(projections);
  }

  /**
   * What a commit will make true.
   *
   * @param entries the new ones
   * @param leaves the hashes of the new leaves, one after the other
   */
  @SuppressWarnings("ArrayRecordComponent") // compared once, when a commit's answer was lost
  record Prepared(GroupPlan plan, JournalState next, List<Entry> entries, byte[] leaves) {}

  /** A newer writer holds the lease: this session may not write any more. */
  static final class StaleEpochException extends RuntimeException {
    private static final long serialVersionUID = 1;

    StaleEpochException(long epoch) {
      super("epoch " + epoch + " is over");
    }
  }

  /** Does everything but commit. On an exception the caller rolls back. */
  Prepared prepare(WriterSession session, List<Pending> group) throws SQLException {
    Connection connection = session.connection();
    for (int races = 0; races < MAX_RACES; races++) {
      boolean looks = lookUps > 0;
      GroupPlan plan = plan(session, group, looks);
      if (!looks && plan.hasConflicts()) {
        // The answer names what stands there already.
        lookUps = LOOK_UPS;
        plan = plan(session, group, true);
      }
      List<NewEntry> entries = plan.entries();
      if (entries.isEmpty()) {
        return new Prepared(plan, session.state(), List.of(), new byte[0]);
      }
      boolean taken =
          looks
              ? session.tables().takeIdentities(connection, entries) == entries.size()
              : session.tables().takeFreeIdentities(connection, entries);
      if (taken) {
        lookUps = plan.repeats() ? LOOK_UPS : Math.max(0, lookUps - 1);
        return write(session, plan);
      }
      lookUps = LOOK_UPS;
      connection.rollback();
    }
    throw new SQLException("other journals took identities " + MAX_RACES + " times", "40001");
  }

  /** After the commit: what need not be looked up again. */
  void committed(Prepared prepared) {
    for (NewEntry entry : prepared.plan().entries()) {
      knownParties.put(entry.prepared().reporterKey(), true);
      knownParties.put(entry.prepared().principalKey(), true);
    }
  }

  /**
   * @param looks whether to ask which identities are taken; else they count as free
   */
  private GroupPlan plan(WriterSession session, List<Pending> group, boolean looks)
      throws SQLException {
    Map<UUID, StoredIdentity> stored = looks ? stored(session, group) : Map.of();
    GroupPlan plan =
        new GroupPlan(journal, session.state().size(), recordTime(session.state()), stored);
    group.forEach(plan::add);
    return plan;
  }

  private static Map<UUID, StoredIdentity> stored(WriterSession session, List<Pending> group)
      throws SQLException {
    Set<UUID> keys = new HashSet<>();
    for (Pending pending : group) {
      for (PreparedDraft prepared : pending.drafts()) {
        keys.add(prepared.draft().identity().key());
      }
    }
    return session.tables().identities(session.connection(), keys);
  }

  /** Now, but never before the newest entry, whatever the machine's clock does. */
  private Instant recordTime(JournalState state) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    return now.isBefore(state.recordTime()) ? state.recordTime() : now;
  }

  private Prepared write(WriterSession session, GroupPlan plan) throws SQLException {
    Connection connection = session.connection();
    JournalTables tables = session.tables();
    List<NewEntry> entries = plan.entries();
    nameParties(connection, tables, entries);
    tables.addEntries(connection, entries, plan.recordTime());
    Leaves leaves = new Leaves(log, suite);
    Frontier.Builder frontier = session.state().frontier().builder();
    byte[] hashes = new byte[entries.size() * Suite.HASH_BYTES];
    for (int i = 0; i < entries.size(); i++) {
      byte[] hash = leaf(leaves, entries.get(i), plan.recordTime());
      frontier.append(hash);
      System.arraycopy(hash, 0, hashes, i * Suite.HASH_BYTES, Suite.HASH_BYTES);
    }
    List<Entry> placed = new ArrayList<>(entries.size());
    for (NewEntry entry : entries) {
      placed.add(
          new Entry(entry.ref(), plan.recordTime(), entry.captureId(), entry.prepared().draft()));
    }
    for (Projection projection : projections) {
      projection.apply(connection, placed);
    }
    JournalState next = new JournalState(frontier.build(), plan.recordTime());
    if (!tables.advance(connection, session.epoch(), session.state().size(), hashes, next)) {
      throw new StaleEpochException(session.epoch());
    }
    return new Prepared(plan, next, placed, hashes);
  }

  private void nameParties(Connection connection, JournalTables tables, List<NewEntry> entries)
      throws SQLException {
    Map<UUID, String> fresh = new HashMap<>();
    for (NewEntry entry : entries) {
      PreparedDraft prepared = entry.prepared();
      if (knownParties.getIfPresent(prepared.reporterKey()) == null) {
        fresh.put(prepared.reporterKey(), prepared.draft().reporter());
      }
      if (knownParties.getIfPresent(prepared.principalKey()) == null) {
        fresh.put(prepared.principalKey(), prepared.draft().principal());
      }
    }
    if (!fresh.isEmpty()) {
      tables.nameParties(connection, fresh);
    }
  }

  private static byte[] leaf(Leaves leaves, NewEntry entry, Instant recordTime) {
    PreparedDraft prepared = entry.prepared();
    Draft draft = prepared.draft();
    return leaves.hash(
        leaves.leafRecord(
            entry.ref().position(),
            recordTime,
            entry.captureId(),
            draft.reporter(),
            draft.principal(),
            draft.id(),
            draft.hash(),
            draft.hashVersion(),
            prepared.bodyDigest()),
        prepared.salt());
  }
}
