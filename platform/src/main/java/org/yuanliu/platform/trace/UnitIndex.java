package org.yuanliu.platform.trace;

import static java.util.Objects.requireNonNull;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.yuanliu.codes.UnitKey;
import org.yuanliu.epcis.Action;
import org.yuanliu.epcis.BizTransaction;
import org.yuanliu.epcis.EpcisEvent;
import org.yuanliu.epcis.ErrorDeclaration;
import org.yuanliu.epcis.EventType;
import org.yuanliu.epcis.SourceOrDestination;
import org.yuanliu.epcis.UnitMention;
import org.yuanliu.epcis.UnitRole;
import org.yuanliu.epcis.YlVocabulary;
import org.yuanliu.platform.database.BinaryCopy;
import org.yuanliu.platform.journal.Draft;
import org.yuanliu.platform.journal.Entry;
import org.yuanliu.platform.journal.EventSubject;
import org.yuanliu.platform.journal.Projection;
import tools.jackson.databind.JsonNode;

/**
 * Keeps the unit view: one row an event, one for each unit that it names, one for each document
 * that it cites. Linear in the event; flows are never stored.
 */
@Component
public final class UnitIndex implements Projection {
  private static final String EVENTS =
      """
      copy trace_event (journal, position, event_time, record_time, event_key, reporter, principal,
        named, givers, takers, from_places, to_places, places, documents, transformation, product,
        type, marks, division, industry) from stdin (format binary)\
      """;
  private static final int EVENT_COLUMNS = 20;

  private static final String UNITS =
      """
      copy unit_event (unit, event_time, position, journal, role, kind, parent, quantity, uom)
      from stdin (format binary)\
      """;
  private static final int UNIT_COLUMNS = 9;

  private static final String DOCUMENTS =
      "copy trace_document (document, position, journal) from stdin (format binary)";

  private static final String DECLARATIONS =
      """
      copy trace_declaration (event_key, position, journal, corrective)
      from stdin (format binary)\
      """;

  @Override
  public String name() {
    return "units";
  }

  @Override
  public void apply(Connection connection, List<Entry> entries) throws SQLException {
    requireNonNull(connection, "connection is null");
    List<Row> rows = new ArrayList<>(entries.size());
    Map<String, UUID> known = new HashMap<>();
    for (Entry entry : entries) {
      if (entry.draft().subject() instanceof EventSubject(EpcisEvent event)) {
        rows.add(new Row(entry, event, documents(event), known));
      }
    }
    if (rows.isEmpty()) {
      return;
    }
    copyEvents(connection, rows);
    copyUnits(connection, rows);
    copyDocuments(connection, rows);
    copyDeclarations(connection, rows);
  }

