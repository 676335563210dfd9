package org.yuanliu.platform.query;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.yuanliu.platform.binding.EpcisProblems;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Queries under a name. A name is its party's own: it is neither seen nor taken by others, since a
 * definition tells what its author looks for.
 */
@Component
public class NamedQueries {
  public static final String SIMPLE_EVENT_QUERY = "SimpleEventQuery";
  public static final String SIMPLE_MASTER_DATA_QUERY = "SimpleMasterDataQuery";

  /** The two queries that the standard has under these names. */
  static final Set<String> PREDEFINED = Set.of(SIMPLE_EVENT_QUERY, SIMPLE_MASTER_DATA_QUERY);

  /** Chars; stands in addresses. */
  static final int MAX_NAME = 128;

  /** Chars of a definition: some hundred parameters with their values. */
  static final int MAX_DEFINITION = 64 << 10;

  /** A segment of a path that no server on the way takes for something else. */
  private static final Pattern NAME = Pattern.compile("(?!\\.+$)[\\p{L}\\p{N}._~: -]{1,128}");

  private static final String COLUMNS = "select owner, name, body, extensions, created_at";

  private final JdbcClient jdbc;
  private final QueryReader reader;
  private final JsonMapper mapper;
  private final Clock clock;
  private final QuerySettings settings;
  private final ObjectProvider<NamedQueryRemoval> removals;

  NamedQueries(
      JdbcClient jdbc,
      QueryReader reader,
      JsonMapper mapper,
      Clock clock,
      QuerySettings settings,
      ObjectProvider<NamedQueryRemoval> removals) {
    this.jdbc = requireNonNull(jdbc, "jdbc is null");
    this.reader = requireNonNull(reader, "reader is null");
    this.mapper = requireNonNull(mapper, "mapper is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.settings = requireNonNull(settings, "settings is null");
    this.removals = requireNonNull(removals, "removals is null");
  }

  /**
   * Keeps a query under a name.
   *
   * @param owner canonical URI of the party
   * @param extensions the request's GS1-Extensions, which say what prefixes mean
   * @throws org.yuanliu.platform.problem.ProblemException 400 where it is no query, 409 where the
   *     name is taken or there are too many
   */
  @Transactional
  public NamedQuery create(
      String owner, String name, JsonNode definition, @Nullable String extensions) {
    if (!NAME.matcher(name).matches()) {
      throw EpcisProblems.parameter(
          "name",
          "应为 1 至 " + MAX_NAME + " 个字母、数字、空格或 . _ ~ : - 。",
          "has 1 to " + MAX_NAME + " letters, digits, spaces or . _ ~ : - .");
    }
    String body = mapper.writeValueAsString(definition);
    if (body.length() > MAX_DEFINITION) {
      throw EpcisProblems.parameter(
          "query",
          "不得超过 " + MAX_DEFINITION + " 字符。",
          "has at most " + MAX_DEFINITION + " characters.");
    }
    EventQuery query = reader.ofJson(definition, QueryReader.prefixes(extensions));
    int there =
        jdbc.sql("select count(*) from named_query where owner = :owner")
            .param("owner", owner)
            .query(Integer.class)
            .single();
    if (there >= settings.namedQueries()) {
      throw EpcisProblems.queryTooComplex(
          "命名查询最多 " + settings.namedQueries() + " 个。",
          "there are at most " + settings.namedQueries() + " named queries.");
    }
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    if (PREDEFINED.contains(name) || !insert(owner, name, body, extensions, now)) {
      throw EpcisProblems.exists("已有同名查询。", "There is a query of this name.");
    }
    return new NamedQuery(owner, name, definition, query, now);
  }

  private boolean insert(
      String owner, String name, String body, @Nullable String extensions, Instant now) {
    try {
      return jdbc.sql(
                  """
                  insert into named_query (owner, name, body, extensions, created_at)
                  values (:owner, :name, :body, :extensions, :now)
                  on conflict do nothing\
                  """)
              .param("owner", owner)
              .param("name", name)
              .param("body", body)
              .param("extensions", extensions == null ? "" : extensions)
              .param("now", now.atOffset(ZoneOffset.UTC))
              .update()
          == 1;
    } catch (DuplicateKeyException e) {
      return false;
    }
  }

  /**
   * @param owner canonical URI of the party
   */
  public Optional<NamedQuery> find(String owner, String name) {
    return jdbc.sql(COLUMNS + " from named_query where owner = :owner and name = :name")
        .param("owner", owner)
        .param("name", name)
        .query(
            (row, index) ->
                read(
                    row.getString(1),
                    row.getString(2),
                    row.getString(3),
                    row.getString(4),
                    row.getObject(5, OffsetDateTime.class).toInstant()))
        .optional();
  }

  /** A party's queries in order of name. */
  public List<NamedQuery> list(String owner, String after, int limit) {
    return jdbc.sql(
            COLUMNS
                + """
                 from named_query where owner = :owner and name collate "C" > :after
                order by name collate "C" limit :limit\
                """)
        .param("owner", owner)
        .param("after", after)
        .param("limit", limit)
        .query(
            (row, index) ->
                read(
                    row.getString(1),
                    row.getString(2),
                    row.getString(3),
                    row.getString(4),
                    row.getObject(5, OffsetDateTime.class).toInstant()))
        .list();
  }

  /**
   * Removes a query and whatever hangs on it.
   *
   * @return false where there was none
   */
  @Transactional
  public boolean remove(String owner, String name) {
    int removed =
        jdbc.sql("delete from named_query where owner = :owner and name = :name")
            .param("owner", owner)
            .param("name", name)
            .update();
    if (removed == 0) {
      return false;
    }
    removals.orderedStream().forEach(removal -> removal.removed(owner, name));
    return true;
  }

  private NamedQuery read(
      String owner, String name, String body, String extensions, Instant createdAt) {
    JsonNode definition = mapper.readTree(body);
    EventQuery query = reader.ofJson(definition, QueryReader.prefixes(extensions));
    return new NamedQuery(owner, name, definition, query, createdAt);
  }
}
