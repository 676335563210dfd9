package org.yuanliu.codes;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.yuanliu.codes.Refusal.Reason;

/**
 * Serial numbers under one stem, given out in order, each once. Immutable: drawing answers the
 * codes and the range that is left, and whoever keeps the latter never gives a code twice.
 *
 * @param issuable the scheme
 * @param stem what stands before the serial number, see {@link Issuable}
 * @param first lowest serial number, from 1
 * @param last highest serial number
 * @param next the one that is given out next; {@code last + 1} where all are
 */
public record CodeRange(Issuable issuable, String stem, long first, long last, long next) {
  /** Share of the numbers, in percent, from which on a new range should be got. */
  public static final int WARNING_PERCENT = 80;

  /** Codes in one drawing: a day's labels of a large firm, and some megabytes. */
  public static final int MAX_DRAWN = 100_000;

  /** Throws {@link CodeException} where the stem or a number is out of what the scheme has. */
  public CodeRange {
    requireNonNull(issuable, "issuable is null");
    requireNonNull(stem, "stem is null");
    long highest = issuable.lastSerial(stem);
    if (first < 1 || last < first || last > highest || next < first || next > last + 1) {
      throw issuable.refused(Reason.RANGE);
    }
  }

  /** A fresh range with every number of a stem; throws {@link CodeException}. */
  public static CodeRange whole(Issuable issuable, String stem) {
    return new CodeRange(issuable, stem, 1, issuable.lastSerial(stem), 1);
  }

  /** A fresh range; throws {@link CodeException}. */
  public static CodeRange of(Issuable issuable, String stem, long first, long last) {
    return new CodeRange(issuable, stem, first, last, first);
  }

  public long capacity() {
    return last - first + 1;
  }

  public long used() {
    return next - first;
  }

  public long remaining() {
    return last + 1 - next;
  }

  public boolean isExhausted() {
    return remaining() == 0;
  }

  /** Whether {@link #WARNING_PERCENT} of the numbers are given out. */
  public boolean isNearlyUsedUp() {
    // In whole numbers: capacity is below 2^43, so nothing overflows.
    return used() * 100 >= capacity() * WARNING_PERCENT;
  }

  /** Whether a number under the same stem is in both. */
  public boolean overlaps(CodeRange other) {
    return issuable == other.issuable
        && stem.equals(other.stem)
        && first <= other.last
        && other.first <= last;
  }

  /** The next code; throws {@link CodeException} (exhausted) where all are given out. */
  public Drawn next(RandomGenerator random) {
    return draw(1, random);
  }

  /**
   * The next codes: all or none.
   *
   * @param count 1 to {@link #MAX_DRAWN}
   * @param random for schemes that want digits nobody can guess
   * @throws CodeException (exhausted) where fewer are left
   */
  public Drawn draw(int count, RandomGenerator random) {
    requireNonNull(random, "random is null");
    if (count < 1 || count > MAX_DRAWN) {
      throw issuable.refused(Reason.RANGE);
    }
    if (count > remaining()) {
      throw issuable.refused(Reason.EXHAUSTED);
    }
    List<Code> codes = new ArrayList<>(count);
    for (long serial = next; serial < next + count; serial++) {
      codes.add(issuable.code(stem, serial, random));
    }
    return new Drawn(codes, new CodeRange(issuable, stem, first, last, next + count));
  }

  /**
   * What was drawn.
   *
   * @param codes in order
   * @param rest the range after it; keep this one
   */
  public record Drawn(List<Code> codes, CodeRange rest) {
    public Drawn {
      codes = List.copyOf(codes);
      requireNonNull(rest, "rest is null");
    }
  }
}
