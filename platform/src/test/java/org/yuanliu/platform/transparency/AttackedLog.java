package org.yuanliu.platform.transparency;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.yuanliu.codes.UnitKey;
import org.yuanliu.epcis.EpcisEvent;
import org.yuanliu.epcis.StoredEvent;
import org.yuanliu.ledger.Frontier;
import org.yuanliu.ledger.Leaf;
import org.yuanliu.ledger.Suite;
import org.yuanliu.ledger.note.Checkpoint;
import org.yuanliu.ledger.note.SignedCheckpoint;
import org.yuanliu.platform.ServerSettings;
import org.yuanliu.platform.database.TestDatabase;
import org.yuanliu.platform.journal.Draft;
import org.yuanliu.platform.journal.EntryKind;
import org.yuanliu.platform.journal.EntryRef;
import org.yuanliu.platform.journal.EventSubject;
import org.yuanliu.platform.journal.Hot;
import org.yuanliu.platform.journal.Identity;
import org.yuanliu.platform.journal.JournalSettings;
import org.yuanliu.platform.journal.Outcome;
import org.yuanliu.platform.journal.RetentionAct;
import org.yuanliu.platform.journal.Scope;
import org.yuanliu.platform.journal.Standing;
import org.yuanliu.platform.journal.Submission;
import org.yuanliu.platform.journal.TestJournal;
import org.yuanliu.platform.journal.TreeCheck;
import org.yuanliu.platform.query.QueryView;
import org.yuanliu.platform.query.TestQueries;
import org.yuanliu.platform.trace.UnitIndex;
import org.yuanliu.platform.trace.UnitView;

/** A signed, published log on a database that a test may do anything to. */
final class AttackedLog implements AutoCloseable {
  static final List<String> TABLES =
      List.of(
          "entry",
          "leaf",
          "identity",
          "journal",
          "party_uri",
          "trace_event",
          "unit_event",
          "trace_document",
          "trace_declaration",
          "query_event",
          "query_word",
          "query_seen",
          "query_slice",
          "query_posting",
          "ledger_checkpoint",
          "ledger_tile",
          "ledger_anchor",
          "ledger_key");

  /** Positions of a slice of the index behind queries: few, so that there are some. */
  private static final int SLICE_EVENTS = 8;

  /** As the server has it. */
  private static final int MANY_SLICE_EVENTS = 4_096;

  private static final String PARTY = "urn:yuanliu:uscc:91610000MA6TXXXX1A";

  final TestDatabase database = TestDatabase.open();
  final JdbcClient jdbc = JdbcClient.create(database.dataSource());
  final ServerSettings server;
  final JournalSettings journalSettings;
  private final TransparencySettings settings;
  private final TransactionTemplate transactions =
      new TransactionTemplate(new DataSourceTransactionManager(database.dataSource()));
  private final Clock clock = Clock.systemUTC();
  private final int sliceEvents;
  private int events;
  LogSigner signer;
  Publisher publisher;
  LedgerTiles tiles;
  LedgerKeys keys;
  CheckpointRows checkpoints;
  ShownCheckpoint shown;
  TestJournal.OpenJournal journal;

  AttackedLog() {
    this(
        new TransparencySettings.Keys(
            TransparencySettings.Holder.FILE, null, "", List.of(), Duration.ofSeconds(2)));
  }

  AttackedLog(TransparencySettings.Keys holder) {
    this(Suite.SHA256_ED25519, holder, SLICE_EVENTS);
    open();
  }

