package org.yuanliu.platform.subscription;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.yuanliu.platform.access.Caller;
import org.yuanliu.platform.access.CurrentCallers;
import org.yuanliu.platform.access.Permission;
import org.yuanliu.platform.journal.Entry;
import org.yuanliu.platform.query.EventQueries;
import org.yuanliu.platform.query.EventQuery;
import org.yuanliu.platform.query.NamedQueries;
import org.yuanliu.platform.query.NamedQuery;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs a subscriber's query over what is new, with what the subscriber may see at that moment: an
 * account that was disabled gets nothing, and neither does one that lost the permission to query.
 */
@Component
class StandingQueries {
  private final EventQueries queries;
  private final NamedQueries named;
  private final CurrentCallers callers;
  private final JsonMapper mapper;

  StandingQueries(
      EventQueries queries, NamedQueries named, CurrentCallers callers, JsonMapper mapper) {
    this.queries = requireNonNull(queries, "queries is null");
    this.named = requireNonNull(named, "named is null");
    this.callers = requireNonNull(callers, "callers is null");
    this.mapper = requireNonNull(mapper, "mapper is null");
  }

  /**
   * Whose query it is and what it asks.
   *
   * @param definition parameters of SimpleEventQuery, JSON; null: the query is kept under its name
   * @param initialRecordTime what was recorded before does not count; null: everything counts
   */
  record Standing(
      UUID account,
      String owner,
      String queryName,
      @Nullable String definition,
      @Nullable Instant initialRecordTime) {
    static Standing of(Subscription subscription) {
      Subscription.Asked asked = subscription.asked();
      return new Standing(
          subscription.account(),
          subscription.owner(),
          asked.queryName(),
          asked.definition(),
          asked.initialRecordTime());
    }
  }

  /** What a query gave. */
  sealed interface Result {
    /**
     * @param next where to go on
     */
    record Found(List<Entry> entries, long next) implements Result {
      public Found {
        entries = List.copyOf(entries);
      }
    }

    /** The subscriber may not query, or not any more. */
    record NoAccess() implements Result {}

    /** There is no such query any more. */
    record NoQuery() implements Result {}
  }

  /**
   * The events of a stretch of the journal.
   *
   * @param limit events at most
   * @param bytes the answer ends early when its events reach this size
   */
  Result next(Standing standing, long from, long below, int limit, long bytes) {
    Optional<Caller> caller =
        callers.of(standing.account()).filter(found -> found.may(Permission.QUERY));
    if (caller.isEmpty()) {
      return new Result.NoAccess();
    }
    Optional<EventQuery> query = query(standing);
    if (query.isEmpty()) {
      return new Result.NoQuery();
    }
    EventQueries.Batch batch =
        queries.next(query.get(), caller.get().viewer(), from, below, limit, bytes);
    Instant initial = standing.initialRecordTime();
    List<Entry> entries =
        initial == null
            ? batch.entries()
            : batch.entries().stream()
                .filter(entry -> !entry.recordTime().isBefore(initial))
                .toList();
    return new Result.Found(entries, batch.next());
  }

  private Optional<EventQuery> query(Standing standing) {
    String definition = standing.definition();
    return definition == null
        ? named.find(standing.owner(), standing.queryName()).map(NamedQuery::query)
        : Optional.of(queries.read(mapper.readTree(definition)));
  }

  /** Events as the body of a delivery. */
  byte[] document(Subscription.Asked asked, List<Entry> entries) {
    return document(asked.queryName(), asked.id(), entries, asked.form());
  }

  byte[] document(
      String queryName, @Nullable String subscriptionId, List<Entry> entries, DeliveryForm form) {
    return queries.document(
        queryName, subscriptionId, entries, form.syntax(), form.cbv(), form.epcs());
  }
}
