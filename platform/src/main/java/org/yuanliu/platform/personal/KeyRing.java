package org.yuanliu.platform.personal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;
import org.yuanliu.platform.ServerSettings;
import org.yuanliu.platform.keys.Gcm;

/**
 * The keys behind personal values: the key-encryption key in use, by name, and the platform's own
 * keys that it wraps. Made when first needed; a key that the database names and nobody has is never
 * replaced by a new one.
 */
@Component
class KeyRing implements AutoCloseable {
  static final String INDEX = "index";
  static final String DOCUMENTS = "documents";
  private static final int INDEX_BYTES = 32;

  /** Keys wrapped anew in one transaction. */
  private static final int REWRAP_ROWS = 500;

  private final JdbcClient jdbc;
  private final TransactionOperations transactions;
  private final KeyHolder holder;
  private final Gcm gcm;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();
  private volatile @Nullable Own own;

  KeyRing(
      JdbcClient jdbc,
      TransactionOperations transactions,
      PersonalSettings settings,
      ServerSettings server,
      Clock clock) {
    this.jdbc = requireNonNull(jdbc, "jdbc is null");
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.gcm = settings.cipher();
    this.clock = requireNonNull(clock, "clock is null");
    PersonalSettings.Keys keys = settings.keys();
    Path folder = keys.folder() == null ? server.dataDir().resolve("keys/personal") : keys.folder();
    this.holder =
        switch (keys.holder()) {
          case FILE -> new FileKeys(folder, gcm);
          case ENVIRONMENT -> new ListedKeys(keys.values());
          case PROCESS -> new ProcessKeys(keys.command(), keys.timeout());
        };
  }

  /**
   * The platform's own keys.
   *
   * @param index by which values and persons are found
   * @param documents under which documents are kept until their events are stored
   */
  @SuppressWarnings("ArrayRecordComponent") // read only
  record Own(byte[] index, byte[] documents, Gcm documentsCipher) {}

  /** A wrapped key and the name of the key that wraps it. */
  @SuppressWarnings("ArrayRecordComponent") // read only
  record Wrapped(String kek, byte[] sealed) {}

  /**
   * @throws KeyGoneException if the key-encryption key is not to be had
   */
  Own own() {
    Own known = own;
    if (known == null) {
      known = load();
      own = known;
    }
    return known;
  }

  private synchronized Own load() {
    Own first = requireNonNull(transactions.execute(status -> readOrMake()));
    return first;
  }

  private Own readOrMake() {
    Optional<Wrapped> index = secret(INDEX);
    if (index.isEmpty()) {
      jdbc.sql("lock table personal_kek in share row exclusive mode").update();
      index = secret(INDEX);
    }
    if (index.isEmpty()) {
      String kek = inUse().orElseGet(this::firstKek);
      put(INDEX, kek, random(INDEX_BYTES));
      put(DOCUMENTS, kek, gcm.newKey(random));
    }
    byte[] documents = unwrap(DOCUMENTS, secret(DOCUMENTS).orElseThrow());
    return new Own(
        unwrap(INDEX, secret(INDEX).orElseThrow()), documents, FileKeys.cipher(documents));
  }

  private byte[] random(int bytes) {
    byte[] made = new byte[bytes];
    random.nextBytes(made);
    return made;
  }

  private String firstKek() {
    String name = holder.next();
    add(name);
    return name;
  }

  private void add(String name) {
    jdbc.sql(
            """
            insert into personal_kek (name, created) values (:name, :now)
            on conflict (name) do update set retired = null\
            """)
        .param("name", name)
        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
        .update();
  }

  private Optional<String> inUse() {
    return jdbc.sql("select name from personal_kek where retired is null")
        .query(String.class)
        .optional();
  }

  private Optional<Wrapped> secret(String purpose) {
    return jdbc.sql("select kek, sealed from personal_secret where purpose = :purpose")
        .param("purpose", purpose)
        .query((row, index) -> new Wrapped(row.getString("kek"), row.getBytes("sealed")))
        .optional();
  }

  private void put(String purpose, String kek, byte[] key) {
    jdbc.sql(
            """
            insert into personal_secret (purpose, kek, sealed) values (:purpose, :kek, :sealed)\
            """)
        .param("purpose", purpose)
        .param("kek", kek)
        .param("sealed", wrapped(kek, bound(purpose), key))
        .update();
  }

  private byte[] unwrap(String purpose, Wrapped wrapped) {
    return opened(bound(purpose), wrapped);
  }

  /** A holder that answers wrongly must not bring a key into use that nobody finds again. */
  private byte[] wrapped(String kek, byte[] bound, byte[] key) {
    byte[] checked = CheckedKey.of(key);
    byte[] sealed = holder.wrap(kek, bound, checked);
    if (!MessageDigest.isEqual(holder.unwrap(kek, bound, sealed), checked)) {
      throw new KeyGoneException(kek, "密钥持有方答错了", "what its holder wrapped does not open again");
    }
    return sealed;
  }

  private byte[] opened(byte[] bound, Wrapped wrapped) {
    return CheckedKey.key(
        holder.unwrap(wrapped.kek(), bound, wrapped.sealed()),
        "key-encryption key " + wrapped.kek());
  }

  private static byte[] bound(String purpose) {
    return ("yuanliu.org/personal/v1 secret " + purpose).getBytes(UTF_8);
  }

