package org.yuanliu.epcis;

import java.util.Arrays;

/**
 * The text that a hash is taken of, written from left to right. The parts of a list are written in
 * whatever order they come and then put in order where they stand, so that lists that came in order
 * (most do) cost no copy.
 */
final class PreHashText {
  private final StringBuilder out = new StringBuilder(1024);

  PreHashText append(String text) {
    out.append(text);
    return this;
  }

  PreHashText append(char c) {
    out.append(c);
    return this;
  }

  /** For writers of numbers and times. */
  StringBuilder chars() {
    return out;
  }

  int length() {
    return out.length();
  }

  /** What was written from a place on, which is taken away. */
  String cut(int from) {
    String text = out.substring(from);
    out.setLength(from);
    return text;
  }

  @Override
  public String toString() {
    return out.toString();
  }

  /** Parts of one list, the first of which begins here. */
  Parts parts() {
    return new Parts();
  }

  /** Marks where the parts of a list begin, and sorts them by their bytes in UTF-8. */
  final class Parts {
    private final int from = out.length();
    private int[] starts = new int[4];
    private int count;

    /** Whatever is written from here on is another part. */
    void next() {
      if (count == starts.length) {
        starts = Arrays.copyOf(starts, 2 * count);
      }
      starts[count++] = out.length();
    }

    /** Takes away the part that was begun last. */
    void drop() {
      out.setLength(starts[--count]);
    }

    /** Puts all parts in order; nothing else may have been written since the first one. */
    void sort() {
      if (isSorted()) {
        return;
      }
      String text = cut(from);
      String[] parts = new String[count];
      for (int i = 0; i < count; i++) {
        int end = i + 1 < count ? starts[i + 1] - from : text.length();
        parts[i] = text.substring(starts[i] - from, end);
      }
      Arrays.sort(parts, Utf8Order.INSTANCE);
      for (String part : parts) {
        out.append(part);
      }
    }

    private boolean isSorted() {
      for (int i = 1; i < count; i++) {
        int end = i + 1 < count ? starts[i + 1] : out.length();
        if (Utf8Order.compare(out, starts[i - 1], starts[i], starts[i], end) > 0) {
          return false;
        }
      }
      return true;
    }
  }
}
