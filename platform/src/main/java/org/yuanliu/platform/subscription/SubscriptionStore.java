package org.yuanliu.platform.subscription;

import static java.util.Objects.requireNonNull;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.yuanliu.epcis.CbvForm;
import org.yuanliu.epcis.Syntax;
import org.yuanliu.platform.binding.EpcFormat;
import tools.jackson.databind.json.JsonMapper;

/** The table {@code query_subscription}, as subscribers see it; its cursors are {@link Cursors}. */
@Component
class SubscriptionStore {
  static final String COLUMNS =
      """
      key, owner, id, account, query_name, definition, dest, signature_token, schedule, trigger_uri,
      report_if_empty, initial_record_time, syntax, cbv_form, epc_format, created_at, last_run_at,
      last_notified_at\
      """;

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final JdbcClient jdbc;

  SubscriptionStore(JdbcClient jdbc) {
    this.jdbc = requireNonNull(jdbc, "jdbc is null");
  }

  /**
   * Keeps a subscription. Two at once of one party are taken one after the other, so that neither
   * slips past the limit.
   *
   * @param from the first position that counts
   * @param dueAt when a schedule falls due first
   * @return false where the party has one of this id
   */
  boolean insert(Subscription subscription, long from, @Nullable Instant dueAt, int batchEvents) {
    Subscription.Asked asked = subscription.asked();
    jdbc.sql("delete from query_subscription where owner = :owner and id = :id and ending")
        .param("owner", subscription.owner())
        .param("id", asked.id())
        .update();
    return jdbc.sql(
                """
                insert into query_subscription (key, owner, id, account, query_name, definition,
                  dest, signature_token, schedule, trigger_uri, report_if_empty,
                  initial_record_time, syntax, cbv_form, epc_format, created_at, next_position,
                  batch_events, due_at)
                values (:key, :owner, :id, :account, :queryName, :definition, :dest, :token,
                  :schedule, :trigger, :reportIfEmpty, :initial, :syntax, :cbv, :epcs, :created,
                  :from, :batchEvents, :dueAt)
                on conflict (owner, id) do nothing
                """)
            .param("key", subscription.key())
            .param("owner", subscription.owner())
            .param("id", asked.id())
            .param("account", subscription.account())
            .param("queryName", asked.queryName())
            .param("definition", asked.definition())
            .param("dest", asked.dest())
            .param("token", asked.signatureToken())
            .param("schedule", schedule(asked.rhythm()))
            .param("trigger", asked.rhythm() instanceof Rhythm.Triggered(String uri) ? uri : null)
            .param("reportIfEmpty", asked.reportIfEmpty())
            .param("initial", at(asked.initialRecordTime()))
            .param("syntax", asked.form().syntax().name())
            .param("cbv", asked.form().cbv().name())
            .param("epcs", asked.form().epcs().name())
            .param("created", at(subscription.createdAt()))
            .param("from", from)
            .param("batchEvents", batchEvents)
            .param("dueAt", at(dueAt))
            .update()
        == 1;
  }

  /** Until the transaction ends, no other one counts this party's subscriptions. */
  int countAlone(String owner) {
    jdbc.sql("select pg_advisory_xact_lock(hashtextextended(:name, 0))")
        .param("name", "query_subscription " + owner)
        .query((row, index) -> index)
        .single();
    return jdbc.sql("select count(*) from query_subscription where owner = :owner and not ending")
        .param("owner", owner)
        .query(Integer.class)
        .single();
  }

  Optional<Subscription> find(String owner, String id) {
    return jdbc.sql(
            "select "
                + COLUMNS
                + " from query_subscription where owner = :owner and id = :id and not ending")
        .param("owner", owner)
        .param("id", id)
        .query((row, index) -> read(row))
        .optional();
  }

  /** A party's subscriptions to a query in order of id. */
  List<Subscription> list(String owner, String queryName, String after, int limit) {
    return jdbc.sql(
            "select "
                + COLUMNS
                + """
                 from query_subscription
                where owner = :owner and query_name = :queryName and not ending
                  and id collate "C" > :after
                order by id collate "C" limit :limit\
                """)
        .param("owner", owner)
        .param("queryName", queryName)
        .param("after", after)
        .param("limit", limit)
        .query((row, index) -> read(row))
        .list();
  }

  boolean remove(String owner, String id) {
    return jdbc.sql(
                "delete from query_subscription where owner = :owner and id = :id and not ending")
            .param("owner", owner)
            .param("id", id)
            .update()
        == 1;
  }

  /** Ends those of a query that was deleted: their receivers are told, then they go. */
  int endOf(String owner, String queryName) {
    return jdbc.sql(
            """
            update query_subscription
            set ending = true, failures = 0, failing_since = null, last_error = null,
              retry_at = null
            where owner = :owner and query_name = :queryName and definition is null
              and not ending
            """)
        .param("owner", owner)
        .param("queryName", queryName)
        .update();
  }

  static Subscription read(ResultSet row) throws SQLException {
    Instant created = requireNonNull(instant(row, "created_at"), "created_at is null");
    Instant initial = instant(row, "initial_record_time");
    Instant ran = instant(row, "last_run_at");
    return new Subscription(
        row.getObject("key", UUID.class),
        row.getString("owner"),
        row.getObject("account", UUID.class),
        new Subscription.Asked(
            row.getString("id"),
            row.getString("query_name"),
            row.getString("definition"),
            row.getString("dest"),
            row.getString("signature_token"),
            rhythm(row.getString("schedule"), row.getString("trigger_uri")),
            row.getBoolean("report_if_empty"),
            initial,
            new DeliveryForm(
                Syntax.valueOf(row.getString("syntax")),
                CbvForm.valueOf(row.getString("cbv_form")),
                EpcFormat.valueOf(row.getString("epc_format")))),
        created,
        ran != null ? ran : initial != null ? initial : created,
        instant(row, "last_notified_at"));
  }

  private static @Nullable String schedule(Rhythm rhythm) {
    return rhythm instanceof Rhythm.Scheduled(Schedule schedule)
        ? MAPPER.writeValueAsString(schedule.fields())
        : null;
  }

  private static Rhythm rhythm(@Nullable String schedule, @Nullable String trigger) {
    if (schedule != null) {
      Map<String, String> fields = new TreeMap<>();
      MAPPER
          .readTree(schedule)
          .properties()
          .forEach(field -> fields.put(field.getKey(), field.getValue().asString()));
      return new Rhythm.Scheduled(new Schedule(fields));
    }
    return trigger == null ? new Rhythm.Stream() : new Rhythm.Triggered(trigger);
  }

  static @Nullable OffsetDateTime at(@Nullable Instant moment) {
    return moment == null ? null : moment.atOffset(ZoneOffset.UTC);
  }

  static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
