package org.yuanliu.platform.query;

import static java.util.Objects.requireNonNull;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.yuanliu.codes.UnitKey;
import org.yuanliu.epcis.Action;
import org.yuanliu.epcis.EpcisEvent;
import org.yuanliu.epcis.ErrorDeclaration;
import org.yuanliu.epcis.EventType;
import org.yuanliu.epcis.SourceOrDestination;
import org.yuanliu.epcis.UnitMention;
import org.yuanliu.platform.database.BinaryCopy;
import org.yuanliu.platform.journal.Draft;
import org.yuanliu.platform.journal.Entry;
import org.yuanliu.platform.journal.EventSubject;
import org.yuanliu.platform.journal.Projection;

/**
 * Keeps the index behind queries: one narrow row an event, and one for each of its rarer values.
 */
@Component
final class EventIndex implements Projection {
  private static final String EVENTS =
      """
      copy query_event (journal, position, event_time, kind, biz_step, disposition, read_point,
        biz_location, reporter, principal, named, division, industry)
      from stdin (format binary)\
      """;
  private static final int EVENT_COLUMNS = 13;

  private static final String TERMS =
      "copy query_term (term, event_time, position, journal) from stdin (format binary)";

  /** Of a GTIN in canonical form: items and lots have their qualifier behind it. */
  private static final String GTIN = "https://id.gs1.org/01/";

  private static final int GTIN_LENGTH = GTIN.length() + 14;

  private final SeenWords words = new SeenWords();

  @Override
  public String name() {
    return "queries";
  }

  @Override
  public void apply(Connection connection, List<Entry> entries) throws SQLException {
    requireNonNull(connection, "connection is null");
    List<Row> rows = new ArrayList<>(entries.size());
    for (Entry entry : entries) {
      if (entry.draft().subject() instanceof EventSubject(EpcisEvent event)) {
        rows.add(Row.of(entry, event));
      }
    }
    if (rows.isEmpty()) {
      return;
    }
    copyEvents(connection, rows);
    copyTerms(connection, rows);
    words.add(connection, rows);
  }

  @Override
  public void clear(Connection connection) throws SQLException {
    words.forget();
    try (Statement statement = connection.createStatement()) {
      statement.execute("truncate query_event, query_term, query_word, query_seen");
    }
  }

  private static void copyEvents(Connection connection, List<Row> rows) throws SQLException {
    try (BinaryCopy copy = new BinaryCopy(connection, EVENTS, EVENT_COLUMNS)) {
      for (Row row : rows) {
        copy.row()
            .putInt(row.entry.ref().journal())
            .putLong(row.entry.ref().position())
            .putInstant(row.event.eventTime())
            .putShort(kind(row.event.type(), row.event.action()));
        putValue(copy, row.event.bizStep());
        putValue(copy, row.event.disposition());
        putValue(copy, row.event.readPoint());
        putValue(copy, row.event.bizLocation());
        copy.putUuid(row.reporter)
            .putUuid(row.principal)
            .putUuids(row.entry.draft().scope().named())
            .putText(row.entry.draft().scope().division())
            .putText(row.entry.draft().scope().industry());
      }
      copy.finish();
    }
  }

  private static void putValue(BinaryCopy copy, @Nullable String value) {
    if (value == null) {
      copy.putNull();
    } else {
      copy.putLong(Terms.value(value));
    }
  }

  private static void copyTerms(Connection connection, List<Row> rows) throws SQLException {
    try (BinaryCopy copy = new BinaryCopy(connection, TERMS, 4)) {
      for (Row row : rows) {
        for (long term : terms(row)) {
          copy.row()
              .putLong(term)
              .putInstant(row.event.eventTime())
              .putLong(row.entry.ref().position())
              .putInt(row.entry.ref().journal());
        }
      }
      copy.finish();
    }
  }

