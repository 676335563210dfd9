package org.yuanliu.platform.operations;

import static java.util.Objects.requireNonNull;

import java.sql.Types;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What works in the background tells here how far it is. Kept in the database, for a backup is
 * another process than the server that shows it.
 */
@Component
public final class Tasks {
  /** Of a kind, ended ones included. */
  private static final int KEPT = 20;

  /** A progress that is told more often is not seen more often. */
  private static final Duration TOLD_EVERY = Duration.ofSeconds(1);

  /** Whoever was not heard of for so long has died: a range or a large file takes minutes. */
  static final Duration HEARD_WITHIN = Duration.ofMinutes(15);

  private static final int FAILURE_CHARACTERS = 500;

  private static final Logger LOG = LoggerFactory.getLogger(Tasks.class);

  private final JdbcClient jdbc;
  private final Clock clock;

  public Tasks(DataSource dataSource, Clock clock) {
    this.jdbc = JdbcClient.create(requireNonNull(dataSource, "dataSource is null"));
    this.clock = requireNonNull(clock, "clock is null");
  }

  /** How a task stands. */
  public enum State {
    RUNNING,
    DONE,
    FAILED,
    /** It was not heard of any more. */
    CUT_OFF
  }

  /**
   * A task as it is shown.
   *
   * @param done in the kind's unit
   * @param total about; 0 where it is not known
   * @param failure why it did not come to its end
   */
  public record Told(
      TaskKind kind,
      State state,
      Instant startedAt,
      @Nullable Instant endedAt,
      long done,
      long total,
      @Nullable String failure) {}

  /** The newest of each kind. */
  List<Told> newest() {
    Instant now = clock.instant();
    return jdbc.sql("select distinct on (kind) * from task order by kind, started_at desc")
        .query(
            (row, index) -> {
              OffsetDateTime ended = row.getObject("ended_at", OffsetDateTime.class);
              Instant told = row.getObject("told_at", OffsetDateTime.class).toInstant();
              String failure = row.getString("failure");
              return new Told(
                  TaskKind.valueOf(row.getString("kind")),
                  ended != null
                      ? failure == null ? State.DONE : State.FAILED
                      : told.plus(HEARD_WITHIN).isBefore(now) ? State.CUT_OFF : State.RUNNING,
                  row.getObject("started_at", OffsetDateTime.class).toInstant(),
                  ended == null ? null : ended.toInstant(),
                  row.getLong("done"),
                  row.getLong("total"),
                  failure);
            })
        .list();
  }

  /**
   * A task begins. A database of an older schema, which has no place for it, is told nothing.
   *
   * @param total in the kind's unit; 0 where it is not known
   */
  public Task begin(TaskKind kind, long total) {
    UUID id = UUID.randomUUID();
    return new Task(id, tell(() -> insert(id, kind, total)));
  }

  private boolean insert(UUID id, TaskKind kind, long total) {
    if (!jdbc.sql("select to_regclass('task') is not null").query(Boolean.class).single()) {
      return false;
    }
    jdbc.sql(
            """
            insert into task (id, kind, started_at, told_at, done, total)
            values (:id, :kind, :now, :now, 0, :total)
            """)
        .param("id", id)
        .param("kind", kind.name())
        .param("now", now())
        .param("total", total)
        .update();
    jdbc.sql(
            """
            delete from task where kind = :kind and id not in (
              select id from task where kind = :kind order by started_at desc limit :kept)
            """)
        .param("kind", kind.name())
        .param("kept", KEPT)
        .update();
    return true;
  }

  /** That it cannot be told is no reason not to do it: a replica is backed up too. */
  private static boolean tell(BooleanSupplier telling) {
    try {
      return telling.getAsBoolean();
    } catch (DataAccessException e) {
      LOG.warn("how far a task is was not written down", e);
      return false;
    }
  }

  private OffsetDateTime now() {
    return clock.instant().atOffset(ZoneOffset.UTC);
  }

  /** One that runs. For one thread at a time. */
  public final class Task {
    private final UUID id;
    private final boolean isKept;
    private long toldAt = System.nanoTime();

    private Task(UUID id, boolean isKept) {
      this.id = id;
      this.isKept = isKept;
    }

    /**
     * Tells how far it is; written down once a second at most.
     *
     * @param done in the kind's unit
     */
    public void done(long done) {
      if (System.nanoTime() - toldAt >= TOLD_EVERY.toNanos()) {
        toldAt = System.nanoTime();
        write(done, null, null);
      }
    }

    /** It came to its end. */
    public void end(long done) {
      write(done, now(), null);
    }

    /** It did not. */
    public void fail(Exception reason) {
      String said = String.valueOf(reason.getMessage());
      write(null, now(), said.substring(0, Math.min(said.length(), FAILURE_CHARACTERS)));
    }

    private void write(
        @Nullable Long done, @Nullable OffsetDateTime ended, @Nullable String failure) {
      if (isKept) {
        boolean _ = tell(() -> update(done, ended, failure));
      }
    }

    private boolean update(
        @Nullable Long done, @Nullable OffsetDateTime ended, @Nullable String failure) {
      return jdbc.sql(
                  """
                  update task set done = coalesce(:done, done), told_at = :now, ended_at = :ended,
                    failure = :failure
                  where id = :id
                  """)
              .param("done", done, Types.BIGINT)
              .param("now", now())
              .param("ended", ended, Types.TIMESTAMP_WITH_TIMEZONE)
              .param("failure", failure, Types.VARCHAR)
              .param("id", id)
              .update()
          == 1;
    }
  }
}
