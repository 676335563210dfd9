package org.yuanliu.platform.journal;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The URIs behind the keys of parties that entries hold, for views that keep the keys. */
@Component
public class PartyUris {
  private final JdbcClient jdbc;

  PartyUris(JdbcClient jdbc) {
    this.jdbc = requireNonNull(jdbc, "jdbc is null");
  }

  /** Of those keys that stand in an entry. */
  public Map<UUID, String> of(Collection<UUID> keys) {
    Map<UUID, String> uris = new HashMap<>();
    jdbc.sql("select key, uri from party_uri where key = any(:keys)")
        .param("keys", keys.toArray(UUID[]::new))
        .query(
            row -> {
              uris.put(row.getObject(1, UUID.class), row.getString(2));
            });
    return uris;
  }
}
