package org.yuanliu.platform.journal;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.yuanliu.ledger.TreeHead;
import org.yuanliu.platform.ServerSettings;
import org.yuanliu.platform.database.StorageRoom;

/**
 * The journal as a part of the server: opened before the first request, closed after the last.
 * Views are looked for when it opens and not before, since the capabilities that own them append to
 * it.
 */
@Component
final class JournalService implements Journal, Rebuild, SmartLifecycle {
  /** Before everything that may append at start, and stopped after it. */
  private static final int PHASE = Integer.MIN_VALUE + 1_000;

  private final DataSource dataSource;
  private final ServerSettings server;
  private final JournalSettings settings;
  private final Clock clock;
  private final ObjectProvider<Projection> projections;
  private final ObjectProvider<SubjectCodec> codecs;
  private final MeterRegistry meters;
  private final StorageRoom room;
  private final ObjectProvider<HeadSigner> signer;
  private volatile @Nullable PostgresJournal journal;

  JournalService(
      DataSource dataSource,
      ServerSettings server,
      JournalSettings settings,
      Clock clock,
      ObjectProvider<Projection> projections,
      ObjectProvider<SubjectCodec> codecs,
      MeterRegistry meters,
      StorageRoom room,
      ObjectProvider<HeadSigner> signer) {
    this.dataSource = requireNonNull(dataSource, "dataSource is null");
    this.server = requireNonNull(server, "server is null");
    this.settings = requireNonNull(settings, "settings is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.projections = requireNonNull(projections, "projections is null");
    this.codecs = requireNonNull(codecs, "codecs is null");
    this.meters = requireNonNull(meters, "meters is null");
    this.room = requireNonNull(room, "room is null");
    this.signer = requireNonNull(signer, "signer is null");
  }

  @Override
  public void start() {
    PostgresJournal opened =
        new PostgresJournal(
            dataSource,
            server.log(),
            settings,
            clock,
            projections.orderedStream().toList(),
            codecs.stream().toList(),
            meters,
            signer.getIfAvailable());
    opened.start();
    journal = opened;
  }

  @Override
  public void stop() {
    PostgresJournal closing = journal;
    journal = null;
    if (closing != null) {
      closing.close();
    }
  }

  /** Whether the writer's thread lives. */
  @Override
  public boolean isRunning() {
    PostgresJournal open = journal;
    return open != null && open.isAlive();
  }

  /** Whether the last attempt to write succeeded. */
  boolean isStoring() {
    PostgresJournal open = journal;
    return open != null && open.isStoring();
  }

  @Override
  public int getPhase() {
    return PHASE;
  }

  @Override
  public Outcome append(Submission submission) {
    if (!room.isLeft()) {
      throw JournalUnavailableException.noRoom();
    }
    return open().append(submission);
  }

  @Override
  public void requireOpen() {
    open().requireOpen();
  }

  @Override
  public TreeHead head() {
    return open().head();
  }

  @Override
  public Optional<Entry> read(EntryRef ref) {
    return open().read(ref);
  }

  @Override
  public List<Entry> readAll(List<EntryRef> refs) {
    return open().readAll(refs);
  }

  @Override
  public void replay(long fromPosition, Consumer<List<Entry>> batch) {
    open().replay(fromPosition, batch);
  }

  @Override
  public void rebuild(Progress progress) {
    open().rebuild(progress);
  }

  private PostgresJournal open() {
    PostgresJournal open = journal;
    if (open == null) {
      throw new JournalUnavailableException(
          "the journal is not open", new IllegalStateException("starting or stopping"));
    }
    return open;
  }
}
