package org.yuanliu.epcis;

import java.util.Arrays;

/**
 * The text that a hash is taken of, written from left to right. The parts of a list are written in
 * whatever order they come and then put in order where they stand, so that lists that came in order
 * (most do) cost no copy.
 */
final class PreHashText {
  private char[] out = new char[1024];
  private int length;

  /** Begins a new text. */
  void clear() {
    length = 0;
  }

  PreHashText append(String text) {
    int end = length + text.length();
    if (end > out.length) {
      grow(end);
    }
    text.getChars(0, text.length(), out, length);
    length = end;
    return this;
  }

  PreHashText append(char c) {
    if (length == out.length) {
      grow(length + 1);
    }
    out[length++] = c;
    return this;
  }

  /** A number that is not negative, with zeros before it up to a width. */
  PreHashText appendPadded(int number, int width) {
    int digits = 1;
    for (int rest = number / 10; rest > 0; rest /= 10) {
      digits++;
    }
    int end = length + Math.max(width, digits);
    if (end > out.length) {
      grow(end);
    }
    int rest = number;
    for (int i = end - 1; i >= length; i--) {
      out[i] = (char) ('0' + rest % 10);
      rest /= 10;
    }
    length = end;
    return this;
  }

  private void grow(int needed) {
    out = Arrays.copyOf(out, Math.max(2 * out.length, needed));
  }

  int length() {
    return length;
  }

  /** Takes away what stands at the end: zeros, and then a point. */
  void dropZeros() {
    while (out[length - 1] == '0') {
      length--;
    }
    if (out[length - 1] == '.') {
      length--;
    }
  }

  /** What was written from a place on, which is taken away. */
  String cut(int from) {
    String text = new String(out, from, length - from);
    length = from;
    return text;
  }

  @Override
  public String toString() {
    return new String(out, 0, length);
  }

  /** Parts of one list, the first of which begins here. */
  Parts parts() {
    return new Parts();
  }

  /** Marks where the parts of a list begin, and sorts them by their bytes in UTF-8. */
  final class Parts {
    private final int from = length;
    private int[] starts = new int[4];
    private int count;

    /** Whatever is written from here on is another part. */
    void next() {
      if (count == starts.length) {
        starts = Arrays.copyOf(starts, 2 * count);
      }
      starts[count++] = length;
    }

    /** Takes away the part that was begun last. */
    void drop() {
      length = starts[--count];
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
        append(part);
      }
    }

    private boolean isSorted() {
      for (int i = 1; i < count; i++) {
        int end = i + 1 < count ? starts[i + 1] : length;
        if (Utf8Order.compare(out, starts[i - 1], starts[i], starts[i], end) > 0) {
          return false;
        }
      }
      return true;
    }
  }
}