  private static byte[] bound(UUID subject) {
    return ("yuanliu.org/personal/v1 subject " + subject).getBytes(UTF_8);
  }

  /**
   * Name of the key-encryption key in use.
   *
   * @throws KeyGoneException if the platform's own keys do not open
   */
  String kek() {
    own();
    return inUse().orElseThrow(() -> new IllegalStateException("no key-encryption key"));
  }

  /**
   * A person's key under a key-encryption key.
   *
   * @throws KeyGoneException if that one is not to be had
   */
  Wrapped wrap(String kek, UUID subject, byte[] dataKey) {
    return new Wrapped(kek, wrapped(kek, bound(subject), dataKey));
  }

  byte[] unwrap(UUID subject, Wrapped wrapped) {
    return opened(bound(subject), wrapped);
  }

  /** A new data key. */
  byte[] newDataKey() {
    return gcm.newKey(random);
  }

  Gcm cipher() {
    return gcm;
  }

  SecureRandom randomness() {
    return random;
  }

  /** Asks for every key that something is wrapped with; what is wrong with one, or empty. */
  Optional<String> failure() {
    try {
      Optional<Wrapped> index = secret(INDEX);
      if (index.isPresent()) {
        unwrap(INDEX, index.get());
      }
      // One person's key tells of all: a key that is being replaced may be gone too early.
      for (String kek : retired()) {
        some(kek).ifPresent(row -> unwrap(row.id(), row.wrapped()));
      }
      return Optional.empty();
    } catch (KeyGoneException e) {
      return Optional.of(e.told());
    }
  }

  private Optional<Row> some(String kek) {
    return jdbc.sql("select id, kek, sealed from personal_subject where kek = :kek limit 1")
        .param("kek", kek)
        .query((row, index) -> row(row))
        .optional();
  }

  /**
   * What came of replacing the key-encryption key.
   *
   * @param before keys that are used no more
   * @param rewrapped persons' keys under the new one
   * @param resumed whether an earlier one was brought to its end, and no other key into use
   */
  record Rotation(String name, List<String> before, long rewrapped, boolean resumed) {}

  /**
   * Brings a new key-encryption key into use and wraps every key with it anew, while servers go on:
   * until it is done both keys open what they wrapped. One that was cut off is done to its end.
   *
   * @throws KeyGoneException if the old or the new key is not to be had
   * @throws IllegalStateException if the holder has no new key
   */
  Rotation rotate() {
    own();
    String before = inUse().orElseThrow();
    if (othersUsed(before)) {
      return new Rotation(before, retired(), rewrap(before), true);
    }
    String name = holder.next();
    if (name.equals(before)) {
      throw new IllegalStateException(
          "密钥持有方没有新密钥：请先放入新的 / the holder has no new key: put one there first");
    }
    // Tried before anything is written under it.
    wrapped(name, bound(INDEX), random(INDEX_BYTES));
    transactions.executeWithoutResult(
        status -> {
          // Two at once: the second waits, and finds what the first made.
          jdbc.sql("lock table personal_kek in share row exclusive mode").update();
          if (!inUse().equals(Optional.of(before))) {
            throw new IllegalStateException(
                "另一处正在更换密钥 / the key is being replaced by somebody else");
          }
          jdbc.sql("update personal_kek set retired = :now where retired is null")
              .param("now", clock.instant().atOffset(ZoneOffset.UTC))
              .update();
          add(name);
          for (String purpose : List.of(INDEX, DOCUMENTS)) {
            byte[] key = unwrap(purpose, secret(purpose).orElseThrow());
            jdbc.sql("update personal_secret set kek = :kek, sealed = :sealed where purpose = :p")
                .param("p", purpose)
                .param("kek", name)
                .param("sealed", wrapped(name, bound(purpose), key))
                .update();
          }
        });
    return new Rotation(name, retired(), rewrap(name), false);
  }

  private boolean othersUsed(String name) {
    return retired().stream().anyMatch(kek -> !kek.equals(name) && some(kek).isPresent());
  }

  private List<String> retired() {
    return jdbc.sql("select name from personal_kek where retired is not null order by retired")
        .query((row, index) -> requireNonNull(row.getString("name")))
        .list();
  }

  private record Row(UUID id, Wrapped wrapped) {}

  private static Row row(ResultSet row) throws SQLException {
    return new Row(
        row.getObject("id", UUID.class), new Wrapped(row.getString("kek"), row.getBytes("sealed")));
  }

  /** Wraps what other keys wrapped; returns how many. */
  private long rewrap(String name) {
    long all = 0;
    while (true) {
      int some = requireNonNull(transactions.execute(status -> rewrapSome(name)));
      if (some == 0) {
        return all;
      }
      all += some;
    }
  }

  private int rewrapSome(String name) {
    List<Row> rows =
        jdbc.sql(
                """
                select id, kek, sealed from personal_subject where kek <> :name
                limit :limit for update\
                """)
            .param("name", name)
            .param("limit", REWRAP_ROWS)
            .query((row, index) -> row(row))
            .list();
    for (Row row : rows) {
      jdbc.sql("update personal_subject set kek = :kek, sealed = :sealed where id = :id")
          .param("id", row.id())
          .param("kek", name)
          .param("sealed", wrapped(name, bound(row.id()), unwrap(row.id(), row.wrapped())))
          .update();
    }
    return rows.size();
  }

  /** Lets go of the keys' holder. */
  @Override
  public void close() {
    holder.close();
  }
}
