package org.yuanliu.platform.access;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yuanliu.platform.journal.Standing;

/** Accounts and their keys. Nothing here has a default password; secrets are given out once. */
public interface Accounts {
  /** Shortest password: with Argon2id and the lock after five failures, guessing is hopeless. */
  int MIN_PASSWORD_LENGTH = 10;

  /** Longer ones cost hashing time and help nobody. */
  int MAX_PASSWORD_LENGTH = 128;

  int MAX_NAME_LENGTH = 64;

  /**
   * @param name what one signs in with; unique whatever the case
   * @param password null for accounts that only have keys
   * @param party canonical URI of the party it acts for
   * @param divisionPrefix for a regulator: leading digits of the divisions in its care
   * @param industries for a regulator: ids of packs; empty for all
   * @param standing how facts are known that this account declares
   */
  record NewAccount(
      String name,
      @Nullable String password,
      String party,
      ViewerKind kind,
      String divisionPrefix,
      Set<String> industries,
      Set<Permission> permissions,
      Standing standing) {

    public NewAccount {
      industries = Set.copyOf(industries);
      permissions = Set.copyOf(permissions);
    }

    /** Without the password. */
    @Override
    public String toString() {
      return "NewAccount[" + name + "]";
    }
  }

  /**
   * @param label what it is for, e.g. the scale at stall 12
   * @param permissions at most the account's; what exceeds them has no effect
   * @param standing DEVICE for a registered device
   * @param expiresAt null for none
   * @param requestsPerSecond null for the default
   */
  record NewKey(
      String label,
      Set<Permission> permissions,
      Standing standing,
      @Nullable Instant expiresAt,
      @Nullable Integer requestsPerSecond) {
    public NewKey {
      permissions = Set.copyOf(permissions);
    }
  }

  /**
   * @param token the key, shown this once and stored nowhere
   */
  record IssuedKey(UUID id, String prefix, String token) {
    /** Without the key. */
    @Override
    public String toString() {
      return "IssuedKey[yl_" + prefix + "_…]";
    }
  }

  /**
   * @throws org.yuanliu.platform.problem.ProblemException the name is taken, or a value is not
   *     accepted
   */
  UUID create(NewAccount account);

  /** The account with this name, whatever the case. */
  Optional<UUID> find(String name);

  /** Replaces the password and ends the account's sessions. */
  void setPassword(UUID account, String password);

  /** From now on neither its password nor its keys open anything; its sessions end. */
  void disable(UUID account);

  IssuedKey createKey(UUID account, NewKey key);

  /** Takes effect at once. */
  void revokeKey(UUID key);
}
