package org.yuanliu.platform.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpSession;
import java.io.Serializable;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a session holds: who, by which proof, under which password, and until when at most.
 *
 * @param passwordStamp digest of the stored hash: a new password ends the sessions of the old one
 */
record SignedIn(UUID account, Proof proof, String passwordStamp, Instant since, Instant until)
    implements Serializable {
  private static final String ATTRIBUTE = SignedIn.class.getName();

  static SignedIn as(AccountRow account, Proof proof, Instant since, Instant until) {
    return new SignedIn(account.id(), proof, stamp(account), since, until);
  }

  static @Nullable SignedIn in(@Nullable HttpSession session) {
    return session != null && session.getAttribute(ATTRIBUTE) instanceof SignedIn signedIn
        ? signedIn
        : null;
  }

  void putInto(HttpSession session) {
    session.setAttribute(ATTRIBUTE, this);
  }

  boolean stillHolds(AccountRow row, Instant now) {
    return !row.disabled() && now.isBefore(until) && stamp(row).equals(passwordStamp);
  }

  private static String stamp(AccountRow account) {
    String hash = account.passwordHash();
    return hash == null ? "" : HexFormat.of().formatHex(KeyToken.sha256(hash.getBytes(UTF_8)));
  }
}