  private AttackedLog(Suite suite, TransparencySettings.Keys holder, int sliceEvents) {
    this.sliceEvents = sliceEvents;
    journalSettings = TestJournal.settings(suite);
    try {
      server =
          new ServerSettings(
              Files.createTempDirectory(
                  Files.createDirectories(Path.of("target", "ledger")), "log"),
              TestJournal.LOG,
              ZoneId.of("Asia/Shanghai"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    settings =
        new TransparencySettings(
            true,
            Duration.ofHours(1), // by hand
            Duration.ofDays(7),
            holder,
            new TransparencySettings.Witnesses(
                List.of(), 0, Duration.ofMinutes(10), false, Duration.ofSeconds(5)),
            new TransparencySettings.Watch("", List.of()));
  }

  /** To be opened when the database holds what it is to hold. */
  static AttackedLog notOpened(Suite suite) {
    return new AttackedLog(
        suite,
        new TransparencySettings.Keys(
            TransparencySettings.Holder.FILE, null, "", List.of(), Duration.ofSeconds(2)),
        MANY_SLICE_EVENTS);
  }

  static AttackedLog open(Suite suite, TransparencySettings.Keys holder) {
    AttackedLog log = new AttackedLog(suite, holder, SLICE_EVENTS);
    log.open();
    return log;
  }

  Suite suite() {
    return Suite.ofId(journalSettings.suite());
  }

  /** Starts the log, as a server does. */
  void open() {
    keys =
        new LedgerKeys(new KeyRows(jdbc, transactions), server, journalSettings, settings, clock);
    tiles =
        new LedgerTiles(
            TestJournal.leaves(database.dataSource()), new TileRows(jdbc), journalSettings);
    shown = new ShownCheckpoint(server);
    WitnessWatch watch = new WitnessWatch(settings, clock);
    signer =
        new LogSigner(
            keys, tiles, shown, journalSettings, settings, watch, clock, new SimpleMeterRegistry());
    checkpoints = new CheckpointRows(jdbc);
    publisher =
        new Publisher(
            signer,
            tiles,
            checkpoints,
            shown,
            new Cosigners(tiles, journalSettings, settings, watch),
            journalSettings,
            settings,
            clock);
    journal =
        TestJournal.open(
            database.dataSource(),
            journalSettings,
            clock,
            List.of(new UnitIndex(), TestQueries.index(sliceEvents)),
            TestJournal.codecs(),
            signer);
  }

  void stop() {
    journal.close();
  }

  /** Stores events and publishes the checkpoint that includes them. */
  SignedCheckpoint store(int count) {
    List<Draft> drafts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      drafts.add(event("urn:uuid:" + UUID.nameUUIDFromBytes(("e" + events++).getBytes(UTF_8))));
    }
    return append(drafts);
  }

  SignedCheckpoint storeAs(String id) {
    return append(List.of(event(id)));
  }

  /** An event that names other parties. */
  SignedCheckpoint storeNaming(Set<UUID> named) {
    Draft event = event("urn:uuid:" + UUID.randomUUID());
    return append(
        List.of(
            new Draft(
                event.kind(),
                event.identity(),
                event.reporter(),
                event.principal(),
                event.id(),
                event.hash(),
                event.hashVersion(),
                event.standing(),
                new Scope(null, null, named),
                event.hot(),
                event.body(),
                event.subject())));
  }

  SignedCheckpoint drop(long from, long to) {
    RetentionAct act = new RetentionAct(from, to, "test");
    return append(
        List.of(
            new Draft(
                EntryKind.RETENTION_ACT,
                new Identity(UUID.randomUUID(), new byte[32]),
                PARTY,
                PARTY,
                "act-" + from,
                new byte[0],
                "",
                Standing.DECLARED,
                new Scope(null, null, Set.of()),
                Hot.NONE,
                act.body(),
                act)));
  }

  private SignedCheckpoint append(List<Draft> drafts) {
    Outcome outcome =
        journal.journal().append(new Submission(UUID.randomUUID(), List.copyOf(drafts)));
    assertThat(outcome).isInstanceOf(Outcome.Committed.class);
    assertThat(((Outcome.Committed) outcome).note()).isPresent();
    publisher.publishNewest();
    assertThat(publisher.failure()).isNull();
    return publisher.published().orElseThrow();
  }

  static Draft event(String id) {
    EpcisEvent event = StoredEvent.decode(LedgerServer.event(id).getBytes(UTF_8));
    return new Draft(
        EntryKind.EVENT,
        new Identity(UnitKey.of(id).value(), new byte[Identity.CONTENT_BYTES]),
        PARTY,
        PARTY,
        id,
        new byte[32],
        "CBV2.0",
        Standing.DECLARED,
        new Scope(null, null, Set.of()),
        Hot.of(event),
        StoredEvent.encode(event),
        new EventSubject(event));
  }

  /** Makes leaves, frontier and root fit the rows again, as an attacker who knows all this does. */
  void rewrite() {
    var openings = TestJournal.openings(database.dataSource());
    Frontier.Builder tree = Frontier.empty(suite()).builder();
    List<Long> firsts = jdbc.sql("select first from leaf order by first").query(Long.class).list();
    long size = jdbc.sql("select size from journal").query(Long.class).single();
    for (int i = 0; i < firsts.size(); i++) {
      long to = i + 1 < firsts.size() ? firsts.get(i + 1) : size;
      var hashes = new ByteArrayOutputStream();
      for (long position = firsts.get(i); position < to; position++) {
        var opening = openings.open(new EntryRef(1, position)).orElseThrow();
        byte[] hash = Leaf.hash(suite(), Leaf.data(suite(), opening.salt(), opening.leafRecord()));
        hashes.writeBytes(hash);
        tree.append(hash);
      }
      jdbc.sql("update leaf set hashes = :hashes where first = :first")
          .param("hashes", hashes.toByteArray())
          .param("first", firsts.get(i))
          .update();
    }
    jdbc.sql("update journal set root = :root, frontier = :frontier")
        .param("root", tree.root())
        .param("frontier", tree.build().encode())
        .update();
  }

  /** The checkpoint that the leaves of the first so many entries make now. */
  Checkpoint checkpointOf(long size) {
    Frontier.Builder tree = Frontier.empty(suite()).builder();
    byte[] hashes = TestJournal.leaves(database.dataSource()).read(0, size);
    for (int at = 0; at < hashes.length; at += Suite.HASH_BYTES) {
      tree.append(Arrays.copyOfRange(hashes, at, at + Suite.HASH_BYTES));
    }
    return new Checkpoint(server.log(), size, tree.root());
  }

  /** {@code ./yuanliu fsck}. */
  TreeCheck.Result fsck() {
    return fsck(true);
  }

  TreeCheck.Result fsck(boolean index) {
    return new LedgerCheck(
            TestJournal.treeCheck(database.dataSource()),
            new TileRows(jdbc),
            checkpoints,
            new AnchorRows(jdbc),
            new KeyRows(jdbc, transactions),
            shown,
            TestJournal.viewCheck(database.dataSource(), List.of(new UnitView(), new QueryView())),
            server)
        .check(
            index,
            new LedgerCheck.Progress() {
              @Override
              public void begin(long size) {}

              @Override
              public void done(long position) {}
            });
  }

  /** Copies of all tables. */
  void save() {
    TABLES.forEach(
        table -> {
          jdbc.sql("drop table if exists saved_" + table).update();
          jdbc.sql("create table saved_" + table + " as select * from " + table).update();
        });
  }

  void restore() {
    for (String table : TABLES) {
      jdbc.sql("delete from " + table).update();
      jdbc.sql("insert into " + table + " select * from saved_" + table).update();
    }
  }

  @Override
  public void close() {
    if (journal != null) {
      journal.close();
    }
    database.close();
  }
}
