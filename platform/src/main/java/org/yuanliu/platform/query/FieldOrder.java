package org.yuanliu.platform.query;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yuanliu.epcis.EpcisEvent;
import org.yuanliu.platform.journal.Entry;
import org.yuanliu.platform.journal.EventSubject;
import tools.jackson.databind.JsonNode;

/**
 * The order of a field that is not the standard's: numbers by value, times by moment, texts by the
 * code values of their characters; numbers before times before texts; events without it last.
 */
final class FieldOrder {
  private FieldOrder() {}

  private record Value(int rank, BigDecimal number, Instant time, String text)
      implements Comparable<Value> {
    private static final Comparator<Value> ORDER =
        Comparator.comparingInt(Value::rank)
            .thenComparing(Value::number)
            .thenComparing(Value::time)
            .thenComparing(Value::text, (a, b) -> compareCodePoints(a, b));

    @Override
    public int compareTo(Value other) {
      return ORDER.compare(this, other);
    }
  }

  private record Keyed(Entry entry, @Nullable Value value) {}

  static List<Entry> sort(List<Entry> entries, FieldName field, boolean descending) {
    List<Keyed> keyed = new ArrayList<>(entries.size());
    entries.forEach(entry -> keyed.add(new Keyed(entry, value(entry, field))));
    Comparator<Value> order = descending ? Comparator.reverseOrder() : Comparator.naturalOrder();
    keyed.sort(
        Comparator.comparing(Keyed::value, Comparator.nullsLast(order))
            .thenComparingLong(one -> one.entry().ref().position()));
    return keyed.stream().map(Keyed::entry).toList();
  }

  private static @Nullable Value value(Entry entry, FieldName field) {
    if (!(entry.draft().subject() instanceof EventSubject(EpcisEvent event))) {
      return null;
    }
    List<JsonNode> leaves = new ArrayList<>();
    new EventFields(event)
        .values(Criterion.Scope.EVENT, false, field)
        .forEach(value -> EventFields.leaves(value, leaves));
    String text = leaves.isEmpty() ? null : EventTest.text(leaves.getFirst());
    if (text == null) {
      return null;
    }
    BigDecimal number = EventTest.number(leaves.getFirst());
    if (number != null) {
      return new Value(0, number, Instant.EPOCH, "");
    }
    Instant time = Literal.time(text);
    return time == null
        ? new Value(2, BigDecimal.ZERO, Instant.EPOCH, text)
        : new Value(1, BigDecimal.ZERO, time, "");
  }

  private static int compareCodePoints(String a, String b) {
    return java.util.Arrays.compare(a.codePoints().toArray(), b.codePoints().toArray());
  }
}
