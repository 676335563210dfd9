package org.yuanliu.platform.access;

import static java.util.Objects.requireNonNull;

import java.util.Set;
import java.util.UUID;
import org.yuanliu.platform.journal.Standing;
import org.yuanliu.platform.problem.ProblemException;
import org.yuanliu.platform.problem.StandardProblems;

/**
 * Who has signed in, by key or session. Controllers take it as a method argument.
 *
 * @param account the account
 * @param party canonical URI of the party that the account acts for: the reporter of what it sends
 * @param standing how facts are known that this credential declares: DEVICE for a registered
 *     device's key, AUTHORITY for a department's or an inspection body's, else DECLARED
 */
public record Caller(
    UUID account,
    String name,
    String party,
    Viewer viewer,
    Set<Permission> permissions,
    Standing standing) {
  public Caller {
    requireNonNull(account, "account is null");
    requireNonNull(name, "name is null");
    requireNonNull(party, "party is null");
    requireNonNull(viewer, "viewer is null");
    permissions = Set.copyOf(permissions);
    requireNonNull(standing, "standing is null");
  }

  public boolean may(Permission permission) {
    return permissions.contains(permission);
  }

  /** Ends the request with 403 where the permission is missing. */
  public void require(Permission permission) {
    if (!may(permission)) {
      throw new ProblemException(StandardProblems.FORBIDDEN);
    }
  }
}
