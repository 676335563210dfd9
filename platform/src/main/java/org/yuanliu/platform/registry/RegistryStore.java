package org.yuanliu.platform.registry;

import static java.util.Objects.requireNonNull;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads the registry's tables. */
@Component
class RegistryStore {
  /** Merges of merges: more than any register clerk does; a bound for a loop, not for people. */
  private static final int MAX_MERGE_DEPTH = 32;

  private static final Comparator<Revised<TraceDocument>> BY_WEIGHT =
      Comparator.<Revised<TraceDocument>, Boolean>comparing(s -> s.value().verifiedBy() == null)
          .thenComparing(s -> !s.registrant().equals(s.value().issuer()));

  private final JdbcClient jdbc;

  RegistryStore(JdbcClient jdbc) {
    this.jdbc = requireNonNull(jdbc, "jdbc is null");
  }

  /** A party's own row, merged or not. */
  record PartyRow(Party party, int revision, String registrant, @Nullable String mergedInto) {}

  record Revised<T>(T value, int revision, String registrant) {}

  /**
   * @param revokedFrom the moment from which it holds no longer; null while none is set
   * @param waitsFor whose word it lacks; null where it is in force
   */
  record MandateRow(
      Mandate mandate, @Nullable Instant revokedFrom, Mandate.@Nullable Side waitsFor) {}

  record MergeRow(UUID id, String kept, String merged, boolean undone) {}

  long version() {
    return jdbc.sql("select version from registry_state where id = 1").query(Long.class).single();
  }

  /** Each party by the code asked for, merges followed. */
  Map<String, Party> parties(Collection<String> codes) {
    Map<String, String> idByCode = new HashMap<>();
    jdbc.sql("select code, party from party_code where code = any(:codes)")
        .param("codes", strings(codes))
        .query(
            row -> {
              idByCode.put(row.getString(1), row.getString(2));
            });
    if (idByCode.isEmpty()) {
      return Map.of();
    }
    Map<String, PartyRow> rows = new LinkedHashMap<>(rows(idByCode.values()));
    climb(rows);
    descend(rows);
    Map<String, Party> result = new HashMap<>();
    idByCode.forEach(
        (code, id) -> {
          String root = root(rows, id);
          result.put(code, merged(rows, root));
        });
    return result;
  }

  /** The id of the party that each key of a code leads to, merges followed. */
  Map<UUID, String> partyIds(Collection<UUID> keys) {
    Map<UUID, String> ids = new HashMap<>();
    Set<String> merged = new HashSet<>();
    jdbc.sql(
            """
            select c.key, c.party, p.merged_into is not null
            from party_code c join party p on p.id = c.party
            where c.key = any(:keys)
            """)
        .param("keys", keys.toArray(UUID[]::new))
        .query(
            row -> {
              ids.put(row.getObject(1, UUID.class), row.getString(2));
              if (row.getBoolean(3)) {
                merged.add(row.getString(2));
              }
            });
    if (!merged.isEmpty()) {
      Map<String, PartyRow> rows = new LinkedHashMap<>(rows(merged));
      climb(rows);
      ids.replaceAll((key, id) -> root(rows, id));
    }
    return ids;
  }

  /** Adds the parties that keep. */
  private void climb(Map<String, PartyRow> rows) {
    for (int depth = 0; depth < MAX_MERGE_DEPTH; depth++) {
      Set<String> above = new HashSet<>();
      for (PartyRow row : rows.values()) {
        if (row.mergedInto() != null && !rows.containsKey(row.mergedInto())) {
          above.add(row.mergedInto());
        }
      }
      if (above.isEmpty()) {
        return;
      }
      rows.putAll(rows(above));
    }
  }

  /** Adds the parties that were merged into these. */
  private void descend(Map<String, PartyRow> rows) {
    Collection<String> frontier = List.copyOf(rows.keySet());
    for (int depth = 0; depth < MAX_MERGE_DEPTH && !frontier.isEmpty(); depth++) {
      Map<String, PartyRow> below = new LinkedHashMap<>();
      jdbc.sql(
              """
              select id, body, revision, registrant, merged_into from party
              where merged_into = any(:ids) order by id
              """)
          .param("ids", strings(frontier))
          .query(
              row -> {
                below.put(row.getString("id"), partyRow(row));
              });
      frontier = below.keySet().stream().filter(id -> !rows.containsKey(id)).toList();
      rows.putAll(below);
    }
  }

