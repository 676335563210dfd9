package org.yuanliu.platform.access;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** When keys were last used, to the minute. Bounded: one entry a valid key. */
@Component
class KeyUses {
  /** Finer would write more and tell nobody anything. */
  static final Duration COARSE = Duration.ofMinutes(1);

  private final Map<UUID, Instant> pending = new ConcurrentHashMap<>();
  private final AccountStore store;

  KeyUses(AccountStore store) {
    this.store = requireNonNull(store, "store is null");
  }

  void used(KeyRow key, Instant now) {
    Instant last = key.lastUsedAt();
    if (last == null || last.plus(COARSE).isBefore(now)) {
      pending.putIfAbsent(key.id(), now);
    }
  }

  /** Called by the audit's writer between its batches. */
  void flush() {
    if (pending.isEmpty()) {
      return;
    }
    Map<UUID, Instant> uses = Map.copyOf(pending);
    store.markUsed(uses);
    uses.forEach(pending::remove);
  }
}
