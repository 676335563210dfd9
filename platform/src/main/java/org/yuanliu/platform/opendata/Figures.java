package org.yuanliu.platform.opendata;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.yuanliu.codes.CodeReader;
import org.yuanliu.codes.UnitKey;
import org.yuanliu.epcis.EpcisEvent;
import org.yuanliu.platform.ServerSettings;
import org.yuanliu.platform.journal.Entry;
import org.yuanliu.platform.journal.EntryCriteria;
import org.yuanliu.platform.journal.EntryKind;
import org.yuanliu.platform.journal.EntryRef;
import org.yuanliu.platform.journal.EntrySearch;
import org.yuanliu.platform.journal.EventSubject;
import org.yuanliu.platform.journal.Journal;
import org.yuanliu.platform.packs.Packs;
import org.yuanliu.platform.registry.Registry;

/**
 * The view behind all figures: what each subject has in each, added up as the journal is followed.
 * How far it came stands beside, in the same transaction. Other packs, or a rebuild, make it begin
 * anew. It is followed when figures are asked for, not while others record.
 */
@Component
class Figures {
  /** A single server has one journal. */
  static final int JOURNAL = 1;

  /** Records of one event id: its declarations in error, and those of others. */
  private static final int MAX_SAME_ID = 1_000;

  private final JdbcClient jdbc;
  private final TransactionTemplate transactions;
  private final Journal journal;
  private final EntrySearch search;
  private final Registry registry;
  private final Packs packs;
  private final CodeReader codes;
  private final ServerSettings server;
  private final ReentrantLock following = new ReentrantLock();
  private volatile @Nullable Counting made;

  Figures(
      JdbcClient jdbc,
      PlatformTransactionManager transactionManager,
      Journal journal,
      EntrySearch search,
      Registry registry,
      Packs packs,
      CodeReader codes,
      ServerSettings server) {
    this.jdbc = requireNonNull(jdbc, "jdbc is null");
    this.transactions = new TransactionTemplate(transactionManager);
    this.journal = requireNonNull(journal, "journal is null");
    this.search = requireNonNull(search, "search is null");
    this.registry = requireNonNull(registry, "registry is null");
    this.packs = requireNonNull(packs, "packs is null");
    this.codes = requireNonNull(codes, "codes is null");
    this.server = requireNonNull(server, "server is null");
  }

  /**
   * Counts everything that is there.
   *
   * @return entries of the journal that were counted
   */
  long follow() {
    following.lock();
    try {
      Counting counting = counting();
      long next = begin(counting.digest());
      if (next < journal.head().size()) {
        journal.replay(
            next, batch -> transactions.executeWithoutResult(status -> take(batch, counting)));
      }
      return begin(counting.digest());
    } finally {
      following.unlock();
    }
  }

  private Counting counting() {
    Counting known = made;
    if (known == null || known.packs() != packs.current()) {
      known = new Counting(packs.current(), codes, registry, server.zone());
      made = known;
    }
    return known;
  }

  private long begin(String digest) {
    return requireNonNull(
        transactions.execute(
            status -> {
              Long next = next(digest);
              if (next == null) {
                jdbc.sql(FigureTables.EMPTY).update();
                jdbc.sql(
                        "insert into figure_state (journal, next, packs) values (:journal, 0,"
                            + " :packs)")
                    .param("journal", JOURNAL)
                    .param("packs", digest)
                    .update();
              }
              return next == null ? 0L : next;
            }),
        "transaction without result");
  }

  /** Null where the view was made by other packs, or is not there. */
  private @Nullable Long next(String digest) {
    return jdbc.sql(
            "select next from figure_state where journal = :journal and packs = :packs for update")
        .param("journal", JOURNAL)
        .param("packs", digest)
        .query(Long.class)
        .optional()
        .orElse(null);
  }

  private record Key(String set, String period, String category, String division, UUID subject) {}

  private record Period(String set, String period) {}

  private void take(List<Entry> batch, Counting counting) {
    Long next = next(counting.digest());
    if (next == null || next > batch.getFirst().ref().position()) {
      throw new IllegalStateException("another server counts the same figures");
    }
    Map<Key, BigDecimal> sums = new LinkedHashMap<>();
    Map<Period, Long> touched = new HashMap<>();
    Set<UUID> voided = voided(batch);
    for (Entry entry : batch) {
      if (entry.draft().subject() instanceof EventSubject(EpcisEvent event)) {
        if (event.errorDeclaration() != null) {
          if (declare(entry)) {
            voided.add(key(entry));
            withdrawn(entry)
                .forEach(
                    (wrong, told) ->
                        add(counting, wrong, told, entry.ref().position(), true, sums, touched));
          }
        } else if (!voided.contains(key(entry))) {
          add(counting, entry, event, entry.ref().position(), false, sums, touched);
        }
      }
    }
    store(sums);
    touched.forEach(this::touch);
    jdbc.sql("update figure_state set next = :next where journal = :journal")
        .param("next", batch.getLast().ref().position() + 1)
        .param("journal", JOURNAL)
        .update();
  }

