package org.yuanliu.platform.access;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.stereotype.Component;
import org.yuanliu.platform.problem.ProblemException;
import org.yuanliu.platform.problem.StandardProblems;

/**
 * Argon2id (RFC 9106) with OWASP's second recommended parameters: 19 MiB, two passes, one lane; 16
 * bytes of salt, 32 of hash.
 */
@Component
class Passwords {
  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;
  private static final int LANES = 1;
  private static final int MEMORY_KIB = 19 << 10;
  private static final int PASSES = 2;

  /** Each hash holds 19 MiB: four at a time stay small beside the heap of 512 MiB. */
  private static final int AT_A_TIME = 4;

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Argon2PasswordEncoder encoder =
      new Argon2PasswordEncoder(SALT_BYTES, HASH_BYTES, LANES, MEMORY_KIB, PASSES);
  private final Semaphore room = new Semaphore(AT_A_TIME);

  /** Compared with where the name does not exist, so that both take the same time. */
  private final String decoy = hash("no account has this password");

  String hash(String password) {
    return bounded(() -> requireNonNull(encoder.encode(password), "encoder gave null"));
  }

  /** False for a missing hash too, after the same work. */
  boolean matches(String password, @Nullable String storedHash) {
    boolean equal =
        bounded(() -> encoder.matches(password, storedHash == null ? decoy : storedHash));
    return equal && storedHash != null;
  }

  private <T> T bounded(Supplier<T> work) {
    try {
      if (!room.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new ProblemException(StandardProblems.TOO_MANY_REQUESTS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ProblemException(StandardProblems.of(503));
    }
    try {
      return work.get();
    } finally {
      room.release();
    }
  }
}