  @Override
  public void drop(Connection connection, String going) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String table :
          List.of("trace_event", "unit_event", "trace_document", "trace_declaration")) {
        statement.execute(
            "delete from %1$s t using %2$s g where t.journal = 1 and t.position = g.position"
                .formatted(table, going));
      }
    }
  }

  @Override
  public void clear(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("truncate trace_event, unit_event, trace_document, trace_declaration");
    }
  }

  private static void copyEvents(Connection connection, List<Row> rows) throws SQLException {
    try (BinaryCopy copy = new BinaryCopy(connection, EVENTS, EVENT_COLUMNS)) {
      for (Row row : rows) {
        Draft draft = row.entry.draft();
        EpcisEvent event = row.event;
        copy.row()
            .putInt(row.entry.ref().journal())
            .putLong(row.entry.ref().position())
            .putInstant(event.eventTime())
            .putInstant(row.entry.recordTime())
            .putUuid(eventKey(draft.principal(), draft.id()))
            .putUuid(row.known(draft.reporter()))
            .putUuid(row.known(draft.principal()))
            .putUuids(draft.scope().named());
        putKeys(copy, ends(event.sources(), Steps.PARTY_TYPES));
        putKeys(copy, ends(event.destinations(), Steps.PARTY_TYPES));
        putKeys(copy, ends(event.sources(), Set.of(Steps.LOCATION_TYPE)));
        putKeys(copy, ends(event.destinations(), Set.of(Steps.LOCATION_TYPE)));
        putKeys(copy, places(row));
        putKeys(copy, row.documents);
        copy.putUuid(
                event.transformationId() == null
                    ? null
                    : eventKey(draft.principal(), event.transformationId()))
            .putUuid(product(event))
            .putShort(code(event.type()))
            .putShort(marks(event))
            .putText(draft.scope().division())
            .putText(draft.scope().industry());
      }
      copy.finish();
    }
  }

  private static void copyUnits(Connection connection, List<Row> rows) throws SQLException {
    try (BinaryCopy copy = new BinaryCopy(connection, UNITS, UNIT_COLUMNS)) {
      for (Row row : rows) {
        UUID parent = parent(row.event);
        for (UnitMention mention : row.event.units()) {
          copy.row()
              .putUuid(key(mention.canonical()))
              .putInstant(row.event.eventTime())
              .putLong(row.entry.ref().position())
              .putInt(row.entry.ref().journal())
              .putShort(code(mention.role()))
              .putShort(UnitKind.of(mention).code())
              .putUuid(mention.role() == UnitRole.CHILD ? parent : null)
              .putNumeric(mention.quantity())
              .putText(mention.uom());
        }
      }
      copy.finish();
    }
  }

  private static void copyDocuments(Connection connection, List<Row> rows) throws SQLException {
    if (rows.stream().allMatch(row -> row.event.bizTransactions().isEmpty())) {
      return;
    }
    try (BinaryCopy copy = new BinaryCopy(connection, DOCUMENTS, 3)) {
      for (Row row : rows) {
        for (UUID document : row.documents) {
          copy.row()
              .putUuid(document)
              .putLong(row.entry.ref().position())
              .putInt(row.entry.ref().journal());
        }
      }
      copy.finish();
    }
  }

  private static void copyDeclarations(Connection connection, List<Row> rows) throws SQLException {
    if (rows.stream().allMatch(row -> row.event.errorDeclaration() == null)) {
      return;
    }
    try (BinaryCopy copy = new BinaryCopy(connection, DECLARATIONS, 4)) {
      for (Row row : rows) {
        ErrorDeclaration declaration = row.event.errorDeclaration();
        if (declaration != null) {
          String principal = row.entry.draft().principal();
          copy.row()
              .putUuid(eventKey(principal, row.entry.draft().id()))
              .putLong(row.entry.ref().position())
              .putInt(row.entry.ref().journal())
              .putUuids(keys(declaration.correctiveEventIds(), id -> eventKey(principal, id)));
        }
      }
      copy.finish();
    }
  }

  private static void putKeys(BinaryCopy copy, Set<UUID> keys) throws SQLException {
    if (keys.isEmpty()) {
      copy.putNull();
    } else {
      copy.putUuids(keys);
    }
  }

  static UUID key(String uri) {
    return UnitKey.of(uri).value();
  }

  /** Of an event id or a transformationID, both of which are a principal's own. */
  static UUID eventKey(String principal, String id) {
    return key(principal + '\n' + id);
  }

  static short code(UnitRole role) {
    return switch (role) {
      case EPC -> 1;
      case PARENT -> 2;
      case CHILD -> 3;
      case INPUT -> 4;
      case OUTPUT -> 5;
    };
  }

  static UnitRole role(int code) {
    return switch (code) {
      case 1 -> UnitRole.EPC;
      case 2 -> UnitRole.PARENT;
      case 3 -> UnitRole.CHILD;
      case 4 -> UnitRole.INPUT;
      case 5 -> UnitRole.OUTPUT;
      default -> throw new IllegalArgumentException("no role has the code " + code);
    };
  }

  static short code(EventType type) {
    return switch (type) {
      case OBJECT_EVENT -> 1;
      case AGGREGATION_EVENT -> 2;
      case TRANSACTION_EVENT -> 3;
      case TRANSFORMATION_EVENT -> 4;
      case ASSOCIATION_EVENT -> 5;
    };
  }

  static EventType type(int code) {
    return switch (code) {
      case 1 -> EventType.OBJECT_EVENT;
      case 2 -> EventType.AGGREGATION_EVENT;
      case 3 -> EventType.TRANSACTION_EVENT;
      case 4 -> EventType.TRANSFORMATION_EVENT;
      case 5 -> EventType.ASSOCIATION_EVENT;
      default -> throw new IllegalArgumentException("no event type has the code " + code);
    };
  }

  private static Set<UUID> keys(List<String> uris, Function<String, UUID> key) {
    Set<UUID> keys = new LinkedHashSet<>();
    uris.forEach(uri -> keys.add(key.apply(uri)));
    return keys;
  }

  private static Set<UUID> ends(List<SourceOrDestination> ends, Set<String> types) {
    if (ends.isEmpty()) {
      return Set.of();
    }
    Set<UUID> keys = new LinkedHashSet<>();
    for (SourceOrDestination end : ends) {
      if (types.contains(end.type())) {
        keys.add(key(end.id()));
      }
    }
    return keys;
  }

  private static Set<UUID> places(Row row) {
    Set<UUID> keys = new LinkedHashSet<>(4);
    if (row.event.bizLocation() != null) {
      keys.add(row.known(row.event.bizLocation()));
    }
    if (row.event.readPoint() != null) {
      keys.add(row.known(row.event.readPoint()));
    }
    return keys;
  }

  private static Set<UUID> documents(EpcisEvent event) {
    if (event.bizTransactions().isEmpty()) {
      return Set.of();
    }
    Set<UUID> keys = LinkedHashSet.newLinkedHashSet(event.bizTransactions().size());
    for (BizTransaction transaction : event.bizTransactions()) {
      keys.add(key(transaction.id()));
    }
    return keys;
  }

  private static @Nullable UUID product(EpcisEvent event) {
    String product = text(event, YlVocabulary.PRODUCT);
    return product == null ? null : key(product);
  }

  private static @Nullable UUID parent(EpcisEvent event) {
    for (UnitMention mention : event.units()) {
      if (mention.role() == UnitRole.PARENT) {
        return key(mention.canonical());
      }
    }
    return null;
  }

  private static @Nullable String text(EpcisEvent event, String localName) {
    return event
        .extension(YlVocabulary.NAMESPACE, localName)
        .filter(JsonNode::isString)
        .map(JsonNode::stringValue)
        .orElse(null);
  }

  private static int marks(EpcisEvent event) {
    String step = event.bizStep();
    int marks = 0;
    if (step != null && Steps.GIVING.contains(step)) {
      marks |= Act.GIVING_STEP;
    }
    if (step != null && Steps.TAKING.contains(step)) {
      marks |= Act.TAKING_STEP;
    }
    if (YlVocabulary.ATTRIBUTION_INFERRED.equals(text(event, YlVocabulary.ATTRIBUTION))) {
      marks |= Act.INFERRED;
    }
    if (event.errorDeclaration() != null) {
      marks |= Act.DECLARATION;
    }
    if (event.action() == Action.ADD) {
      marks |= Act.ADD;
    }
    if (event.action() == Action.DELETE) {
      marks |= Act.DELETE;
    }
    boolean aggregates =
        event.type() == EventType.AGGREGATION_EVENT || event.type() == EventType.ASSOCIATION_EVENT;
    if (aggregates
        && event.units().stream().noneMatch(mention -> mention.role() == UnitRole.CHILD)) {
      marks |= Act.CHILDLESS;
    }
    return marks;
  }

  /**
   * @param known keys of this group's parties and places, few and each in many events
   */
  private record Row(Entry entry, EpcisEvent event, Set<UUID> documents, Map<String, UUID> known) {
    UUID known(String uri) {
      return known.computeIfAbsent(uri, UnitIndex::key);
    }
  }
}
