package org.yuanliu.platform.demo;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Everything drawn by lot, always the same for the same seed. */
final class Dice {
  /** Named, since the platform's default generator may change from one JDK to the next. */
  private static final String ALGORITHM = "L64X128MixRandom";

  private final RandomGenerator random;

  Dice(long seed) {
    random = RandomGeneratorFactory.of(ALGORITHM).create(seed);
  }

  /** Both ends included. */
  int between(int low, int high) {
    return random.nextInt(low, high + 1);
  }

  boolean oneIn(int n) {
    return random.nextInt(n) == 0;
  }

  <T> T pick(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
