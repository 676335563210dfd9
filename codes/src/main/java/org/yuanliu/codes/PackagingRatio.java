package org.yuanliu.codes;

import java.util.ArrayList;
import java.util.List;
import org.yuanliu.codes.Refusal.Reason;

/**
 * Packaging ratio (包装比例) of a drug, such as 1:5:10: one case holds 5 middle packs, which together
 * hold 10 boxes. Packaging level 1 is the smallest sold (小码), the last the largest (大码).
 *
 * @param counts packages of each level in one of the largest, from the largest (always 1) down
 */
public record PackagingRatio(List<Integer> counts) {
  /** Levels in use are at most three; one more for pallets. */
  public static final int MAX_LEVELS = 4;

  private static final int MAX_COUNT = 1_000_000;

  public PackagingRatio {
    counts = List.copyOf(counts);
    Must.hold(!counts.isEmpty() && counts.size() <= MAX_LEVELS, Reason.LENGTH, Scheme.DRUG);
    Must.hold(counts.getFirst() == 1, Reason.RANGE, Scheme.DRUG);
    for (int i = 1; i < counts.size(); i++) {
      Must.hold(
          counts.get(i) <= MAX_COUNT
              && counts.get(i) >= counts.get(i - 1)
              && counts.get(i) % counts.get(i - 1) == 0,
          Reason.RANGE,
          Scheme.DRUG);
    }
  }

  /** Of text such as {@code 1:5:10}, colons of any width; throws {@link CodeException}. */
  public static PackagingRatio parse(String text) {
    String[] parts = Typed.withoutSpaces(Typed.normalised(text)).split(":", MAX_LEVELS + 1);
    List<Integer> counts = new ArrayList<>();
    for (String part : parts) {
      Must.hold(
          !part.isEmpty() && part.length() <= 7 && Text.allDigits(part),
          Reason.CHARACTER,
          Scheme.DRUG);
      counts.add(Integer.parseInt(part));
    }
    return new PackagingRatio(counts);
  }

  public int levels() {
    return counts.size();
  }

  /** How many of the next smaller level one package holds; level from 2 up. */
  public int contents(int level) {
    if (level < 2 || level > levels()) {
      throw new IllegalArgumentException("no level with contents: " + level);
    }
    int index = levels() - level;
    return counts.get(index + 1) / counts.get(index);
  }

  @Override
  public String toString() {
    return String.join(":", counts.stream().map(String::valueOf).toList());
  }
}
