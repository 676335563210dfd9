package org.yuanliu.platform.registry;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import org.springframework.stereotype.Component;

/**
 * Tells whether something read at a version of the registry may still be used.
 *
 * <p>The view raises the version of what it changes <em>before</em> the journal commits. From then
 * on nobody uses an older copy: he reads the database, and what he reads there before the commit is
 * tagged with the old version and so not used again. A change that is rolled back leaves its stripe
 * uncached until the next change, which costs time and nothing else. A fixed number of stripes
 * stands for all keys: a collision costs one read.
 */
@Component
final class RegistryFreshness {
  private static final int STRIPES = 1 << 12;

  private final AtomicLongArray changed = new AtomicLongArray(STRIPES);
  private final AtomicLong allParties = new AtomicLong();
  private final AtomicLong everything = new AtomicLong();

  void changed(String key, long version) {
    changed.accumulateAndGet(stripe(key), version, Math::max);
  }

  void allPartiesChanged(long version) {
    allParties.accumulateAndGet(version, Math::max);
  }

  void everythingChanged(long version) {
    everything.accumulateAndGet(version, Math::max);
  }

  boolean isFresh(String key, long readAt) {
    return readAt >= changed.get(stripe(key)) && readAt >= everything.get();
  }

  boolean isFreshParty(String key, long readAt) {
    return isFresh(key, readAt) && readAt >= allParties.get();
  }

  private static int stripe(String key) {
    int hash = key.hashCode();
    return (hash ^ (hash >>> 16)) & (STRIPES - 1);
  }
}
