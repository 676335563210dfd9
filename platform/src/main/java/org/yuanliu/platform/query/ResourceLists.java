package org.yuanliu.platform.query;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.yuanliu.codes.UnitKey;
import org.yuanliu.epcis.EpcisEvent;
import org.yuanliu.epcis.UnitRole;
import org.yuanliu.platform.access.Disclosure;
import org.yuanliu.platform.access.SqlCondition;
import org.yuanliu.platform.access.Viewer;
import org.yuanliu.platform.journal.Entry;
import org.yuanliu.platform.journal.EventSubject;
import org.yuanliu.platform.journal.Journal;
import org.yuanliu.platform.trace.UnitNaming;

/**
 * What there is of steps, places and units in the events that a viewer may see: a value that stands
 * in others' events alone is not there.
 */
@Component
final class ResourceLists {
  /**
   * Events looked at for one page of units; where these name none that is new, the page is short.
   */
  static final int MAX_EVENTS = 1_000;

  private static final int READ_EVENTS = 32;

  private final JdbcClient jdbc;
  private final Disclosure disclosure;
  private final EventSearch search;
  private final UnitNaming units;
  private final Journal journal;

  ResourceLists(
      JdbcClient jdbc,
      Disclosure disclosure,
      EventSearch search,
      UnitNaming units,
      Journal journal) {
    this.jdbc = requireNonNull(jdbc, "jdbc is null");
    this.disclosure = requireNonNull(disclosure, "disclosure is null");
    this.search = requireNonNull(search, "search is null");
    this.units = requireNonNull(units, "units is null");
    this.journal = requireNonNull(journal, "journal is null");
  }

  /** Values in the order of their canonical URIs. */
  List<String> words(SeenWords.Field field, Viewer viewer, String after, int limit) {
    SqlCondition visible = disclosure.condition(viewer);
    return jdbc.sql(
            """
            select w.uri from query_word w
            where w.field = :field and w.uri collate "C" > :after
              and exists (select 1 from query_seen e
                          where e.field = w.field and e.value = w.value and (%s))
            order by w.uri collate "C" limit :limit\
            """
                .formatted(visible.sql()))
        .params(visible.parameters())
        .param("field", field.code())
        .param("after", after)
        .param("limit", limit)
        .query((row, index) -> row.getString(1))
        .list();
  }

  boolean has(SeenWords.Field field, Viewer viewer, String uri) {
    SqlCondition visible = disclosure.condition(viewer);
    return jdbc.sql(
            """
            select exists (select 1 from query_seen e
              where e.field = :field and e.value = :value and (%s))\
            """
                .formatted(visible.sql()))
        .params(visible.parameters())
        .param("field", field.code())
        .param("value", Terms.value(uri))
        .query(Boolean.class)
        .single();
  }

  /**
   * Where a page of units begins or ends: units come in the order in which the journal first names
   * them.
   *
   * @param below positions from here on are not looked at
   * @param position of the event to go on with
   * @param shown units of that event that were looked at already
   */
  record Place(long below, long position, int shown) {}

  /**
   * @param next null at the end
   */
  record Units(List<String> written, @Nullable Place next) {}

  Units epcs(Viewer viewer, @Nullable Place from, int limit) {
    Place at = from == null ? new Place(journal.head().size(), 0, 0) : from;
    EventQuery all = new EventQuery(List.of(), EventOrder.ANY, null, null, null, "epcs");
    Map<String, String> found = new LinkedHashMap<>();
    int looked = 0;
    while (at.position() < at.below() && looked < MAX_EVENTS) {
      EventQueries.Batch batch =
          search.inOrderOfRecord(
              all, viewer, at.position(), at.below(), READ_EVENTS, Long.MAX_VALUE);
      for (Entry entry : batch.entries()) {
        looked++;
        long position = entry.ref().position();
        int skip = position == at.position() ? at.shown() : 0;
        int taken = take(entry, skip, viewer, limit, found);
        if (found.size() == limit) {
          return new Units(List.copyOf(found.values()), new Place(at.below(), position, taken));
        }
      }
      at = new Place(at.below(), batch.next(), 0);
    }
    return new Units(List.copyOf(found.values()), at.position() < at.below() ? at : null);
  }

  /**
   * Adds units that no earlier event names.
   *
   * @return how many of the event's units were looked at
   */
  private int take(Entry entry, int skip, Viewer viewer, int limit, Map<String, String> found) {
    if (!(entry.draft().subject() instanceof EventSubject(EpcisEvent event))) {
      return 0;
    }
    Map<String, String> named = new LinkedHashMap<>();
    EventFields fields = new EventFields(event);
    for (String member : UnitField.ANY_EPC.members()) {
      fields.eachUnit(member, written -> named.putIfAbsent(fields.canonical(written), written));
    }
    List<String> canonical = new ArrayList<>(named.keySet());
    int at = skip;
    while (at < canonical.size() && found.size() < limit) {
      List<String> some = canonical.subList(at, Math.min(at + limit, canonical.size()));
      Set<UUID> earlier = namedBefore(some, entry.ref().position(), viewer);
      for (String unit : some) {
        if (found.size() == limit) {
          break;
        }
        at++;
        if (!earlier.contains(UnitKey.of(unit).value())) {
          found.putIfAbsent(unit, requireNonNull(named.get(unit)));
        }
      }
    }
    return at;
  }

  private Set<UUID> namedBefore(List<String> canonical, long position, Viewer viewer) {
    SqlCondition visible = disclosure.condition(viewer);
    SqlCondition rows = units.rowsOfUnit("named", Set.of(UnitRole.values()));
    Map<String, Object> parameters = new HashMap<>(visible.parameters());
    parameters.putAll(rows.parameters());
    parameters.put(
        "units", canonical.stream().map(unit -> UnitKey.of(unit).value()).toArray(UUID[]::new));
    parameters.put("position", position);
    return Set.copyOf(
        jdbc.sql(
                """
                select v.value from unnest(:units) as v (value)
                where exists (
                  select 1 from (%s and l.position < :position) r
                  join query_event e on e.journal = 1 and e.position = r.position
                  where (%s))\
                """
                    .formatted(rows.sql(), visible.sql()))
            .params(parameters)
            .query((row, index) -> row.getObject(1, UUID.class))
            .list());
  }
}
