package org.yuanliu.platform.registry;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** {@link Directory} over the registry's view. */
@Component
class PlaceDirectory implements Directory {
  private final JdbcClient jdbc;

  PlaceDirectory(JdbcClient jdbc) {
    this.jdbc = requireNonNull(jdbc, "jdbc is null");
  }

  @Override
  public List<Place> placesOf(Collection<String> codes, int limit) {
    return jdbc.sql("select body from place where party = any(:codes) order by id limit :limit")
        .param("codes", codes.toArray(String[]::new))
        .param("limit", limit)
        .query((row, number) -> RegistryJson.MAPPER.readValue(row.getString(1), Place.class))
        .list();
  }

  @Override
  public List<String> atPlaces(
      Set<String> nodeTypes, String divisionPrefix, String after, int limit) {
    return jdbc.sql(
            """
            with wanted as (
              select id, party from place
              where body::jsonb ->> 'nodeType' = any(:kinds)
                and (:prefix = '' or division like :prefix || '%')
            ), named as (
              select c.party from wanted w join party_code c on c.code = w.party
              union
              select s.party from wanted w join party_stall s on s.market = w.id
              union
              select s.party from wanted w
                join party_code own on own.code = w.party
                join party_code other on other.party = own.party
                join party_stall s on s.market = other.code
            )
            select p.id from named n join party p on p.id = n.party
            where p.merged_into is null and p.id > :after
            order by p.id limit :limit
            """)
        .param("kinds", nodeTypes.toArray(String[]::new))
        .param("prefix", divisionPrefix)
        .param("after", after)
        .param("limit", limit)
        .query((row, number) -> row.getString(1))
        .list();
  }
}
