package org.yuanliu.platform.personal;

import static java.util.Objects.requireNonNull;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.support.SQLExceptionSubclassTranslator;
import org.springframework.stereotype.Component;
import org.yuanliu.platform.keys.Gcm;

/** The keys of persons, by the keyed digests that they are known by. */
@Component
class SubjectKeys {
  /** A hospital's day; each is some hundred bytes. */
  private static final int CACHED = 20_000;

  /**
   * How long another server may still seal under a key that was destroyed meanwhile; what it sealed
   * is then not stored.
   */
  private static final Duration CACHED_FOR = Duration.ofMinutes(5);

  /**
   * Each time the key-encryption key was replaced meanwhile, or the person erased; neither happens
   * twice within milliseconds.
   */
  private static final int ATTEMPTS = 3;

  private final DataSource dataSource;
  private final KeyRing ring;
  private final Clock clock;
  private final Cache<String, SubjectKey> cache =
      Caffeine.newBuilder().maximumSize(CACHED).expireAfterWrite(CACHED_FOR).build();

  SubjectKeys(DataSource dataSource, KeyRing ring, Clock clock) {
    this.dataSource = requireNonNull(dataSource, "dataSource is null");
    this.ring = requireNonNull(ring, "ring is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /** A person's key, open. */
  @SuppressWarnings("ArrayRecordComponent") // read only
  record SubjectKey(UUID id, byte[] key, Gcm cipher) {}

  /**
   * The keys of these persons, made where there are none: two round trips however many they are.
   *
   * @param digests as hexadecimal
   * @throws KeyGoneException if the key-encryption key is not to be had
   */
  Map<String, SubjectKey> of(Collection<String> digests) {
    Map<String, SubjectKey> found = new HashMap<>(cache.getAllPresent(digests));
    List<String> missing = digests.stream().distinct().filter(d -> !found.containsKey(d)).toList();
    if (missing.isEmpty()) {
      return found;
    }
    find(missing, found);
    for (int i = 0; i < ATTEMPTS; i++) {
      List<String> unknown = missing.stream().filter(d -> !found.containsKey(d)).toList();
      if (unknown.isEmpty()) {
        break;
      }
      make(unknown);
      find(unknown, found);
    }
    missing.forEach(
        digest -> cache.put(digest, requireNonNull(found.get(digest), "a person without a key")));
    return found;
  }

  /** The key of a person, if there is one. */
  Optional<SubjectKey> known(String digest) {
    Map<String, SubjectKey> found = new HashMap<>(1);
    find(List.of(digest), found);
    return Optional.ofNullable(found.get(digest));
  }

  /** After an erasure. */
  void forget(UUID subject) {
    cache.asMap().values().removeIf(key -> key.id().equals(subject));
  }

  private void find(List<String> digests, Map<String, SubjectKey> keys) {
    Map<String, Row> rows = new HashMap<>();
    try (Connection connection = dataSource.getConnection();
        PreparedStatement select =
            connection.prepareStatement(
                """
                select id, digest, kek, sealed, cipher from personal_subject
                where digest = any (?) and sealed is not null
                """)) {
      select.setArray(1, connection.createArrayOf("bytea", bytes(digests)));
      try (ResultSet found = select.executeQuery()) {
        while (found.next()) {
          UUID id = found.getObject("id", UUID.class);
          rows.put(
              HexFormat.of().formatHex(found.getBytes("digest")),
              new Row(
                  id,
                  new KeyRing.Wrapped(found.getString("kek"), found.getBytes("sealed")),
                  Gcm.ofCode(found.getShort("cipher"))));
        }
      }
    } catch (SQLException e) {
      throw translated(e);
    }
    // Not while a connection is held: the key's holder may be slow, or ask the database itself.
    rows.forEach(
        (digest, row) ->
            keys.put(
                digest,
                new SubjectKey(row.id(), ring.unwrap(row.id(), row.wrapped()), row.cipher())));
  }

  private record Row(UUID id, KeyRing.Wrapped wrapped, Gcm cipher) {}

  private static RuntimeException translated(SQLException e) {
    return requireNonNull(
        new SQLExceptionSubclassTranslator().translate("keys of persons", null, e));
  }

  /** Under the key-encryption key that is in use when they are stored, or not at all. */
  private void make(List<String> digests) {
    String kek = ring.kek();
    List<UUID> ids = new ArrayList<>();
    List<byte[]> sealed = new ArrayList<>();
    for (int i = 0; i < digests.size(); i++) {
      UUID id = UUID.randomUUID();
      KeyRing.Wrapped wrapped = ring.wrap(kek, id, ring.newDataKey());
      ids.add(id);
      sealed.add(wrapped.sealed());
    }
    try (Connection connection = dataSource.getConnection();
        PreparedStatement insert =
            connection.prepareStatement(
                """
                insert into personal_subject (id, digest, kek, sealed, cipher, created)
                select i, d, kek.name, s, ?, ?
                from unnest(?::uuid[], ?::bytea[], ?::bytea[]) as t (i, d, s),
                  (select name from personal_kek where name = ? and retired is null for share) kek
                on conflict (digest) do nothing
                """)) {
      insert.setShort(1, ring.cipher().code());
      insert.setObject(2, clock.instant().atOffset(ZoneOffset.UTC));
      insert.setArray(3, connection.createArrayOf("uuid", ids.toArray()));
      insert.setArray(4, connection.createArrayOf("bytea", bytes(digests)));
      insert.setArray(5, connection.createArrayOf("bytea", sealed.toArray(byte[][]::new)));
      insert.setString(6, kek);
      insert.executeUpdate();
    } catch (SQLException e) {
      throw translated(e);
    }
  }

  private static byte[][] bytes(List<String> digests) {
    return digests.stream().map(HexFormat.of()::parseHex).toArray(byte[][]::new);
  }
}
