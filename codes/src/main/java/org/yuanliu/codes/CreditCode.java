package org.yuanliu.codes;

import static java.util.Objects.requireNonNull;

import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yuanliu.codes.Refusal.Reason;

/**
 * Unified social credit code (统一社会信用代码, GB 32100-2015): registering department 1, kind of body 1,
 * division of registration 6, organisation code of GB 11714 9, check character 1.
 *
 * <p>The last character decides. Codes were issued whose last character is wrong: such a one is let
 * through by an {@link Exemption}, which stays with it. The organisation code inside has a check
 * character of its own, see {@link #organisationCheckHolds()}; it refuses nothing, because every
 * typing error in it also breaks the last one. The division inside is that of the registering
 * office at the time, often an abolished one or none (100000), and is not looked up.
 */
public final class CreditCode implements NationalCode {
  static final int LENGTH = 18;

  private static final int ORGANISATION_FROM = 8;
  private static final int ORGANISATION_CHECK = 16;

  private final String value;
  private final @Nullable Exemption exemption;

  private CreditCode(String value, @Nullable Exemption exemption) {
    this.value = requireNonNull(value, "value is null");
    this.exemption = exemption;
  }

  /** Of 18 characters, lower case allowed; throws {@link CodeException}. */
  public static CreditCode of(String text) {
    String value = wellFormed(text);
    if (!checkHolds(value)) {
      throw new CodeException(Reason.CHECK_DIGIT, Scheme.CREDIT);
    }
    return new CreditCode(value, null);
  }

  /**
   * A code that was really issued though its check character fails. A code whose check character
   * holds is returned without the exemption, which it does not need. Throws {@link CodeException}
   * if the form itself is wrong.
   */
  public static CreditCode exempted(String text, Exemption exemption) {
    requireNonNull(exemption, "exemption is null");
    String value = wellFormed(text);
    return new CreditCode(value, checkHolds(value) ? null : exemption);
  }

  /**
   * A code with right check characters, as the registering department makes it.
   *
   * @param stem 16 characters: department 1, kind of body 1, division 6, organisation 8; throws
   *     {@link CodeException}
   */
  public static CreditCode issue(String stem) {
    if (stem.length() != ORGANISATION_CHECK) {
      throw new CodeException(Reason.LENGTH, Scheme.CREDIT);
    }
    String padded = wellFormed(stem + "00");
    String body =
        padded.substring(0, ORGANISATION_CHECK)
            + CheckDigits.organisation(padded, ORGANISATION_FROM);
    return of(body + CheckDigits.credit(body));
  }

  @Override
  public String value() {
    return value;
  }

  @Override
  public Scheme scheme() {
    return Scheme.CREDIT;
  }

  /** Present exactly where the check character fails. */
  public Optional<Exemption> exemption() {
    return Optional.ofNullable(exemption);
  }

  /** Division of the office that registered the body, at the time. */
  public DivisionCode registeredIn() {
    return new DivisionCode(value.substring(2, ORGANISATION_FROM));
  }

  /** The organisation code (组织机构代码, GB 11714) inside: 8 characters, hyphen, check character. */
  public String organisationCode() {
    return value.substring(ORGANISATION_FROM, ORGANISATION_CHECK)
        + "-"
        + value.charAt(ORGANISATION_CHECK);
  }

  public boolean organisationCheckHolds() {
    return CheckDigits.organisation(value, ORGANISATION_FROM) == value.charAt(ORGANISATION_CHECK);
  }

  private static boolean checkHolds(String value) {
    return CheckDigits.credit(value) == value.charAt(LENGTH - 1);
  }

  private static String wellFormed(String text) {
    String value = text.toUpperCase(Locale.ROOT);
    if (value.length() != LENGTH) {
      throw new CodeException(Reason.LENGTH, Scheme.CREDIT);
    }
    for (int i = 0; i < LENGTH; i++) {
      if (CheckDigits.CREDIT_ALPHABET.indexOf(value.charAt(i)) < 0) {
        throw new CodeException(Reason.CHARACTER, Scheme.CREDIT);
      }
    }
    if (!Text.digitsBetween(value, 2, ORGANISATION_FROM)) {
      throw new CodeException(Reason.CHARACTER, Scheme.CREDIT);
    }
    return value;
  }

  /** By the code alone: an exemption makes no other party of it. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof CreditCode that && value.equals(that.value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public String toString() {
    return "CreditCode[" + value + "]";
  }

  /**
   * Who let a code through, when and on what ground.
   *
   * @param grantedBy account or office that answers for it
   * @param grantedOn legal day
   * @param evidence what was seen: the licence's number, the register's page
   */
  public record Exemption(String grantedBy, LocalDate grantedOn, String evidence) {
    public Exemption {
      requireNonNull(grantedOn, "grantedOn is null");
      if (grantedBy.isBlank() || evidence.isBlank()) {
        throw new IllegalArgumentException(
            "an exemption names who granted it and on what evidence");
      }
    }
  }
}
