package org.yuanliu.platform.query;

import static java.util.Objects.requireNonNull;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import org.yuanliu.codes.UnitKey;
import org.yuanliu.epcis.EpcisEvent;
import org.yuanliu.platform.database.BinaryCopy;
import org.yuanliu.platform.journal.Draft;
import org.yuanliu.platform.journal.Entry;
import org.yuanliu.platform.journal.EventSubject;
import org.yuanliu.platform.journal.Projection;

/** Keeps the index behind queries: one narrow row an event, and slices of the journal by term. */
@Component
final class EventIndex implements Projection {
  private static final String EVENTS =
      """
      copy query_event (journal, position, event_time, terms, reporter, principal, named, division,
        industry)
      from stdin (format binary)\
      """;
  private static final int EVENT_COLUMNS = 9;

  private final TermsOfEvent terms = new TermsOfEvent();
  private final SeenWords words = new SeenWords();
  private final @Nullable SliceWriter slices;

  @Autowired
  EventIndex(QuerySettings settings) {
    this(new SliceWriter(settings.sliceEvents()));
  }

  EventIndex(@Nullable SliceWriter slices) {
    this.slices = slices;
  }

  /** Keeps the rows of events and no slices. */
  static EventIndex ofRows() {
    return new EventIndex((SliceWriter) null);
  }

  @Override
  public String name() {
    return "queries";
  }

  @Override
  public void apply(Connection connection, List<Entry> entries) throws SQLException {
    requireNonNull(connection, "connection is null");
    List<Row> rows = new ArrayList<>(entries.size());
    List<SliceWriter.Event> events = new ArrayList<>(entries.size());
    Map<String, UUID> parties = new HashMap<>();
    for (Entry entry : entries) {
      if (entry.draft().subject() instanceof EventSubject(EpcisEvent event)) {
        Row row = Row.of(entry, event, parties);
        rows.add(row);
        events.add(
            new SliceWriter.Event(
                entry.ref().position(),
                SliceWriter.micros(event.eventTime().truncatedTo(ChronoUnit.MICROS)),
                terms.of(row)));
      }
    }
    if (!rows.isEmpty()) {
      copyEvents(connection, rows, events);
      words.add(connection, rows);
    }
    if (slices != null && !entries.isEmpty()) {
      long from = entries.getFirst().ref().position();
      slices.add(connection, from, entries.getLast().ref().position() + 1, events);
    }
  }

  /** Slices stay: what they find of a dropped entry has no row any more. */
  @Override
  public void drop(Connection connection, String going) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "delete from query_event t using %s g where t.journal = 1 and t.position = g.position"
              .formatted(going));
    }
  }

  @Override
  public void clear(Connection connection) throws SQLException {
    words.forget();
    if (slices != null) {
      slices.forget();
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute("truncate query_event, query_slice, query_posting, query_word, query_seen");
    }
  }

  private static void copyEvents(
      Connection connection, List<Row> rows, List<SliceWriter.Event> events) throws SQLException {
    try (BinaryCopy copy = new BinaryCopy(connection, EVENTS, EVENT_COLUMNS)) {
      for (int i = 0; i < rows.size(); i++) {
        Row row = rows.get(i);
        copy.row()
            .putInt(row.entry.ref().journal())
            .putLong(row.entry.ref().position())
            .putInstant(row.event.eventTime())
            .putLongs(events.get(i).terms())
            .putUuid(row.reporter)
            .putUuid(row.principal)
            .putUuids(row.entry.draft().scope().named())
            .putText(row.entry.draft().scope().division())
            .putText(row.entry.draft().scope().industry());
      }
      copy.finish();
    }
  }

  /**
   * @param parties who sees the event by being named in it: reporter, principal, named
   */
  record Row(Entry entry, EpcisEvent event, UUID reporter, UUID principal, Set<UUID> parties) {
    /**
     * @param known keys of parties that were computed before
     */
    static Row of(Entry entry, EpcisEvent event, Map<String, UUID> known) {
      Draft draft = entry.draft();
      UUID reporter = known.computeIfAbsent(draft.reporter(), uri -> UnitKey.of(uri).value());
      UUID principal = known.computeIfAbsent(draft.principal(), uri -> UnitKey.of(uri).value());
      Set<UUID> parties = HashSet.newHashSet(draft.scope().named().size() + 2);
      parties.addAll(draft.scope().named());
      parties.add(reporter);
      parties.add(principal);
      return new Row(entry, event, reporter, principal, parties);
    }
  }
}
