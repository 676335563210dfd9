package org.yuanliu.industry;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a check asks for. All but {@link Holds} are engine checks: they look beyond one event. */
public sealed interface CheckRule {
  /** An expression over the elements of one event that must be true. */
  record Holds(Expression expression) implements CheckRule {
    public Holds {
      requireNonNull(expression, "expression is null");
    }
  }

  /**
   * What goes out under a key is no more than what came in (数量平衡).
   *
   * @param key words of {@link CheckKeys} and elements; a {@code unit} key counts each unit by
   *     itself
   * @param in what each event of these links adds
   * @param out what each event of these links takes away
   * @param tolerancePercent by how much more may go out
   * @param exact whether as much must go out as came in
   * @param settle by when, after the last that came in, an exact balance must be reached; null if
   *     at once
   */
  record Balance(
      List<String> key,
      CheckPeriod period,
      Map<String, Amount> in,
      Map<String, Amount> out,
      BigDecimal tolerancePercent,
      boolean exact,
      @Nullable Limit<Span> settle)
      implements CheckRule {
    public Balance {
      key = List.copyOf(key);
      in = ordered(in);
      out = ordered(out);
    }
  }

  /**
   * What one event makes of what it takes (得率), in percent.
   *
   * @param min smallest ratio; null if there is none
   * @param max largest ratio; null if there is none
   */
  record Yield(
      Amount input, Amount output, @Nullable Limit<BigDecimal> min, @Nullable Limit<BigDecimal> max)
      implements CheckRule {}

  /**
   * What is added up under a key in a period stays within a limit (配额, 限量, 库存上限).
   *
   * @param minus what events of other links take off again
   */
  record Quota(
      List<String> key,
      CheckPeriod period,
      Amount amount,
      Map<String, Amount> minus,
      Limit<BigDecimal> limit)
      implements CheckRule {
    public Quota {
      key = List.copyOf(key);
      minus = ordered(minus);
    }
  }

  /**
   * A day has not passed (有效期, 保质期, 强制报废).
   *
   * @param of element of type date or time, of this event or an earlier one of the same unit
   * @param plus how much later the end is; null if the day itself is it
   * @param left how much must still be left; null if none
   * @param required whether it fails where nobody said the day
   */
  record Expiry(String of, @Nullable Limit<Span> plus, @Nullable Limit<Span> left, boolean required)
      implements CheckRule {}

  /**
   * The time since the last event of a kind on the same key (间隔期, 休药期, 维保周期).
   *
   * @param since the kinds that the time runs from
   * @param min how long at least; null if it may be at once
   * @param max how long at most; null if any
   * @param recurring whether an event of the check's own links must come again within {@code max}
   *     of the last, until one of {@code ends}
   * @param required whether there must be an event of {@code since} at all
   */
  record Interval(
      List<String> key,
      Set<String> since,
      @Nullable Limit<Span> min,
      @Nullable Limit<Span> max,
      boolean recurring,
      Set<String> ends,
      boolean required)
      implements CheckRule {
    public Interval {
      key = List.copyOf(key);
      since = Set.copyOf(since);
      ends = Set.copyOf(ends);
    }
  }

  /**
   * The order of steps (顺序, 状态).
   *
   * @param after for each link, which links may come directly before it among those named here;
   *     {@link #START} stands for nothing before it
   */
  record Sequence(List<String> key, Map<String, Set<String>> after) implements CheckRule {
    /** No step before. */
    public static final String START = "start";

    public Sequence {
      key = List.copyOf(key);
      after = ordered(after);
    }
  }

  /**
   * What the last event of a kind on the same key said (前序结果, 现行状态).
   *
   * @param last the kinds that are looked at
   * @param element of that event
   * @param is the values that it may have; empty if {@code equalTo} tells
   * @param equalTo an element of the present event, or {@code party} or {@code place}, that it must
   *     agree with; null if {@code is} tells
   * @param required whether there must have been such an event
   */
  record State(
      List<String> key,
      Set<String> last,
      String element,
      Set<String> is,
      @Nullable String equalTo,
      boolean required)
      implements CheckRule {
    public State {
      key = List.copyOf(key);
      last = Set.copyOf(last);
      requireNonNull(element, "element is null");
      is = Set.copyOf(is);
    }
  }

  /**
   * Something that happens once, or a given number of times, net of returns (一次性).
   *
   * @param back links whose events give one back
   */
  record Once(List<String> key, Set<String> back, Limit<BigDecimal> limit) implements CheckRule {
    public Once {
      key = List.copyOf(key);
      back = Set.copyOf(back);
    }
  }

  /**
   * A document that lets it happen: registered, valid on the day, its quantity not exceeded (许可证).
   *
   * @param document key among the pack's documents
   * @param subject who must be the one that it was issued to: {@code party}, {@code source}, {@code
   *     destination} or an element; null if anybody may use it
   * @param required whether an event without it fails
   */
  record Permit(
      String document,
      Amount amount,
      BigDecimal tolerancePercent,
      @Nullable String subject,
      boolean required)
      implements CheckRule {
    public Permit {
      requireNonNull(document, "document is null");
      requireNonNull(amount, "amount is null");
    }
  }

  /**
   * Measurements stay within a range and are close enough together (冷链).
   *
   * @param measure GS1 measurement type, {@code Temperature}
   * @param gap longest time between two measurements; null if any
   * @param from links that begin the time to be covered; empty if the event covers itself
   * @param required whether it fails without any measurement
   */
  record ColdChain(
      String measure,
      @Nullable Limit<BigDecimal> min,
      @Nullable Limit<BigDecimal> max,
      @Nullable Span gap,
      Set<String> from,
      boolean required)
      implements CheckRule {
    public ColdChain {
      requireNonNull(measure, "measure is null");
      from = Set.copyOf(from);
    }
  }

  /** The units came through one of these links before (来源可查). */
  record Upstream(Set<String> links) implements CheckRule {
    public Upstream {
      links = Set.copyOf(links);
    }
  }

  /**
   * A party holds a valid licence whose scope covers the act (许可范围).
   *
   * @param document key among the pack's documents
   * @param of whose: {@code party}, {@code source}, {@code destination}, {@code place} or an
   *     element
   * @param scope an element, or {@code product}, whose value the licence must name; null if any
   *     scope will do
   */
  record Licence(String document, String of, @Nullable String scope) implements CheckRule {
    public Licence {
      requireNonNull(document, "document is null");
      requireNonNull(of, "of is null");
    }
  }

  /**
   * Something is reported or done in time (报告时限).
   *
   * @param within how long after the event; null if {@code dayOfNextMonth} tells
   * @param dayOfNextMonth last day of the following month; 0 if {@code within} tells
   * @param followedBy links of which one must follow on the same key; empty if the report of the
   *     event itself is meant
   * @param orBefore whether one of them before the event will do too
   */
  record Deadline(
      List<String> key,
      @Nullable Limit<Span> within,
      int dayOfNextMonth,
      Set<String> followedBy,
      boolean orBefore)
      implements CheckRule {
    public Deadline {
      key = List.copyOf(key);
      followedBy = Set.copyOf(followedBy);
    }
  }

  private static <V> Map<String, V> ordered(Map<String, V> map) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }
}
