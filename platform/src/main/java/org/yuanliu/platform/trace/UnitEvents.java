package org.yuanliu.platform.trace;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.yuanliu.platform.access.Disclosure;
import org.yuanliu.platform.access.EntryFacts;
import org.yuanliu.platform.access.Viewer;
import org.yuanliu.platform.journal.Entry;
import org.yuanliu.platform.journal.EntryRef;
import org.yuanliu.platform.journal.Journal;
import org.yuanliu.platform.registry.Registry;

/**
 * Every event that names a unit, newest first, error declarations and what they take back included.
 */
@Component
public final class UnitEvents {
  public static final int MAX_LIMIT = 1_000;
  public static final int DEFAULT_LIMIT = 50;

  private static final String PAGE =
      """
      select u.event_time, u.journal, u.position, e.reporter, e.principal, e.named, e.division,
        e.industry
      from unit_event u
      join trace_event e on e.journal = u.journal and e.position = u.position
      where u.unit = any (:units)
        and (u.event_time, u.journal, u.position) < (:time, :journal, :position)
      group by u.event_time, u.journal, u.position, e.reporter, e.principal, e.named, e.division,
        e.industry
      order by u.event_time desc, u.journal desc, u.position desc
      limit :limit\
      """;

  /** After every event that PostgreSQL can hold here. */
  private static final Instant END = Instant.parse("9999-12-31T00:00:00Z");

  private final JdbcClient jdbc;
  private final Journal journal;
  private final Registry registry;
  private final Disclosure disclosure;

  UnitEvents(JdbcClient jdbc, Journal journal, Registry registry, Disclosure disclosure) {
    this.jdbc = requireNonNull(jdbc, "jdbc is null");
    this.journal = requireNonNull(journal, "journal is null");
    this.registry = requireNonNull(registry, "registry is null");
    this.disclosure = requireNonNull(disclosure, "disclosure is null");
  }

  /**
   * @param next token for the following page; null at the end
   */
  public record EventPage(List<Entry> entries, @Nullable String next) {}

  /**
   * @param unit canonical URI
   * @param limit events, 1 to {@link #MAX_LIMIT}
   * @param next token of the page before; null to begin
   * @throws IllegalArgumentException the token is none, or the limit out of range
   */
  public EventPage page(String unit, Viewer viewer, int limit, @Nullable String next) {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new IllegalArgumentException("limit out of range: " + limit);
    }
    UUID key = UnitIndex.key(unit);
    Set<UUID> units = new HashSet<>(registry.equivalents(Set.of(key)).getOrDefault(key, Set.of()));
    units.add(key);
    Cursor cursor =
        next == null ? new Cursor(END, Integer.MAX_VALUE, Long.MAX_VALUE) : Cursor.decode(next);
    List<Cursor> found = new ArrayList<>();
    // One more than asked for tells whether there is a next page; what may not be seen is passed
    // over.
    boolean more = true;
    while (more && found.size() <= limit) {
      List<Row> rows = rows(units, cursor, limit + 1);
      more = rows.size() > limit;
      for (Row row : rows) {
        cursor = row.cursor;
        if (disclosure.mayRead(viewer, row.facts)) {
          found.add(row.cursor);
        }
      }
    }
    List<Cursor> page = found.subList(0, Math.min(limit, found.size()));
    List<Entry> entries =
        page.isEmpty()
            ? List.of()
            : journal.readAll(refs(page)).stream()
                .map(entry -> disclosure.shown(viewer, entry))
                .toList();
    return new EventPage(entries, found.size() > limit ? page.getLast().encode() : null);
  }

  private static List<EntryRef> refs(List<Cursor> page) {
    return page.stream().map(at -> new EntryRef(at.journal, at.position)).toList();
  }

  private List<Row> rows(Set<UUID> units, Cursor after, int limit) {
    return jdbc.sql(PAGE)
        .param("units", units.toArray(UUID[]::new))
        .param("time", after.time.atOffset(ZoneOffset.UTC))
        .param("journal", after.journal)
        .param("position", after.position)
        .param("limit", limit)
        .query(
            (row, number) ->
                new Row(
                    new Cursor(
                        row.getObject("event_time", OffsetDateTime.class).toInstant(),
                        row.getInt("journal"),
                        row.getLong("position")),
                    new EntryFacts(
                        row.getObject("reporter", UUID.class),
                        row.getObject("principal", UUID.class),
                        Set.of((UUID[]) row.getArray("named").getArray()),
                        row.getString("division"),
                        row.getString("industry"))))
        .list();
  }

  private record Row(Cursor cursor, EntryFacts facts) {}

  private record Cursor(Instant time, int journal, long position) {
    private static final int BYTES = Long.BYTES + Integer.BYTES + Integer.BYTES + Long.BYTES;

    String encode() {
      ByteBuffer bytes =
          ByteBuffer.allocate(BYTES)
              .putLong(time.getEpochSecond())
              .putInt(time.getNano())
              .putInt(journal)
              .putLong(position);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    static Cursor decode(String text) {
      byte[] bytes = Base64.getUrlDecoder().decode(text);
      if (bytes.length != BYTES) {
        throw new IllegalArgumentException("not a token");
      }
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      long second = buffer.getLong();
      int nano = buffer.getInt();
      if (Math.abs(second) > END.getEpochSecond() || nano < 0 || nano > 999_999_999) {
        throw new IllegalArgumentException("not a token");
      }
      return new Cursor(Instant.ofEpochSecond(second, nano), buffer.getInt(), buffer.getLong());
    }
  }
}
