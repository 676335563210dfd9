package org.yuanliu.platform.access;

import static java.util.Objects.requireNonNull;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.yuanliu.platform.problem.Problem;
import org.yuanliu.platform.problem.ProblemException;
import org.yuanliu.platform.problem.StandardProblems;

/**
 * Accounts and keys with a small cache: a request costs no query. A change made here empties what
 * it touches at once; a change made by another process is seen within {@link #CACHE_TTL}.
 */
@Service
class AccountService implements Accounts, People {
  /** How long a revocation made by another process may go unnoticed. */
  static final Duration CACHE_TTL = Duration.ofSeconds(5);

  /** A city's machines that send at the same time; 10,000 rows are a few megabytes. */
  static final int CACHE_SIZE = 10_000;

  private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}@._-]{1,63}");

  /** Classes of characters in a short password, as 等保 asks; long ones are strong without. */
  private static final int MIN_CLASSES = 3;

  private static final int PASSPHRASE_LENGTH = 16;

  private static final int MAX_LABEL_LENGTH = 200;

  private final AccountStore store;
  private final Passwords passwords;
  private final SignInSettings settings;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();
  private final Cache<UUID, Optional<AccountRow>> accounts = cache();
  private final Cache<String, Optional<KeyRow>> keys = cache();

  AccountService(AccountStore store, Passwords passwords, SignInSettings settings, Clock clock) {
    this.store = requireNonNull(store, "store is null");
    this.passwords = requireNonNull(passwords, "passwords is null");
    this.settings = requireNonNull(settings, "settings is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  @Override
  public UUID create(NewAccount account) {
    if (!NAME.matcher(account.name()).matches()) {
      throw invalid(
          "/name",
          "account-name",
          "账号名为2至64个字母、数字或@._-。",
          "A name has 2 to 64 letters, digits or @._- .");
    }
    if (!looksLikeNoOther(account.name())) {
      throw invalid(
          "/name",
          "account-name-confusable",
          "账号名中的拉丁字母和数字须为半角基本字符，且除汉字外只用一种文字，以免形似他人账号。",
          "Latin letters and digits are the plain ones, and beside Chinese there is one script: no"
              + " name looks like another.");
    }
    if (account.party().isBlank()) {
      throw invalid("/party", "account-party", "账号必须属于一个主体。", "An account acts for a party.");
    }
    requireSeparateDuties(account.permissions(), account.kind());
    String password = account.password();
    if (password != null) {
      requireGoodPassword(password, account.name());
    }
    if (account.kind() == ViewerKind.REGULATOR) {
      // Refused here, not at the first request.
      try {
        var _ =
            new Viewer.Regulator(account.party(), account.divisionPrefix(), account.industries());
      } catch (IllegalArgumentException e) {
        throw invalid(
            "/divisionPrefix",
            "division-prefix",
            "须为行政区划代码开头的至多九位数字。",
            "These are the leading digits of a division code, nine at most.");
      }
    }
    UUID id = UUID.randomUUID();
    String hash = password == null ? null : passwords.hash(password);
    if (!store.insert(id, account, nameKey(account.name()), hash, clock.instant())) {
      throw new ProblemException(
          Problem.of("account-name-taken", 409, "账号名已被使用。", "The account name is taken."));
    }
    return id;
  }

  /** Scripts whose letters look like Latin ones: a name of theirs can be read as another. */
  private static final Set<Character.UnicodeScript> LOOK_LIKE_LATIN =
      Set.of(
          Character.UnicodeScript.CYRILLIC,
          Character.UnicodeScript.GREEK,
          Character.UnicodeScript.ARMENIAN,
          Character.UnicodeScript.CHEROKEE,
          Character.UnicodeScript.COPTIC,
          Character.UnicodeScript.LISU);

  private static boolean looksLikeNoOther(String name) {
    Set<Character.UnicodeScript> scripts = EnumSet.noneOf(Character.UnicodeScript.class);
    boolean plain =
        name.codePoints()
            .filter(c -> c > 127)
            .allMatch(
                c -> {
                  Character.UnicodeScript script = Character.UnicodeScript.of(c);
                  scripts.add(script);
                  // Full-width and accented Latin, digits of other scripts.
                  return Character.isLetter(c)
                      && script != Character.UnicodeScript.LATIN
                      && !LOOK_LIKE_LATIN.contains(script);
                });
    if (name.chars().anyMatch(c -> c < 128 && Character.isLetter(c))) {
      scripts.add(Character.UnicodeScript.LATIN);
    }
    scripts.remove(Character.UnicodeScript.HAN);
    return plain && scripts.size() <= 1 && Normalizer.isNormalized(name, Normalizer.Form.NFKC);
  }

  @Override
  public Optional<UUID> find(String name) {
    return store.byNameKey(nameKey(name)).map(AccountRow::id);
  }

  @Override
  public void setPassword(UUID account, String password) {
    AccountRow row = store.byId(account).orElseThrow(AccountService::notFound);
    requireGoodPassword(password, row.name());
    requireNewPassword(row, password);
    store.setPassword(
        account, passwords.hash(password), clock.instant(), settings.passwordHistory());
    accounts.invalidate(account);
  }

  @Override
  public void disable(UUID account) {
    if (!store.disable(account, clock.instant())) {
      throw notFound();
    }
    accounts.invalidate(account);
  }

  /** Undoes {@link #disable}. */
  void enable(UUID account) {
    if (!store.enable(account)) {
      throw notFound();
    }
    accounts.invalidate(account);
  }

  @Override
  public IssuedKey createKey(UUID account, NewKey key) {
    if (store.byId(account).isEmpty()) {
      throw notFound();
    }
    requireGoodKey(key);
    KeyToken token = KeyToken.issue(random);
    UUID id = UUID.randomUUID();
    store.insertKey(id, account, token.prefix(), token.hash(), key, clock.instant());
    keys.invalidate(token.prefix());
    return new IssuedKey(id, token.prefix(), token.text());
  }

  private static void requireGoodKey(NewKey key) {
    if (key.label().isBlank() || key.label().length() > MAX_LABEL_LENGTH) {
      throw invalid(
          "/label",
          "key-label",
          "密钥须写明用途，不超过200字。",
          "A key is labelled with its purpose, up to 200 characters.");
    }
    Integer rate = key.requestsPerSecond();
    if (rate != null && rate < 1) {
      throw invalid(
          "/requestsPerSecond", "key-rate", "每秒请求数必须为正数。", "Requests per second are positive.");
    }
  }

  @Override
  public void revokeKey(UUID key) {
    String prefix = store.revokeKey(key, clock.instant()).orElseThrow(AccountService::notFound);
    keys.invalidate(prefix);
  }

  /**
   * A new key with the rights of an old one, which ends after the overlap.
   *
   * @throws ProblemException 409 where the old one has ended already
   */
  IssuedKey rotate(UUID old, Duration overlap) {
    KeyToken token = KeyToken.issue(random);
    UUID id = UUID.randomUUID();
    Instant now = clock.instant();
    String prefix =
        store
            .prefixOf(old)
            .filter(found -> !found.startsWith(ClientCertificate.PREFIX))
            .orElseThrow(AccountService::notFound);
    if (!store.succeed(old, id, token.prefix(), token.hash(), now, now.plus(overlap), null)) {
      throw ended();
    }
    keys.invalidate(prefix);
    keys.invalidate(token.prefix());
    return new IssuedKey(id, token.prefix(), token.text());
  }

  @Override
  public Optional<Person> named(String name) {
    return store.byNameKey(nameKey(name)).map(AccountService::person);
  }

  @Override
  public Map<UUID, Person> byId(Collection<UUID> ids) {
    Map<UUID, Person> people = new HashMap<>();
    ids.forEach(id -> account(id).ifPresent(row -> people.put(id, person(row))));
    return people;
  }

  private static Person person(AccountRow row) {
    return new Person(row.id(), row.name(), row.party(), row.permissions(), row.disabled());
  }

  /**
   * @throws ProblemException 409 where the certificate is registered already
   */
  UUID registerCertificate(UUID account, ClientCertificate certificate, NewKey key) {
    requireGoodKey(key);
    requireFreshCertificate(certificate);
    UUID id = UUID.randomUUID();
    store.insertKey(
        id, account, certificate.prefix(), certificate.fingerprint(), key, clock.instant());
    keys.invalidate(certificate.prefix());
    return id;
  }

  /** A certificate's successor with the same rights; the old one ends after the overlap. */
  UUID succeedCertificate(UUID old, ClientCertificate certificate, Duration overlap) {
    String prefix =
        store
            .prefixOf(old)
            .filter(found -> found.startsWith(ClientCertificate.PREFIX))
            .orElseThrow(AccountService::notFound);
    requireFreshCertificate(certificate);
    UUID id = UUID.randomUUID();
    Instant now = clock.instant();
    if (!store.succeed(
        old,
        id,
        certificate.prefix(),
        certificate.fingerprint(),
        now,
        now.plus(overlap),
        certificate.notAfter())) {
      throw ended();
    }
    keys.invalidate(prefix);
    keys.invalidate(certificate.prefix());
    return id;
  }

  private void requireFreshCertificate(ClientCertificate certificate) {
    if (!clock.instant().isBefore(certificate.notAfter())) {
      throw invalid(
          "/certificate", "certificate-expired", "证书已过期。", "The certificate has expired.");
    }
    if (store.keyByPrefix(certificate.prefix()).isPresent()) {
      throw new ProblemException(
          Problem.of(
              "certificate-registered",
              409,
              "该证书已登记过，请换用新证书。",
              "This certificate was registered before; use a new one."));
    }
  }

  private static ProblemException ended() {
    return new ProblemException(
        Problem.of(
            "key-ended",
            409,
            "该密钥已撤销或已过期，请新建密钥。",
            "The key was revoked or has expired; make a new one."));
  }

  Optional<KeyRow> key(ClientCertificate certificate) {
    return requireNonNull(keys.get(certificate.prefix(), store::keyByPrefix), "cache gave null")
        .filter(row -> MessageDigest.isEqual(row.hash(), certificate.fingerprint()));
  }

  List<KeyInfo> keysOf(UUID account) {
    return store.keys(account);
  }

  List<AccountRow> list(@Nullable String party, String after, int limit) {
    return store.list(party, after, limit);
  }

  /** Takes effect with the next request of any of its sessions and keys. */
  void setPermissions(AccountRow account, Set<Permission> permissions) {
    requireSeparateDuties(permissions, account.viewerKind());
    store.setPermissions(account.id(), permissions);
    accounts.invalidate(account.id());
  }

  /** Something of the account changed elsewhere in this package. */
  void changed(UUID account) {
    accounts.invalidate(account);
  }

  Optional<KeyOwner> ownerOfKey(UUID key) {
    return store.ownerOfKey(key);
  }

  Optional<AccountRow> account(UUID id) {
    return requireNonNull(accounts.get(id, store::byId), "cache gave null");
  }

  Optional<AccountRow> accountForSignIn(String name) {
    return store.byNameKey(nameKey(name));
  }

  Optional<KeyRow> key(KeyToken token) {
    return requireNonNull(keys.get(token.prefix(), store::keyByPrefix), "cache gave null")
        .filter(row -> token.matches(row.hash()));
  }

  static String nameKey(String name) {
    return name.strip().toLowerCase(Locale.ROOT);
  }

  /** Of the three administrations at most one, and two of them with the platform's own people. */
  private static void requireSeparateDuties(Set<Permission> permissions, ViewerKind kind) {
    if (!Permission.areSeparate(permissions)) {
      throw invalid(
          "/permissions",
          "duties-not-separate",
          "系统管理、安全管理、审计管理三种权限不能由同一账号兼任，请分别建立账号。",
          "System, security and audit administration are kept apart: make an account for each.");
    }
    boolean secures =
        permissions.contains(Permission.SECURE) || permissions.contains(Permission.AUDIT);
    if (secures && kind != ViewerKind.OPERATOR) {
      throw invalid(
          "/permissions",
          "duty-of-the-operator",
          "安全管理、审计管理权限只授予平台运行方的账号。",
          "Security and audit administration belong to accounts of the platform's operator.");
    }
  }

  private static void requireGoodPassword(String password, String name) {
    if (password.length() < MIN_PASSWORD_LENGTH || password.length() > MAX_PASSWORD_LENGTH) {
      throw invalid(
          "/password",
          "password-length",
          "口令长度须为10至128个字符。",
          "A password has 10 to 128 characters.");
    }
    if (password.toLowerCase(Locale.ROOT).contains(nameKey(name))) {
      throw invalid(
          "/password",
          "password-like-name",
          "口令不能包含账号名。",
          "A password does not contain the account's name.");
    }
    if (classes(password) < MIN_CLASSES && password.length() < PASSPHRASE_LENGTH) {
      throw invalid(
          "/password",
          "password-classes",
          "口令须含大写字母、小写字母、数字、其他字符中的至少三类；16个字符以上的不限。",
          "Of upper case, lower case, digits and others three are needed, or 16 characters.");
    }
    if (password.chars().distinct().count() < 5) {
      throw invalid("/password", "password-monotonous", "口令过于简单。", "The password is too simple.");
    }
  }

  private static long classes(String password) {
    return password
        .chars()
        .map(
            c ->
                Character.isUpperCase(c)
                    ? 0
                    : Character.isLowerCase(c) ? 1 : Character.isDigit(c) ? 2 : 3)
        .distinct()
        .count();
  }

  private void requireNewPassword(AccountRow account, String password) {
    boolean known =
        passwords.matches(password, account.passwordHash())
            || store.formerPasswords(account.id(), settings.passwordHistory()).stream()
                .anyMatch(former -> passwords.matches(password, former));
    if (known && settings.passwordHistory() > 0) {
      throw invalid(
          "/password",
          "password-used-before",
          "不能使用最近用过的口令。",
          "This password was used before; choose another.");
    }
  }

  private static ProblemException invalid(String pointer, String code, String zh, String en) {
    return new ProblemException(StandardProblems.invalid(pointer, code, zh, en));
  }

  private static ProblemException notFound() {
    return new ProblemException(StandardProblems.NOT_FOUND);
  }

  private static <K, V> Cache<K, V> cache() {
    return Caffeine.newBuilder().maximumSize(CACHE_SIZE).expireAfterWrite(CACHE_TTL).build();
  }
}
