package org.yuanliu.platform.capture;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.yuanliu.ledger.TreeHead;
import org.yuanliu.platform.journal.Standing;
import org.yuanliu.platform.operations.BackgroundWork;
import org.yuanliu.platform.problem.Problem;
import tools.jackson.databind.json.JsonMapper;

/** The table of capture jobs. */
@Repository
class CaptureStore implements BackgroundWork {
  private static final String COLUMNS =
      """
      id, reporter, received_at, state, event_count, finished_at, duplicate_count, positions,
      behaviour, errors, head_log, head_size, head_root, head_note, problem,
      declared_before\
      """;

  /**
   * In the statement itself, which is a transaction: always true, and its commit is not waited for.
   */
  private static final String UNWAITED = " set_config('synchronous_commit', 'off', true) = 'off'";

  private final JdbcClient jdbc;
  private final JsonMapper mapper;

  CaptureStore(JdbcClient jdbc, JsonMapper mapper) {
    this.jdbc = jdbc;
    this.mapper = mapper;
  }

  /**
   * A job that was cut off.
   *
   * @param body the document, compressed
   */
  record Unfinished(
      UUID id, String reporter, Standing standing, ErrorBehaviour behaviour, byte[] body) {}

  /** Keeps a document; on return it is safe. */
  void insert(CaptureJob job, Standing standing, byte[] body) {
    jdbc.sql(
            """
            insert into capture_job
              (id, reporter, standing, received_at, state, event_count, behaviour, body)
            values
              (:id, :reporter, :standing, :receivedAt, :state, :eventCount, :behaviour, :body)\
            """)
        .param("behaviour", job.behaviour().code())
        .param("id", job.id())
        .param("reporter", job.reporter())
        .param("standing", standing.code())
        .param("receivedAt", job.receivedAt().atOffset(ZoneOffset.UTC))
        .param("state", job.state().code())
        .param("eventCount", job.eventCount())
        .param("body", body)
        .update();
  }

  /**
   * Writes how a job ended. Not waited for on disk: whoever loses this line in a crash finds the
   * job running, does it again and comes to the same end.
   *
   * @param frame the document without its events, compressed
   */
  void finish(UUID id, CaptureJob.Done done, byte[] frame) {
    finish(
        jdbc.sql(
                """
                update capture_job
                set state = :state, finished_at = :finishedAt, body = :body,
                    duplicate_count = :duplicates, positions = :positions, errors = :errors,
                    head_log = :log, head_size = :size, head_root = :root, head_note = :note,
                    declared_before = :declaredBefore
                where id = :id and\
                """
                    + UNWAITED)
            .param("id", id)
            .param("state", CaptureJob.State.DONE.code())
            .param("finishedAt", done.finishedAt().atOffset(ZoneOffset.UTC))
            .param("body", frame)
            .param("duplicates", done.duplicates())
            .param(
                "errors",
                done.errors().isEmpty() ? null : mapper.writeValueAsString(done.errors()),
                Types.VARCHAR)
            .param("positions", mapper.writeValueAsString(done.positions()))
            .param("log", done.head().log())
            .param("size", done.head().size())
            .param("root", done.head().root())
            .param("note", done.note(), Types.VARCHAR)
            .param(
                "declaredBefore",
                done.declaredBefore().isEmpty()
                    ? null
                    : mapper.writeValueAsString(done.declaredBefore()),
                Types.VARCHAR));
  }

  void finish(UUID id, CaptureJob.Failed failed) {
    finish(
        jdbc.sql(
                """
                update capture_job
                set state = :state, finished_at = :finishedAt, body = null, problem = :problem
                where id = :id and\
                """
                    + UNWAITED)
            .param("id", id)
            .param("state", CaptureJob.State.FAILED.code())
            .param("finishedAt", failed.finishedAt().atOffset(ZoneOffset.UTC))
            .param("problem", mapper.writeValueAsString(failed.problem())));
  }

  private void finish(JdbcClient.StatementSpec update) {
    int rows = update.update();
    if (rows != 1) {
      throw new IllegalStateException("a capture job is not there to be finished");
    }
  }