  /** Type and action in one number. */
  static short kind(EventType type, @Nullable Action action) {
    int of =
        switch (type) {
          case OBJECT_EVENT -> 1;
          case AGGREGATION_EVENT -> 2;
          case TRANSACTION_EVENT -> 3;
          case TRANSFORMATION_EVENT -> 4;
          case ASSOCIATION_EVENT -> 5;
        };
    int by =
        switch (action) {
          case null -> 0;
          case ADD -> 1;
          case OBSERVE -> 2;
          case DELETE -> 3;
        };
    return (short) (of * 4 + by);
  }

  private static Set<Long> terms(Row row) {
    EpcisEvent event = row.event;
    Set<Long> terms = new HashSet<>();
    for (UUID party : row.parties) {
      terms.add(Terms.of(Terms.Kind.PARTY, party));
    }
    event.sources().stream().map(SourceOrDestination::id).forEach(id -> addParty(id, terms));
    event.destinations().stream().map(SourceOrDestination::id).forEach(id -> addParty(id, terms));
    add(Terms.Kind.TRANSFORMATION, event.transformationId(), terms);
    ErrorDeclaration declaration = event.errorDeclaration();
    if (declaration != null) {
      terms.add(Terms.of(Terms.Kind.DECLARED));
      add(Terms.Kind.ERROR_REASON, declaration.reason(), terms);
      declaration.correctiveEventIds().forEach(id -> add(Terms.Kind.CORRECTIVE, id, terms));
    }
    for (UnitMention unit : event.units()) {
      String product = product(unit.canonical());
      add(Terms.Kind.PRODUCT, product, terms);
    }
    if (event.body().has("persistentDisposition") || event.body().has("sensorElementList")) {
      addFields(new EventFields(event), terms);
    }
    return terms;
  }

  private static void addFields(EventFields fields, Set<Long> terms) {
    EventTerms.persistent(fields, "set")
        .forEach(word -> add(Terms.Kind.PERSISTENT_SET, word, terms));
    EventTerms.persistent(fields, "unset")
        .forEach(word -> add(Terms.Kind.PERSISTENT_UNSET, word, terms));
    if (!fields.sensorElements().isEmpty()) {
      terms.add(Terms.of(Terms.Kind.SENSOR));
      for (SensorField field : SensorField.values()) {
        for (String text : EventTerms.sensorTexts(fields, field)) {
          terms.add(sensorText(field, text));
        }
      }
    }
  }

  static long sensorText(SensorField field, String text) {
    return Terms.of(Terms.Kind.SENSOR_TEXT, field.member() + "\n" + text);
  }

  /** GTIN and kind of qualifier of an item or a lot, as in {@code …/01/0…/21/}; else null. */
  static @Nullable String product(String unit) {
    if (!unit.startsWith(GTIN) || unit.length() <= GTIN_LENGTH) {
      return null;
    }
    int end = unit.indexOf('/', GTIN_LENGTH + 1);
    return end < 0 ? null : unit.substring(0, end + 1);
  }

  private static void addParty(String id, Set<Long> terms) {
    terms.add(Terms.of(Terms.Kind.PARTY, id));
  }

  private static void add(Terms.Kind kind, @Nullable String value, Set<Long> terms) {
    if (value != null) {
      terms.add(Terms.of(kind, value));
    }
  }

  /**
   * @param parties who sees the event by being named in it: reporter, principal, named
   */
  record Row(Entry entry, EpcisEvent event, UUID reporter, UUID principal, Set<UUID> parties) {
    static Row of(Entry entry, EpcisEvent event) {
      Draft draft = entry.draft();
      UUID reporter = UnitKey.of(draft.reporter()).value();
      UUID principal =
          draft.principal().equals(draft.reporter())
              ? reporter
              : UnitKey.of(draft.principal()).value();
      Set<UUID> parties = new HashSet<>(draft.scope().named());
      parties.add(reporter);
      parties.add(principal);
      return new Row(entry, event, reporter, principal, parties);
    }
  }
}
