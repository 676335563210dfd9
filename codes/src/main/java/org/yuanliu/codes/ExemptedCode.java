package org.yuanliu.codes;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;
import org.yuanliu.codes.Refusal.Reason;

/**
 * A code that fails its scheme's check and is let through by name. It has the canonical form that
 * it would have if its check held; credit codes have a class of their own, {@link CreditCode}.
 */
public final class ExemptedCode implements NationalCode {
  private final String value;
  private final Exemption exemption;

  private ExemptedCode(Exemption exemption) {
    this.value = exemption.value();
    this.exemption = exemption;
  }

  /**
   * The code that an exemption lets through.
   *
   * @throws CodeException if its form is wrong in more than the check
   * @throws IllegalArgumentException if the check holds: then nothing is to be let through
   */
  public static ExemptedCode of(Exemption exemption) {
    requireNonNull(exemption, "exemption is null");
    Scheme scheme = exemption.scheme();
    try {
      scheme.readValue(exemption.value());
    } catch (CodeException e) {
      if (e.refusal().reason() == Reason.CHECK_DIGIT) {
        return new ExemptedCode(exemption);
      }
      throw e;
    }
    throw new IllegalArgumentException("the check of this " + scheme.id() + " code holds");
  }

  @Override
  public Scheme scheme() {
    return exemption.scheme();
  }

  @Override
  public String value() {
    return value;
  }

  public Exemption exemption() {
    return exemption;
  }

  /** By scheme and value: an exemption makes no other code of it. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ExemptedCode that
        && scheme() == that.scheme()
        && value.equals(that.value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public String toString() {
    return "ExemptedCode[" + scheme().id() + ":" + value + "]";
  }
}
