package org.yuanliu.platform.access;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import java.net.URLEncoder;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.util.encoders.Base32;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Codes of an authenticator app (TOTP, RFC 6238: six digits, 30 seconds, HMAC-SHA-1, which is what
 * the apps can) and recovery codes for the day the phone is gone. Each code is taken once.
 */
@Component
class SecondFactor {
  /** 160 bits, as RFC 4226 recommends. */
  private static final int SECRET_BYTES = 20;

  /** A phone's clock may be one step off, either way. */
  private static final int DRIFT_STEPS = 1;

  static final Duration STEP = Duration.ofSeconds(30);

  static final int RECOVERY_CODES = 10;

  /** 50 random bits: with the lock after five failures more than enough. */
  private static final int RECOVERY_LENGTH = 10;

  private static final String RECOVERY_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

  private static final Pattern CODE = Pattern.compile("[0-9]{6}");

  private final JdbcClient jdbc;
  private final SecretBox box;
  private final SignInSettings settings;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();
  private final TimeBasedOneTimePasswordGenerator generator =
      new TimeBasedOneTimePasswordGenerator(STEP);

  SecondFactor(JdbcClient jdbc, SecretBox box, SignInSettings settings, Clock clock) {
    this.jdbc = requireNonNull(jdbc, "jdbc is null");
    this.box = requireNonNull(box, "box is null");
    this.settings = requireNonNull(settings, "settings is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /**
   * @param secret in Base32, to be typed
   * @param uri to be scanned
   */
  record Enrolment(String secret, String uri) {
    /** Without the secret. */
    @Override
    public String toString() {
      return "Enrolment";
    }
  }

  private record Stored(byte[] secret, long lastStep) {}

  /** A new secret, not in force before {@link #confirm}. Nothing where one is in force. */
  Optional<Enrolment> begin(AccountRow account) {
    byte[] secret = new byte[SECRET_BYTES];
    random.nextBytes(secret);
    int stored =
        jdbc.sql(
                """
                insert into second_factor as f (account, secret, created_at)
                values (:account, :secret, :now)
                on conflict (account) do update set secret = excluded.secret,
                  created_at = excluded.created_at, last_step = 0
                where f.confirmed_at is null
                """)
            .param("account", account.id())
            .param("secret", box.seal(account.id(), secret))
            .param("now", AccountStore.at(clock.instant()))
            .update();
    if (stored == 0) {
      return Optional.empty();
    }
    String text = Base32.toBase32String(secret);
    String issuer = encoded(settings.issuer());
    return Optional.of(
        new Enrolment(
            text,
            "otpauth://totp/%s:%s?secret=%s&issuer=%s"
                .formatted(issuer, encoded(account.name()), text, issuer)));
  }

  /** Puts the secret in force; the recovery codes, or nothing where the code is wrong. */
  Optional<List<String>> confirm(UUID account, String code) {
    if (!takes(account, code, false)) {
      return Optional.empty();
    }
    jdbc.sql("update second_factor set confirmed_at = :now where account = :account")
        .param("now", AccountStore.at(clock.instant()))
        .param("account", account)
        .update();
    return Optional.of(recoveryCodes(account));
  }

  /** Whether the code is the app's of this moment, or a recovery code; neither works again. */
  boolean accepts(UUID account, String code) {
    String text = code.replaceAll("[\\s-]", "").toUpperCase(Locale.ROOT);
    return CODE.matcher(text).matches() ? takes(account, text, true) : recovers(account, text);
  }

  void remove(UUID account) {
    jdbc.sql("delete from recovery_code where account = :a").param("a", account).update();
    jdbc.sql("delete from second_factor where account = :a").param("a", account).update();
  }

  int recoveryCodesLeft(UUID account) {
    return jdbc.sql("select count(*) from recovery_code where account = :a and used_at is null")
        .param("a", account)
        .query(Integer.class)
        .single();
  }

  private boolean takes(UUID account, String code, boolean inForce) {
    Stored stored =
        jdbc.sql(
                """
                select secret, last_step from second_factor
                where account = :account and (confirmed_at is not null) = :inForce
                """)
            .param("account", account)
            .param("inForce", inForce)
            .query((row, n) -> new Stored(row.getBytes("secret"), row.getLong("last_step")))
            .optional()
            .orElse(null);
    if (stored == null) {
      return false;
    }
    var key = new SecretKeySpec(box.open(account, stored.secret()), "RAW");
    long now = clock.instant().getEpochSecond() / STEP.toSeconds();
    for (long step = now - DRIFT_STEPS; step <= now + DRIFT_STEPS; step++) {
      boolean right =
          MessageDigest.isEqual(at(key, step).getBytes(US_ASCII), code.getBytes(US_ASCII));
      if (right && step > stored.lastStep()) {
        return used(account, step);
      }
    }
    return false;
  }

  /** Of two requests with the same code one comes first. */
  private boolean used(UUID account, long step) {
    return jdbc.sql(
                """
                update second_factor set last_step = :step
                where account = :account and last_step < :step
                """)
            .param("step", step)
            .param("account", account)
            .update()
        == 1;
  }

  private String at(SecretKeySpec key, long step) {
    try {
      return generator.generateOneTimePasswordString(
          key, Instant.ofEpochSecond(step * STEP.toSeconds()), Locale.ROOT);
    } catch (InvalidKeyException e) {
      throw new AssertionError("any bytes are a key of HMAC", e);
    }
  }

  private boolean recovers(UUID account, String code) {
    return jdbc.sql(
                """
                update recovery_code set used_at = :now
                where account = :account and hash = :hash and used_at is null
                """)
            .param("now", AccountStore.at(clock.instant()))
            .param("account", account)
            .param("hash", KeyToken.sha256(code.getBytes(UTF_8)))
            .update()
        == 1;
  }

  private List<String> recoveryCodes(UUID account) {
    jdbc.sql("delete from recovery_code where account = :a").param("a", account).update();
    List<String> codes = new ArrayList<>();
    for (int i = 0; i < RECOVERY_CODES; i++) {
      StringBuilder code = new StringBuilder();
      for (int j = 0; j < RECOVERY_LENGTH; j++) {
        code.append(RECOVERY_LETTERS.charAt(random.nextInt(RECOVERY_LETTERS.length())));
      }
      jdbc.sql("insert into recovery_code (account, hash) values (:account, :hash)")
          .param("account", account)
          .param("hash", KeyToken.sha256(code.toString().getBytes(UTF_8)))
          .update();
      codes.add(code.insert(RECOVERY_LENGTH / 2, '-').toString());
    }
    return codes;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20");
  }
}
