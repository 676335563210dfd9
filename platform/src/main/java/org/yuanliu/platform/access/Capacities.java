package org.yuanliu.platform.access;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * In which capacities people act, at this moment; organisations know, access only asks. A role that
 * has ended is not among them, from the very instant of its end.
 */
public interface Capacities {

  /**
   * @param id of the role, or of the delegation where {@code holder} is somebody else
   * @param party whom the account acts for
   * @param title what the role is called
   * @param kind never OPERATOR
   * @param holder whose role it is
   */
  record Capacity(
      UUID id,
      String party,
      String title,
      ViewerKind kind,
      String divisionPrefix,
      Set<String> industries,
      Set<Permission> permissions,
      boolean authority,
      UUID holder) {
    public Capacity {
      industries = Set.copyOf(industries);
      permissions = Set.copyOf(permissions);
    }
  }

  /**
   * What roles make of an account's rights with its own party.
   *
   * @param permissions of all its roles there that are in force; none where all have ended
   * @param divisionPrefix of the department; null where the organisation is none
   */
  record Home(
      Set<Permission> permissions, @Nullable String divisionPrefix, Set<String> industries) {
    public Home {
      permissions = Set.copyOf(permissions);
      industries = Set.copyOf(industries);
    }
  }

  /** Empty where the account never had a role with its own party: then its own rights hold. */
  Optional<Home> home(UUID account, String party);

  /** What the account may act as besides, now. */
  List<Capacity> of(UUID account);
}
