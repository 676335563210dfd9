package org.yuanliu.platform.demo;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.yuanliu.platform.access.Accounts;

final class FakeAccounts implements Accounts {
  final Map<String, NewAccount> created = new HashMap<>();
  final Map<UUID, String> nameById = new HashMap<>();
  final Map<String, String> passwords = new HashMap<>();

  /** Tokens given out; shared with {@link FakeServer}. */
  final Set<String> tokens = ConcurrentHashMap.newKeySet();

  @Override
  public UUID create(NewAccount account) {
    UUID id = UUID.randomUUID();
    if (created.putIfAbsent(account.name(), account) != null) {
      throw new AssertionError("the name is taken: " + account.name());
    }
    nameById.put(id, account.name());
    if (account.password() != null) {
      passwords.put(account.name(), account.password());
    }
    return id;
  }

  @Override
  public Optional<UUID> find(String name) {
    return nameById.entrySet().stream()
        .filter(entry -> entry.getValue().equals(name))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  @Override
  public void setPassword(UUID account, String password) {
    passwords.put(nameById.get(account), password);
  }

  @Override
  public void disable(UUID account) {
    throw new AssertionError("nobody asks for it");
  }

  @Override
  public IssuedKey createKey(UUID account, NewKey key) {
    String token = "key-of-" + nameById.get(account) + "-" + UUID.randomUUID();
    tokens.add(token);
    return new IssuedKey(UUID.randomUUID(), "0", token);
  }

  @Override
  public void revokeKey(UUID key) {
    throw new AssertionError("nobody asks for it");
  }
}
