package org.yuanliu.platform.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Two sets of pairs have the same sums exactly if they are the same. */
class IdentitySumsTest {
  private static final long SEED = 20_261_130;
  private static final int KEY_BYTES = 16;

  private final Random random = new Random(SEED);

  @SuppressWarnings("ArrayRecordComponent") // read only
  private record Pair(byte[] key, long position) {}

  private List<Pair> pairs(int count) {
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] key = new byte[KEY_BYTES];
      random.nextBytes(key);
      pairs.add(new Pair(key, 7L * i));
    }
    return pairs;
  }

  private static IdentitySums sums(IdentitySums secret, List<Pair> pairs) {
    IdentitySums sums = secret.another();
    for (Pair pair : pairs) {
      byte[] around = new byte[KEY_BYTES + 3];
      System.arraycopy(pair.key(), 0, around, 2, KEY_BYTES);
      sums.add(around, 2, pair.position());
    }
    return sums;
  }

  @Test
  void theOrderDoesNotCountAndPartsAddUp() {
    IdentitySums secret = IdentitySums.secret();
    List<Pair> pairs = pairs(10_000);
    IdentitySums whole = sums(secret, pairs);
    List<Pair> mixed = new ArrayList<>(pairs);
    Collections.shuffle(mixed, random);
    assertThat(whole.differences(sums(secret, mixed))).isEmpty();

    IdentitySums parts = secret.another();
    parts.add(sums(secret, mixed.subList(0, 3_000)));
    parts.add(sums(secret, mixed.subList(3_000, 10_000)));
    assertThat(whole.differences(parts)).isEmpty();
    assertThat(secret.another().differences(secret.another())).isEmpty();
  }

  @Test
  void whatDiffersIsFoundInItsStretch() {
    IdentitySums secret = IdentitySums.secret();
    List<Pair> pairs = pairs(10_000);
    IdentitySums whole = sums(secret, pairs);
    Pair one = pairs.get(5_000); // position 35,000 in the third stretch
    Pair other = pairs.get(9_000); // position 63,000 in the fourth
    byte[] changed = one.key().clone();
    changed[KEY_BYTES - 1] ^= 1;

    assertDifferent(whole, sums(secret, with(pairs, 5_000, new Pair(changed, 35_000))), 2L);
    assertDifferent(whole, sums(secret, with(pairs, 5_000, new Pair(one.key(), 35_001))), 2L);
    assertDifferent(
        whole,
        sums(
            secret,
            with(
                with(pairs, 5_000, new Pair(other.key(), one.position())),
                9_000,
                new Pair(one.key(), other.position()))),
        2L,
        3L);
    List<Pair> fewer = new ArrayList<>(pairs);
    fewer.remove(5_000);
    assertDifferent(whole, sums(secret, fewer), 2L);
    List<Pair> twice = new ArrayList<>(pairs);
    twice.add(one);
    assertDifferent(whole, sums(secret, twice), 2L);
    List<Pair> beyond = new ArrayList<>(pairs);
    beyond.add(new Pair(changed, 1_000_000));
    beyond.add(new Pair(changed, -1));
    beyond.add(new Pair(changed, Long.MAX_VALUE));
    assertDifferent(whole, sums(secret, beyond), -1L, 61L, Long.MAX_VALUE / IdentitySums.STRETCH);
  }

  /** Else an attacker could look for two sets that have one sum. */
  @Test
  void everyCheckHasASecretOfItsOwn() {
    List<Pair> pairs = pairs(10);
    assertThat(sums(IdentitySums.secret(), pairs).differences(sums(IdentitySums.secret(), pairs)))
        .containsExactly(0L);
  }

  private static List<Pair> with(List<Pair> pairs, int index, Pair pair) {
    List<Pair> changed = new ArrayList<>(pairs);
    changed.set(index, pair);
    return changed;
  }

  private static void assertDifferent(IdentitySums one, IdentitySums other, Long... stretches) {
    assertThat(one.differences(other)).containsExactly(stretches);
    assertThat(other.differences(one)).containsExactly(stretches);
  }
}
