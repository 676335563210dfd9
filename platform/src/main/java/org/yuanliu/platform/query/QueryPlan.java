package org.yuanliu.platform.query;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.yuanliu.codes.UnitKey;
import org.yuanliu.epcis.Action;
import org.yuanliu.epcis.EventType;
import org.yuanliu.platform.access.SqlCondition;
import org.yuanliu.platform.access.Viewer;
import org.yuanliu.platform.query.Criterion.PlaceField;
import org.yuanliu.platform.trace.UnitNaming;

/**
 * What the index can do for a query: lanes that can lead the search, conditions that hold for every
 * result, bounds of time. The conditions never leave out an event that meets the query; where they
 * let others through, {@link #exact} is false and the event itself decides.
 */
final class QueryPlan {
  private final List<Lane> lanes = new ArrayList<>();
  private final List<String> filters = new ArrayList<>();
  private final Map<String, Object> parameters = new HashMap<>();
  private final UnitNaming units;
  private final Function<Set<String>, List<Long>> positions;
  private boolean exact = true;
  private @Nullable Instant from;
  private @Nullable Instant before;
  private @Nullable Instant recordedFrom;
  private @Nullable Instant recordedBefore;
  private int names;

  private QueryPlan(UnitNaming units, Function<Set<String>, List<Long>> positions) {
    this.units = units;
    this.positions = positions;
  }

  /**
   * @param visible the disclosure policy's condition
   * @param positions of the entries with an event id
   */
  static QueryPlan of(
      List<Criterion> criteria,
      Viewer viewer,
      SqlCondition visible,
      UnitNaming units,
      Function<Set<String>, List<Long>> positions) {
    QueryPlan plan = new QueryPlan(units, positions);
    criteria.forEach(plan::add);
    if (!visible.sql().equals("true")) {
      plan.filters.add(visible.sql());
      plan.parameters.putAll(visible.parameters());
    }
    if (viewer instanceof Viewer.Enterprise(String party, Set<UUID> keys)) {
      plan.lanes.add(Lane.terms(Lane.PARTY, longs(keys, k -> Terms.of(Terms.Kind.PARTY, k))));
    }
    plan.lanes.sort(Comparator.comparingInt(Lane::rank));
    return plan;
  }

  /** The likeliest to be rare first. */
  List<Lane> lanes() {
    return lanes;
  }

  /** A condition on the row {@code e} of query_event; "true" where there is none. */
  String filter() {
    return filters.isEmpty() ? "true" : "(" + String.join(") and (", filters) + ")";
  }

  boolean filters() {
    return !filters.isEmpty();
  }

  Map<String, Object> parameters() {
    return parameters;
  }

  /** Whether the conditions decide, and no event has to be decoded to know. */
  boolean exact() {
    return exact;
  }

  @Nullable Instant from() {
    return from;
  }

  /** Exclusive; whole microseconds. */
  @Nullable Instant before() {
    return before;
  }

  @Nullable Instant recordedFrom() {
    return recordedFrom;
  }

  @Nullable Instant recordedBefore() {
    return recordedBefore;
  }

