package org.yuanliu.platform.subscription;

import static java.util.Objects.requireNonNull;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * How far each subscription has come, and which server has it in hand. Every change names the
 * server, so that one whose lease has passed to another changes nothing any more.
 */
@Component
class Cursors {
  /** Chars of a reason that is kept for the operator. */
  private static final int MAX_ERROR = 300;

  private static final double MILLIS_PER_S = 1_000;

  private final JdbcClient jdbc;

  Cursors(JdbcClient jdbc) {
    this.jdbc = requireNonNull(jdbc, "jdbc is null");
  }

  /**
   * A subscription that this server has in hand, as far as it has come.
   *
   * @param next the first position that was not delivered
   * @param runTo where the run ends that has begun; null: none has
   * @param runDeliveries that the receiver took in this run
   * @param deliveryId of a delivery whose answer is not known; null: there is none
   * @param deliveryTo the end of that delivery's positions
   * @param batchEvents events of one delivery at most
   * @param failures since the last success
   * @param told the exception that the receiver was told of since; null: none
   * @param ending the query was deleted, which the receiver is yet to be told
   */
  record Claim(
      Subscription subscription,
      long next,
      @Nullable Long runTo,
      long runDeliveries,
      @Nullable UUID deliveryId,
      @Nullable Long deliveryTo,
      int batchEvents,
      int failures,
      @Nullable String told,
      boolean ending) {}

  /** Takes subscriptions that are due and that no other server has. */
  List<Claim> claim(UUID holder, long head, Instant now, int limit, Duration lease) {
    return jdbc.sql(
            """
            update query_subscription
            set lease_holder = :holder, claimed_at = clock_timestamp(),
              lease_until = clock_timestamp() + make_interval(secs => :lease)
            where key in (
              select key from query_subscription
              where (lease_until is null or lease_until < clock_timestamp())
                and (retry_at is null or retry_at <= :now)
                and (ending or run_to is not null or due_at <= :now
                  or (schedule is null and next_position < :head))
              order by claimed_at nulls first
              limit :limit
              for update skip locked)
            returning %s, next_position, run_to, run_deliveries, delivery_id, delivery_to,
              batch_events, failures, told, ending
            """
                .formatted(SubscriptionStore.COLUMNS))
        .param("holder", holder)
        .param("lease", lease.toMillis() / MILLIS_PER_S)
        .param("now", SubscriptionStore.at(now))
        .param("head", head)
        .param("limit", limit)
        .query((row, index) -> claim(row))
        .list();
  }

  private static Claim claim(ResultSet row) throws SQLException {
    return new Claim(
        SubscriptionStore.read(row),
        row.getLong("next_position"),
        row.getObject("run_to", Long.class),
        row.getLong("run_deliveries"),
        row.getObject("delivery_id", UUID.class),
        row.getObject("delivery_to", Long.class),
        row.getInt("batch_events"),
        row.getInt("failures"),
        row.getString("told"),
        row.getBoolean("ending"));
  }

  /** Notes how far the run goes and that nothing of the subscription lies below a position. */
  boolean passed(UUID key, UUID holder, long runTo, long next) {
    return jdbc.sql(
                """
                update query_subscription
                set run_to = :runTo, next_position = :next, delivery_id = null, delivery_to = null
                where key = :key and lease_holder = :holder
                """)
            .param("runTo", runTo)
            .param("next", next)
            .param("key", key)
            .param("holder", holder)
            .update()
        == 1;
  }

  /** Notes a delivery before it is sent, and renews the lease for as long as it may take. */
  boolean begin(
      UUID key, UUID holder, UUID deliveryId, long deliveryTo, long runTo, Duration lease) {
    return jdbc.sql(
                """
                update query_subscription
                set run_to = :runTo, delivery_id = :delivery, delivery_to = :to,
                  lease_until = clock_timestamp() + make_interval(secs => :lease)
                where key = :key and lease_holder = :holder
                """)
            .param("runTo", runTo)
            .param("delivery", deliveryId)
            .param("to", deliveryTo)
            .param("lease", lease.toMillis() / MILLIS_PER_S)
            .param("key", key)
            .param("holder", holder)
            .update()
        == 1;
  }