  /** Documents that were taken and have no end yet. */
  @Override
  public Waiting waiting() {
    return jdbc.sql(
            "select count(*), coalesce(sum(event_count), 0) from capture_job where state = 1")
        .query((row, index) -> new Waiting("capture", row.getLong(1), row.getLong(2)))
        .single();
  }

  /** Ids of jobs that have no end, oldest first. */
  List<UUID> running() {
    return jdbc.sql("select id from capture_job where state = 1 order by received_at, id")
        .query((row, index) -> row.getObject("id", UUID.class))
        .list();
  }

  Optional<Unfinished> unfinished(UUID id) {
    return jdbc.sql(
            """
            select id, reporter, standing, behaviour, body from capture_job
            where id = :id and state = 1\
            """)
        .param("id", id)
        .query(
            (row, index) ->
                new Unfinished(
                    row.getObject("id", UUID.class),
                    row.getString("reporter"),
                    Standing.ofCode(row.getShort("standing")),
                    ErrorBehaviour.ofCode(row.getShort("behaviour")),
                    row.getBytes("body")))
        .optional();
  }

  /** The reporter's own job; another's is absent. */
  Optional<CaptureJob> find(UUID id, String reporter) {
    return jdbc.sql(
            "select " + COLUMNS + " from capture_job where id = :id and reporter = :reporter")
        .param("id", id)
        .param("reporter", reporter)
        .query((row, index) -> job(row))
        .optional();
  }

  /**
   * The reporter's jobs, newest first, after the one named.
   *
   * @param beforeTime null to begin
   */
  List<CaptureJob> page(
      String reporter, @Nullable Instant beforeTime, @Nullable UUID afterId, int limit) {
    OffsetDateTime time = beforeTime == null ? null : beforeTime.atOffset(ZoneOffset.UTC);
    return jdbc.sql(
            "select "
                + COLUMNS
                + """
                 from capture_job
                where reporter = :reporter
                  and (cast(:time as timestamptz) is null
                       or received_at < :time
                       or (received_at = :time and id > :id))
                order by received_at desc, id
                limit :limit\
                """)
        .param("reporter", reporter)
        .param("time", time, Types.TIMESTAMP_WITH_TIMEZONE)
        .param("id", afterId, Types.OTHER)
        .param("limit", limit)
        .query((row, index) -> job(row))
        .list();
  }

  private CaptureJob job(ResultSet row) throws SQLException {
    CaptureJob.State state = CaptureJob.State.ofCode(row.getShort("state"));
    return new CaptureJob(
        row.getObject("id", UUID.class),
        row.getString("reporter"),
        row.getObject("received_at", OffsetDateTime.class).toInstant(),
        row.getInt("event_count"),
        ErrorBehaviour.ofCode(row.getShort("behaviour")),
        state,
        end(state, row));
  }

  private CaptureJob.@Nullable End end(CaptureJob.State state, ResultSet row) throws SQLException {
    return switch (state) {
      case RUNNING -> null;
      case DONE -> {
        Instant finishedAt = row.getObject("finished_at", OffsetDateTime.class).toInstant();
        yield new CaptureJob.Done(
            finishedAt,
            row.getInt("duplicate_count"),
            mapper.readValue(row.getString("positions"), PositionRanges.class),
            new TreeHead(
                row.getString("head_log"),
                row.getLong("head_size"),
                row.getBytes("head_root"),
                finishedAt),
            row.getString("head_note"),
            errors(row.getString("errors")),
            declaredBefore(row.getString("declared_before")));
      }
      case FAILED ->
          new CaptureJob.Failed(
              row.getObject("finished_at", OffsetDateTime.class).toInstant(),
              mapper.readValue(row.getString("problem"), Problem.class));
    };
  }

  private List<String> declaredBefore(@Nullable String json) {
    return json == null ? List.of() : List.of(mapper.readValue(json, String[].class));
  }

  private List<Problem> errors(@Nullable String json) {
    return json == null ? List.of() : List.of(mapper.readValue(json, Problem[].class));
  }
}