  private void add(Criterion criterion) {
    switch (criterion) {
      case Criterion.EventTypes(Set<String> types) -> kinds(types, null);
      case Criterion.Actions(Set<Action> actions) -> kinds(null, actions);
      case Criterion.Time time -> time(time);
      case Criterion.Words(var field, Set<String> uris) -> words(field, uris);
      case Criterion.Places(PlaceField field, Set<String> places, boolean descendants) ->
          column(
              Lane.PLACE, field == PlaceField.READ_POINT ? "read_point" : "biz_location", places);
      case Criterion.Documents(var type, Set<String> ids) -> documents(ids);
      case Criterion.Ends(var end, String type, Set<String> ids) -> {
        terms(Lane.PARTY, longs(ids, id -> Terms.of(Terms.Kind.PARTY, id)));
        exact = false;
      }
      case Criterion.Transformations(Set<String> ids) ->
          terms(Lane.TERM, longs(ids, id -> Terms.of(Terms.Kind.TRANSFORMATION, id)));
      case Criterion.Match(UnitField field, List<UnitPattern> patterns) -> match(field, patterns);
      case Criterion.EventIds(Set<String> ids) -> eventIds(ids);
      case Criterion.Declared() -> declared();
      case Criterion.Correctives(Set<String> ids) ->
          terms(Lane.TERM, longs(ids, id -> Terms.of(Terms.Kind.CORRECTIVE, id)));
      case Criterion.Sensors() -> sensors();
      case Criterion.SensorTexts(SensorField field, Set<String> values) ->
          terms(Lane.TERM, longs(values, value -> EventIndex.sensorText(field, value)));
      case Criterion.SensorTime time -> {
        sensors();
        exact = false;
      }
      case Criterion.SensorNumbers numbers -> {
        sensors();
        exact = false;
      }
      case Criterion.Field field -> within(field.scope());
      case Criterion.Exists field -> within(field.scope());
      case Criterion.Quantity quantity -> exact = false;
      case Criterion.Attribute attribute -> exact = false;
    }
  }

  /** Fields of these scopes stand in events of which the index knows that they have the scope. */
  private void within(Criterion.Scope scope) {
    exact = false;
    switch (scope) {
      case ERROR_DECLARATION -> declared();
      case SENSOR_ELEMENT, SENSOR_METADATA, SENSOR_REPORT -> sensors();
      case READ_POINT -> filters.add("e.read_point is not null");
      case BIZ_LOCATION -> filters.add("e.biz_location is not null");
      case EVENT, ILMD -> {
        // Any event can have them.
      }
    }
  }

  private void kinds(@Nullable Set<String> types, @Nullable Set<Action> actions) {
    Set<Short> kinds = new HashSet<>();
    for (EventType type : EventType.values()) {
      if (types == null || types.contains(type.term())) {
        if (actions == null) {
          kinds.add(EventIndex.kind(type, null));
        }
        for (Action action : actions == null ? Set.of(Action.values()) : actions) {
          kinds.add(EventIndex.kind(type, action));
        }
      }
    }
    Short[] values = kinds.toArray(Short[]::new);
    Arrays.sort(values);
    String name = name();
    filters.add("e.kind = any(:" + name + ")");
    parameters.put(name, values);
    lanes.add(
        new Lane(
            Lane.KIND,
            "select l.event_time, l.position from query_event l where l.kind = v.value",
            values,
            Map.of()));
  }

  private void time(Criterion.Time time) {
    Instant micros = time.moment().truncatedTo(ChronoUnit.MICROS);
    boolean whole = micros.equals(time.moment());
    // Rows hold whole microseconds, cut off: one more lets through what lies within the last.
    Instant end = whole ? micros : micros.plus(1, ChronoUnit.MICROS);
    switch (time.field()) {
      case EVENT_TIME -> {
        exact &= whole;
        if (time.from()) {
          from = later(from, micros);
          bound("e.event_time >= :", micros);
        } else {
          before = earlier(before, end);
          bound("e.event_time < :", end);
        }
      }
      case RECORD_TIME -> {
        if (time.from()) {
          recordedFrom = later(recordedFrom, whole ? micros : end);
        } else {
          recordedBefore = earlier(recordedBefore, end);
        }
      }
      case ERROR_DECLARATION_TIME -> {
        declared();
        exact = false;
      }
    }
  }

  private void bound(String condition, Instant moment) {
    String name = name();
    filters.add(condition + name);
    parameters.put(name, moment.atOffset(ZoneOffset.UTC));
  }

  private static Instant later(@Nullable Instant a, Instant b) {
    return a == null || a.isBefore(b) ? b : a;
  }

  private static Instant earlier(@Nullable Instant a, Instant b) {
    return a == null || a.isAfter(b) ? b : a;
  }

