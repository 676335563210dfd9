package org.yuanliu.platform.access;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Accounts as others name them. */
public interface People {

  /**
   * @param permissions the account's own
   */
  record Person(
      UUID id, String name, String party, Set<Permission> permissions, boolean disabled) {}

  /** Whatever the case of the name. */
  Optional<Person> named(String name);

  Map<UUID, Person> byId(Collection<UUID> accounts);
}
