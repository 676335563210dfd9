package org.yuanliu.platform.query;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/**
 * A comparison with given values: equal to one of several, or greater or less than one.
 *
 * @param values one at least; exactly one unless {@code op} is EQ
 */
public record Comparison(Op op, List<Literal> values) {
  /** As the beginnings of parameters name them. */
  public enum Op {
    EQ,
    GT,
    GE,
    LT,
    LE;

    /** Whether a comparison with this sign holds. */
    boolean holds(int sign) {
      return switch (this) {
        case EQ -> sign == 0;
        case GT -> sign > 0;
        case GE -> sign >= 0;
        case LT -> sign < 0;
        case LE -> sign <= 0;
      };
    }
  }

  public Comparison {
    requireNonNull(op, "op is null");
    values = List.copyOf(values);
    if (values.isEmpty() || (op != Op.EQ && values.size() > 1)) {
      throw new IllegalArgumentException(op + " with " + values.size() + " values");
    }
  }

  boolean holds(BigDecimal found) {
    for (Literal value : values) {
      BigDecimal wanted = value.decimal();
      if (wanted != null && op.holds(found.compareTo(wanted))) {
        return true;
      }
    }
    return false;
  }

  boolean holds(Instant found) {
    for (Literal value : values) {
      Instant wanted = value.time();
      if (wanted != null && op.holds(found.compareTo(wanted))) {
        return true;
      }
    }
    return false;
  }
}