  private void words(Criterion.WordField field, Set<String> uris) {
    switch (field) {
      case BIZ_STEP -> column(Lane.WORD, "biz_step", uris);
      case DISPOSITION -> column(Lane.WORD, "disposition", uris);
      case PERSISTENT_DISPOSITION_SET ->
          terms(Lane.TERM, longs(uris, uri -> Terms.of(Terms.Kind.PERSISTENT_SET, uri)));
      case PERSISTENT_DISPOSITION_UNSET ->
          terms(Lane.TERM, longs(uris, uri -> Terms.of(Terms.Kind.PERSISTENT_UNSET, uri)));
      case ERROR_REASON ->
          terms(Lane.TERM, longs(uris, uri -> Terms.of(Terms.Kind.ERROR_REASON, uri)));
    }
  }

  private void column(int rank, String column, Set<String> uris) {
    Long[] values = longs(uris, Terms::value);
    String name = name();
    filters.add("e." + column + " = any(:" + name + ")");
    parameters.put(name, values);
    lanes.add(Lane.column(rank, column, values));
  }

  private void terms(int rank, Long[] terms) {
    String name = name();
    filters.add(
        """
        exists (select 1 from query_term t
          where t.term = any(:%s) and t.event_time = e.event_time and t.position = e.position
            and t.journal = e.journal)\
        """
            .formatted(name));
    parameters.put(name, terms);
    lanes.add(Lane.terms(rank, terms));
  }

  private void declared() {
    terms(Lane.TERM, new Long[] {Terms.of(Terms.Kind.DECLARED)});
  }

  private void sensors() {
    terms(Lane.TERM, new Long[] {Terms.of(Terms.Kind.SENSOR)});
  }

  private void documents(Set<String> ids) {
    Set<UUID> keys = keys(ids);
    add(units.citing(name(), keys));
    SqlCondition rows = units.rowsOfDocument();
    lanes.add(
        new Lane(Lane.UNIT, rows.sql(), keys.toArray(UUID[]::new), Map.copyOf(rows.parameters())));
    exact = false;
  }

  private void match(UnitField field, List<UnitPattern> patterns) {
    Set<UUID> keys = new HashSet<>();
    Set<Long> products = new HashSet<>();
    exact &= field == UnitField.ANY;
    for (UnitPattern pattern : patterns) {
      switch (pattern) {
        case UnitPattern.Exact(String canonical) -> keys.add(UnitKey.of(canonical).value());
        case UnitPattern.OfProduct(String gtin, String qualifier) -> {
          if (EventIndex.product(gtin + qualifier + "*") == null) {
            exact = false;
            return;
          }
          products.add(Terms.of(Terms.Kind.PRODUCT, gtin + qualifier));
          exact = false;
        }
        case UnitPattern.Shape shape -> {
          exact = false;
          return;
        }
      }
    }
    if (products.isEmpty()) {
      String name = name();
      add(units.naming(name, keys, field.roles()));
      SqlCondition rows = units.rowsOfUnit(name + "l", field.roles());
      lanes.add(new Lane(Lane.UNIT, rows.sql(), keys.toArray(UUID[]::new), rows.parameters()));
    } else if (keys.isEmpty()) {
      terms(Lane.TERM, products.toArray(Long[]::new));
    }
  }

  private void eventIds(Set<String> ids) {
    Long[] found = positions.apply(ids).toArray(Long[]::new);
    String name = name();
    filters.add("e.position = any(:" + name + ")");
    parameters.put(name, found);
    lanes.add(
        new Lane(
            Lane.UNIT,
            """
            select l.event_time, l.position from query_event l
            where l.journal = 1 and l.position = v.value\
            """,
            found,
            Map.of()));
  }

  private void add(SqlCondition condition) {
    filters.add(condition.sql());
    parameters.putAll(condition.parameters());
  }

  private String name() {
    return "q" + names++;
  }

  private static Set<UUID> keys(Set<String> uris) {
    Set<UUID> keys = new HashSet<>();
    uris.forEach(uri -> keys.add(UnitKey.of(uri).value()));
    return keys;
  }

  private static <T> Long[] longs(Collection<T> values, Function<T, Long> each) {
    return values.stream().map(each).distinct().toArray(Long[]::new);
  }
}