  private static void add(
      Counting counting,
      Entry entry,
      EpcisEvent event,
      long position,
      boolean back,
      Map<Key, BigDecimal> sums,
      Map<Period, Long> touched) {
    for (Counting.Part part : counting.parts(entry, event)) {
      Share share = part.share();
      sums.merge(
          new Key(part.set(), part.period(), share.category(), share.division(), share.subject()),
          back ? share.amount().negate() : share.amount(),
          BigDecimal::add);
      touched.put(new Period(part.set(), part.period()), position);
    }
  }

  private static UUID key(Entry entry) {
    return UnitKey.of(entry.draft().principal() + "\n" + entry.draft().id()).value();
  }

  private Set<UUID> voided(List<Entry> batch) {
    UUID[] keys = batch.stream().map(Figures::key).toArray(UUID[]::new);
    return new HashSet<>(
        jdbc.sql("select event_key from figure_void where event_key = any(:keys)")
            .param("keys", keys)
            .query(UUID.class)
            .list());
  }

  /** Whether this is the first time. */
  private boolean declare(Entry entry) {
    return jdbc.sql("insert into figure_void (event_key) values (:key) on conflict do nothing")
            .param("key", key(entry))
            .update()
        == 1;
  }

  /** The events before a declaration that it is about; one that comes after is never counted. */
  private Map<Entry, EpcisEvent> withdrawn(Entry declaration) {
    List<EntryRef> refs =
        search.find(
            new EntryCriteria(
                EntryKind.EVENT,
                Set.of(declaration.draft().id()),
                Set.of(),
                Set.of(),
                Set.of(),
                null,
                null,
                List.of()),
            new EntryCriteria.Window(declaration.ref().position(), null, false, MAX_SAME_ID));
    Map<Entry, EpcisEvent> wrong = new LinkedHashMap<>();
    for (Entry entry : journal.readAll(refs)) {
      if (entry.draft().principal().equals(declaration.draft().principal())
          && entry.draft().subject() instanceof EventSubject(EpcisEvent event)
          && event.errorDeclaration() == null) {
        wrong.put(entry, event);
      }
    }
    return wrong;
  }

  private void store(Map<Key, BigDecimal> sums) {
    if (sums.isEmpty()) {
      return;
    }
    List<Key> keys = List.copyOf(sums.keySet());
    jdbc.sql(
            """
            insert into figure_part (set_id, period, category, division, subject, amount)
            select * from unnest(cast(:sets as text[]), cast(:periods as text[]),
              cast(:categories as text[]), cast(:divisions as text[]), cast(:subjects as uuid[]),
              cast(:amounts as numeric[]))
            on conflict (set_id, period, category, division, subject)
            do update set amount = figure_part.amount + excluded.amount
            """)
        .param("sets", keys.stream().map(Key::set).toArray(String[]::new))
        .param("periods", keys.stream().map(Key::period).toArray(String[]::new))
        .param("categories", keys.stream().map(Key::category).toArray(String[]::new))
        .param("divisions", keys.stream().map(Key::division).toArray(String[]::new))
        .param("subjects", keys.stream().map(Key::subject).toArray(UUID[]::new))
        .param(
            "amounts",
            keys.stream()
                .map(key -> requireNonNull(sums.get(key)).toPlainString())
                .toArray(String[]::new))
        .update();
  }

  private void touch(Period period, long position) {
    jdbc.sql(
            """
            insert into figure_period (set_id, period, touched) values (:set, :period, :touched)
            on conflict (set_id, period) do update set touched = excluded.touched
            """)
        .param("set", period.set())
        .param("period", period.period())
        .param("touched", position)
        .update();
  }

  /**
   * The parts of a set in a period as they are; codes of one party are one subject. Of sets that
   * count subjects each part is one.
   */
  List<Share> parts(DataSet set, String period) {
    List<Share> stored =
        jdbc.sql(
                """
                select category, division, subject, amount from figure_part
                where set_id = :set and period = :period and amount > 0
                order by category, division, subject
                """)
            .param("set", set.id())
            .param("period", period)
            .query(
                (row, index) ->
                    new Share(
                        row.getString("category"),
                        row.getString("division"),
                        requireNonNull(row.getObject("subject", UUID.class)),
                        row.getBigDecimal("amount")))
            .list();
    Map<UUID, UUID> same =
        registry.partyKeys(new HashSet<>(stored.stream().map(Share::subject).toList()));
    Map<Share, BigDecimal> sums = new LinkedHashMap<>();
    for (Share share : stored) {
      sums.merge(
          new Share(
              share.category(),
              share.division(),
              same.getOrDefault(share.subject(), share.subject()),
              BigDecimal.ONE),
          share.amount(),
          BigDecimal::add);
    }
    List<Share> parts = new ArrayList<>();
    sums.forEach(
        (share, amount) ->
            parts.add(
                set.measure().counts()
                    ? share
                    : new Share(share.category(), share.division(), share.subject(), amount)));
    return parts;
  }
}