  /** The receiver has answered 2xx: what was delivered is not sent again. */
  boolean delivered(UUID key, UUID holder, UUID deliveryId, Instant now) {
    return jdbc.sql(
                """
                update query_subscription
                set next_position = delivery_to, delivery_id = null, delivery_to = null,
                  run_deliveries = run_deliveries + 1, last_notified_at = :now, failures = 0,
                  failing_since = null, last_error = null, retry_at = null, told = null
                where key = :key and lease_holder = :holder and delivery_id = :delivery
                """)
            .param("now", SubscriptionStore.at(now))
            .param("key", key)
            .param("holder", holder)
            .param("delivery", deliveryId)
            .update()
        == 1;
  }

  /** The run has come to its end; what failed before is over. */
  boolean ended(UUID key, UUID holder, @Nullable Instant dueAt, Instant now) {
    return jdbc.sql(
                """
                update query_subscription
                set run_to = null, run_deliveries = 0, last_run_at = :now, due_at = :dueAt,
                  failures = 0, failing_since = null, last_error = null, retry_at = null, told = null
                where key = :key and lease_holder = :holder
                """)
            .param("now", SubscriptionStore.at(now))
            .param("dueAt", SubscriptionStore.at(dueAt))
            .param("key", key)
            .param("holder", holder)
            .update()
        == 1;
  }

  /** It was not delivered, and is tried again from the moment that is given. */
  void failed(UUID key, UUID holder, String error, Instant now, Instant retryAt) {
    jdbc.sql(
            """
            update query_subscription
            set failures = failures + 1, failing_since = coalesce(failing_since, :now),
              last_error = :error, retry_at = :retryAt, lease_holder = null, lease_until = null
            where key = :key and lease_holder = :holder
            """)
        .param("now", SubscriptionStore.at(now))
        .param("error", error.length() <= MAX_ERROR ? error : error.substring(0, MAX_ERROR))
        .param("retryAt", SubscriptionStore.at(retryAt))
        .param("key", key)
        .param("holder", holder)
        .update();
  }

  /** The receiver knows why nothing comes. */
  void told(UUID key, UUID holder, String exception) {
    jdbc.sql(
            """
            update query_subscription set told = :exception
            where key = :key and lease_holder = :holder
            """)
        .param("exception", exception)
        .param("key", key)
        .param("holder", holder)
        .update();
  }

  /** The receiver can take no more than half at once: a new, smaller delivery. */
  boolean halved(UUID key, UUID holder, int batchEvents) {
    return jdbc.sql(
                """
                update query_subscription
                set batch_events = :events, delivery_id = null, delivery_to = null
                where key = :key and lease_holder = :holder
                """)
            .param("events", batchEvents)
            .param("key", key)
            .param("holder", holder)
            .update()
        == 1;
  }

  void release(UUID key, UUID holder) {
    jdbc.sql(
            """
            update query_subscription set lease_holder = null, lease_until = null
            where key = :key and lease_holder = :holder
            """)
        .param("key", key)
        .param("holder", holder)
        .update();
  }

  /** Nobody takes it any more: the receiver is gone for good. */
  boolean remove(UUID key, UUID holder) {
    return jdbc.sql("delete from query_subscription where key = :key and lease_holder = :holder")
            .param("key", key)
            .param("holder", holder)
            .update()
        == 1;
  }

  /**
   * What an operator wants to know.
   *
   * @param lag entries that the one furthest behind has not looked at; schedules do not count
   */
  record Standing(long active, long failing, long lag) {}

  Standing standing(long head) {
    return jdbc.sql(
            """
            select count(*), count(*) filter (where failures > 0),
              coalesce(max(:head - next_position) filter (where schedule is null), 0)
            from query_subscription where not ending
            """)
        .param("head", head)
        .query(
            (row, index) ->
                new Standing(row.getLong(1), row.getLong(2), Math.max(0, row.getLong(3))))
        .single();
  }

  /** A subscription whose receiver does not take what is due. */
  record Failing(String owner, String id, int failures, Instant since, String error) {}

  List<Failing> failing(int limit) {
    return jdbc.sql(
            """
            select owner, id, failures, failing_since, last_error from query_subscription
            where failures > 0 and not ending order by failing_since, key limit :limit
            """)
        .param("limit", limit)
        .query(
            (row, index) ->
                new Failing(
                    row.getString("owner"),
                    row.getString("id"),
                    row.getInt("failures"),
                    requireNonNull(SubscriptionStore.instant(row, "failing_since")),
                    row.getString("last_error")))
        .list();
  }
}
