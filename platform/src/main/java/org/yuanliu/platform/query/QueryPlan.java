package org.yuanliu.platform.query;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.yuanliu.codes.UnitKey;
import org.yuanliu.platform.access.Agreed;
import org.yuanliu.platform.access.SqlCondition;
import org.yuanliu.platform.access.Viewer;
import org.yuanliu.platform.query.Criterion.PlaceField;
import org.yuanliu.platform.trace.UnitNaming;

/**
 * What the index can do for a query: terms that every result has, lanes that can lead the search,
 * conditions in SQL, bounds of time. None of them leaves out an event that meets the query; where
 * they let others through, {@link #exact} is false and the event itself decides.
 */
final class QueryPlan {
  /** From so many alternatives on a hash is quicker than comparing each with each. */
  private static final int MANY = 8;

  private final List<Lane> lanes = new ArrayList<>();
  private final List<Long[]> clauses = new ArrayList<>();
  private final List<String> filters = new ArrayList<>();
  private final Map<String, Object> parameters = new HashMap<>();
  private final UnitNaming units;
  private final Function<Set<String>, List<Long>> positions;
  private boolean exact = true;

  /** Whether the viewer may see events without what is secret in them, which the index knows. */
  private boolean partial;

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
    plan.partial = viewer instanceof Viewer.Enterprise;
    criteria.forEach(plan::add);
    if (!visible.sql().equals("true")) {
      plan.filters.add(visible.sql());
      plan.parameters.putAll(visible.parameters());
    }
    plan.audience(viewer);
    return plan;
  }

  /** Terms for what the viewer may see: the policy's condition decides, these find. */
  private void audience(Viewer viewer) {
    switch (viewer) {
      case Viewer.Enterprise(String party, Set<UUID> keys, Set<Agreed> agreed) ->
          clauses.add(terms(keys, agreed));
      case Viewer.Regulator(String party, String prefix, Set<String> industries) -> {
        for (int length : Terms.DIVISION_LENGTHS) {
          if (prefix.length() >= length) {
            clauses.add(new Long[] {Terms.of(Terms.Kind.DIVISION, prefix.substring(0, length))});
            break;
          }
        }
        if (!industries.isEmpty()) {
          clauses.add(longs(industries, id -> Terms.of(Terms.Kind.INDUSTRY, id)));
        }
      }
      case Viewer.Consumer nobody -> clauses.add(new Long[0]);
      case Viewer.PublicPage all -> {
        // Sees everything.
      }
      case Viewer.Operator all -> {
        // Sees everything.
      }
    }
  }

  /** Every record that a firm may see names it, or lies in a data set that was agreed with it. */
  private static Long[] terms(Set<UUID> keys, Set<Agreed> agreed) {
    List<Long> terms = new ArrayList<>();
    keys.forEach(key -> terms.add(Terms.of(Terms.Kind.PARTY, key)));
    for (Agreed one : agreed) {
      if (one.divisionPrefix().isEmpty()) {
        one.industries().forEach(id -> terms.add(Terms.of(Terms.Kind.INDUSTRY, id)));
      } else {
        terms.add(Terms.of(Terms.Kind.DIVISION, one.divisionPrefix()));
      }
    }
    return terms.toArray(Long[]::new);
  }

  List<Lane> lanes() {
    return lanes;
  }

  /** Every result has one term at least of each. */
  List<Long[]> clauses() {
    return clauses;
  }

  /** A condition on the row {@code e} of query_event; "true" where there is none. */
  String filter() {
    return filters.isEmpty() ? "true" : "(" + String.join(") and (", filters) + ")";
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
      case Criterion.EventTypes(Set<String> types) -> words(Terms.Kind.TYPE, types);
      case Criterion.Actions(var actions) ->
          terms(longs(actions, action -> Terms.of(Terms.Kind.ACTION, action.name())));
      case Criterion.Time time -> time(time);
      case Criterion.Words(var field, Set<String> uris) -> words(kind(field), uris);
      case Criterion.Places(PlaceField field, Set<String> places, boolean descendants) ->
          words(
              field == PlaceField.READ_POINT ? Terms.Kind.READ_POINT : Terms.Kind.BIZ_LOCATION,
              places);
      case Criterion.Documents(var type, Set<String> ids) -> {
        terms(longs(ids, id -> Terms.of(Terms.Kind.DOCUMENT, type, id)));
        exact &= !partial;
      }
      case Criterion.Ends(var end, String type, Set<String> ids) -> {
        Terms.Kind kind =
            end == Criterion.EndField.SOURCE ? Terms.Kind.SOURCE : Terms.Kind.DESTINATION;
        filter(longs(ids, id -> Terms.of(kind, type, id)));
        clauses.add(longs(ids, id -> Terms.of(Terms.Kind.PARTY, id)));
        exact &= !partial;
      }
      case Criterion.Transformations(Set<String> ids) -> words(Terms.Kind.TRANSFORMATION, ids);
      case Criterion.Match(UnitField field, List<UnitPattern> patterns) -> match(field, patterns);
      case Criterion.EventIds(Set<String> ids) -> eventIds(ids);
      case Criterion.Declared() -> declared();
      case Criterion.Correctives(Set<String> ids) -> words(Terms.Kind.CORRECTIVE, ids);
      case Criterion.Sensors() -> {
        sensors();
        exact &= !partial;
      }
      case Criterion.SensorTexts(SensorField field, Set<String> values) -> {
        terms(longs(values, value -> TermsOfEvent.sensorText(field, value)));
        exact &= !partial;
      }
      case Criterion.SensorTime time -> {
        sensors();
        exact = false;
      }
      case Criterion.SensorNumbers(SensorNumber field, Comparison comparison, var uom) -> {
        words(
            Terms.Kind.SENSOR_NUMBER,
            Magnitude.wanted(field.member(), comparison, uom, field.absolute()));
        exact = false;
      }
      case Criterion.Field field -> within(field.scope());
      case Criterion.Exists field -> within(field.scope());
      case Criterion.Quantity(Comparison comparison, var uom) -> {
        words(Terms.Kind.QUANTITY, Magnitude.wanted("", comparison, uom, true));
        exact = false;
      }
      case Criterion.Attribute attribute -> exact = false;
    }
  }

  /** Fields of these scopes stand in events of which the index knows that they have the scope. */
  private void within(Criterion.Scope scope) {
    exact = false;
    switch (scope) {
      case ERROR_DECLARATION -> declared();
      case SENSOR_ELEMENT, SENSOR_METADATA, SENSOR_REPORT -> sensors();
      case EVENT, ILMD, READ_POINT, BIZ_LOCATION -> {
        // Any event can have them.
      }
    }
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

  private static Terms.Kind kind(Criterion.WordField field) {
    return switch (field) {
      case BIZ_STEP -> Terms.Kind.BIZ_STEP;
      case DISPOSITION -> Terms.Kind.DISPOSITION;
      case PERSISTENT_DISPOSITION_SET -> Terms.Kind.PERSISTENT_SET;
      case PERSISTENT_DISPOSITION_UNSET -> Terms.Kind.PERSISTENT_UNSET;
      case ERROR_REASON -> Terms.Kind.ERROR_REASON;
    };
  }

  private void words(Terms.Kind kind, Set<String> values) {
    terms(longs(values, value -> Terms.of(kind, value)));
  }

  private void terms(Long[] terms) {
    filter(terms);
    clauses.add(terms);
  }

  private void filter(Long[] terms) {
    String name = name();
    filters.add(
        terms.length <= MANY
            ? "e.terms && :" + name
            : "exists (select from unnest(e.terms) t where t = any(:" + name + "))");
    parameters.put(name, terms);
  }

  private void declared() {
    terms(new Long[] {Terms.of(Terms.Kind.DECLARED)});
  }

  private void sensors() {
    terms(new Long[] {Terms.of(Terms.Kind.SENSOR)});
  }

  private void match(UnitField field, List<UnitPattern> patterns) {
    Set<UUID> keys = new HashSet<>();
    Set<Long> products = new HashSet<>();
    exact &= field == UnitField.ANY;
    for (UnitPattern pattern : patterns) {
      switch (pattern) {
        case UnitPattern.Exact(String canonical) -> keys.add(UnitKey.of(canonical).value());
        case UnitPattern.OfProduct(String gtin, String qualifier) -> {
          if (TermsOfEvent.product(gtin + qualifier + "*") == null) {
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
      lanes.add(new Lane(rows.sql(), keys.toArray(UUID[]::new), rows.parameters()));
    } else if (keys.isEmpty()) {
      terms(products.toArray(Long[]::new));
    }
  }

  private void eventIds(Set<String> ids) {
    Long[] found = positions.apply(ids).toArray(Long[]::new);
    String name = name();
    filters.add("e.position = any(:" + name + ")");
    parameters.put(name, found);
    lanes.add(
        new Lane(
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

  private static <T> Long[] longs(Collection<T> values, Function<T, Long> each) {
    return values.stream().map(each).distinct().toArray(Long[]::new);
  }
}