  private static String root(Map<String, PartyRow> rows, String id) {
    String root = id;
    for (int depth = 0; depth < MAX_MERGE_DEPTH; depth++) {
      PartyRow row = rows.get(root);
      if (row == null || row.mergedInto() == null) {
        return root;
      }
      root = row.mergedInto();
    }
    return root;
  }

  /** The party that keeps, with the codes, licences and stalls of those merged into it. */
  private static Party merged(Map<String, PartyRow> rows, String root) {
    Party kept = requireNonNull(rows.get(root), "root is missing").party();
    Set<String> codes = new LinkedHashSet<>(kept.codes());
    Set<Party.Licence> licences = new LinkedHashSet<>(kept.licences());
    Set<Party.Stall> stalls = new LinkedHashSet<>(kept.stalls());
    rows.forEach(
        (id, row) -> {
          if (!id.equals(root) && root(rows, id).equals(root)) {
            codes.addAll(row.party().codes());
            licences.addAll(row.party().licences());
            stalls.addAll(row.party().stalls());
          }
        });
    return new Party(
        kept.id(),
        List.copyOf(codes),
        kept.kind(),
        kept.names(),
        kept.division(),
        kept.address(),
        kept.industry(),
        List.copyOf(licences),
        List.copyOf(stalls));
  }

  Optional<PartyRow> partyRow(String id) {
    return Optional.ofNullable(rows(List.of(id)).get(id));
  }

  Optional<String> partyIdOfCode(String code) {
    return jdbc.sql("select party from party_code where code = :code")
        .param("code", code)
        .query(String.class)
        .optional();
  }

  Optional<String> partyByIdentity(String index) {
    return jdbc.sql("select party from party_identity where identity_index = :index")
        .param("index", index)
        .query(String.class)
        .optional();
  }

  int lastSerial(String node) {
    return jdbc.sql("select last_serial from operator_serial where node = :node")
        .param("node", node)
        .query(Integer.class)
        .optional()
        .orElse(0);
  }

  /** Ids of parties, in order, after one of them. Merged ones are left out. */
  List<String> partyIds(String divisionPrefix, @Nullable String market, String after, int limit) {
    return jdbc.sql(
            """
            select p.id from party p
            where p.merged_into is null and p.id > :after
              and (:prefix = '' or p.division like :prefix || '%')
              and (cast(:market as text) is null or exists (
                select 1 from party_stall s where s.party = p.id and s.market = :market))
            order by p.id limit :limit
            """)
        .param("after", after)
        .param("prefix", divisionPrefix)
        .param("market", market)
        .param("limit", limit)
        .query((row, number) -> row.getString(1))
        .list();
  }

  Map<String, Revised<Place>> places(Collection<String> ids) {
    return revised("place", "id", Place.class, ids);
  }

  Map<String, Revised<Product>> products(Collection<String> codes) {
    return revised("product", "code", Product.class, codes);
  }

  /** What each document says: of several statements the one that counts. */
  Map<String, TraceDocument> documents(Collection<String> ids) {
    Map<String, TraceDocument> result = new HashMap<>();
    statements(ids).forEach((id, statements) -> result.put(id, statements.getFirst().value()));
    return result;
  }

  /**
   * What parties state of each document, what counts most first: what an authority verified, then
   * the issuer's own word, then who stated it first.
   */
  Map<String, List<Revised<TraceDocument>>> statements(Collection<String> ids) {
    Map<String, List<Revised<TraceDocument>>> result = new HashMap<>();
    jdbc.sql(
            """
            select id, body, revision, registrant from document where id = any(:ids)
            order by id, since, registrant
            """)
        .param("ids", strings(ids))
        .query(
            row -> {
              result
                  .computeIfAbsent(row.getString(1), id -> new ArrayList<>())
                  .add(
                      new Revised<>(
                          RegistryJson.MAPPER.readValue(row.getString(2), TraceDocument.class),
                          row.getInt(3),
                          row.getString(4)));
            });
    result.values().forEach(statements -> statements.sort(BY_WEIGHT)); // stable
    return result;
  }

  Map<String, List<MandateRow>> mandatesOf(Collection<String> principals) {
    Map<String, List<MandateRow>> result = new HashMap<>();
    jdbc.sql(
            "select body, revoked_from, waits_for from mandate where principal = any(:principals)"
                + " order by id")
        .param("principals", strings(principals))
        .query(
            row -> {
              MandateRow mandate = mandateRow(row, 0);
              result
                  .computeIfAbsent(mandate.mandate().principal(), p -> new ArrayList<>())
                  .add(mandate);
            });
    return result;
  }

