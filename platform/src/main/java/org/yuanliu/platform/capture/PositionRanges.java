package org.yuanliu.platform.capture;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.ArrayList;
import java.util.List;
import org.yuanliu.platform.journal.Outcome;

/**
 * Journal positions, few numbers for many: {@code [[17,116],[120,120]]}, both ends included,
 * ascending.
 */
record PositionRanges(@JsonValue List<List<Long>> ranges) {
  @JsonCreator
  PositionRanges {
    ranges = List.copyOf(ranges);
  }

  static PositionRanges of(List<Outcome.Placed> placed) {
    long[] positions =
        placed.stream().mapToLong(one -> one.ref().position()).sorted().distinct().toArray();
    List<List<Long>> ranges = new ArrayList<>();
    int from = 0;
    for (int i = 1; i <= positions.length; i++) {
      if (i == positions.length || positions[i] != positions[i - 1] + 1) {
        ranges.add(List.of(positions[from], positions[i - 1]));
        from = i;
      }
    }
    return new PositionRanges(ranges);
  }
}