  List<MandateRow> mandatesNaming(Collection<String> codes, String after, int limit) {
    return jdbc.sql(
            """
            select body, revoked_from, waits_for from mandate
            where (principal = any(:codes) or reporter = any(:codes)) and id > :after
            order by id limit :limit
            """)
        .param("codes", strings(codes))
        .param("after", after)
        .param("limit", limit)
        .query(RegistryStore::mandateRow)
        .list();
  }

  Optional<MandateRow> mandate(String id) {
    return jdbc.sql("select body, revoked_from, waits_for from mandate where id = :id")
        .param("id", id)
        .query(RegistryStore::mandateRow)
        .optional();
  }

  Optional<MergeRow> merge(UUID id) {
    return jdbc.sql("select id, kept, merged, undone from party_merge where id = :id")
        .param("id", id)
        .query(
            (row, number) ->
                new MergeRow(
                    row.getObject(1, UUID.class),
                    row.getString(2),
                    row.getString(3),
                    row.getBoolean(4)))
        .optional();
  }

  boolean anyEquivalence() {
    return jdbc.sql("select exists (select 1 from equivalence)").query(Boolean.class).single();
  }

  boolean equivalent(UUID unit, UUID other) {
    return jdbc.sql(
            "select exists (select 1 from equivalence where unit = :unit and other = :other)")
        .param("unit", unit)
        .param("other", other)
        .query(Boolean.class)
        .single();
  }

  /** Neighbours of each unit, one step. */
  Map<UUID, Set<UUID>> neighbours(Collection<UUID> units) {
    Map<UUID, Set<UUID>> result = new HashMap<>();
    jdbc.sql("select unit, other from equivalence where unit = any(:units)")
        .param("units", units.toArray(UUID[]::new))
        .query(
            row -> {
              result
                  .computeIfAbsent(row.getObject(1, UUID.class), unit -> new HashSet<>())
                  .add(row.getObject(2, UUID.class));
            });
    return result;
  }

  List<String> codesOf(Collection<UUID> units) {
    return jdbc.sql(
            "select distinct unit_code from equivalence where unit = any(:units) order by"
                + " unit_code")
        .param("units", units.toArray(UUID[]::new))
        .query((row, number) -> row.getString(1))
        .list();
  }

  private Map<String, PartyRow> rows(Collection<String> ids) {
    Map<String, PartyRow> rows = new LinkedHashMap<>();
    jdbc.sql(
            """
            select id, body, revision, registrant, merged_into from party
            where id = any(:ids) order by id
            """)
        .param("ids", strings(ids))
        .query(
            row -> {
              rows.put(row.getString("id"), partyRow(row));
            });
    return rows;
  }

  private <T> Map<String, Revised<T>> revised(
      String table, String idColumn, Class<T> type, Collection<String> ids) {
    Map<String, Revised<T>> result = new HashMap<>();
    jdbc.sql(
            "select %s, body, revision, registrant from %s where %s = any(:ids)"
                .formatted(idColumn, table, idColumn))
        .param("ids", strings(ids))
        .query(
            row -> {
              result.put(
                  row.getString(1),
                  new Revised<>(
                      RegistryJson.MAPPER.readValue(row.getString(2), type),
                      row.getInt(3),
                      row.getString(4)));
            });
    return result;
  }

  private static PartyRow partyRow(ResultSet row) throws SQLException {
    return new PartyRow(
        RegistryJson.MAPPER.readValue(row.getString("body"), Party.class),
        row.getInt("revision"),
        row.getString("registrant"),
        row.getString("merged_into"));
  }

  private static MandateRow mandateRow(ResultSet row, int number) throws SQLException {
    OffsetDateTime revokedFrom = row.getObject("revoked_from", OffsetDateTime.class);
    return new MandateRow(
        RegistryJson.MAPPER.readValue(row.getString("body"), Mandate.class),
        revokedFrom == null ? null : revokedFrom.toInstant(),
        row.getString("waits_for") == null
            ? null
            : Mandate.Side.valueOf(row.getString("waits_for")));
  }

  private static String[] strings(Collection<String> values) {
    return values.toArray(String[]::new);
  }
}
