package org.yuanliu.codes;

import java.time.LocalDate;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yuanliu.codes.Refusal.Reason;

/**
 * Number of a citizen's identity card (公民身份号码, GB 11643): division 6, day of birth 8, serial number
 * 3, check character 1 (MOD 11-2).
 *
 * <p>On purpose this is no {@link Code}: it has no canonical form and no written form, so it
 * becomes nobody's key. Its text comes out by {@link #reveal()} alone; {@link #toString()} masks.
 */
public final class IdentityCard {
  static final int LENGTH = 18;

  private static final int BIRTH_FROM = 6;
  private static final int BIRTH_TO = 14;
  private static final int SHOWN = 1;

  private static final String SEPARATOR = "(?:%20|%2[dD]|[ +-])";
  private static final Pattern BETWEEN_DIGITS = Pattern.compile(SEPARATOR);
  private static final Pattern IN_TEXT =
      Pattern.compile(
          "(?<![0-9])[1-9](?:" + SEPARATOR + "?[0-9]){16}" + SEPARATOR + "?[0-9Xx](?![0-9])");

  private final String number;

  private IdentityCard(String number) {
    this.number = number;
  }

  /** Of 17 digits and a digit or X, small x allowed; throws {@link CodeException}. */
  public static IdentityCard of(String text) {
    Must.haveLength(text, LENGTH, LENGTH, Scheme.IDENTITY_CARD);
    String number = text.charAt(LENGTH - 1) == 'x' ? text.substring(0, LENGTH - 1) + 'X' : text;
    Must.hold(fits(number), Reason.CHARACTER, Scheme.IDENTITY_CARD);
    birth(number);
    Must.hold(
        CheckDigits.identity(number) == number.charAt(LENGTH - 1),
        Reason.CHECK_DIGIT,
        Scheme.IDENTITY_CARD);
    return new IdentityCard(number);
  }

  static boolean fits(String text) {
    return text.length() == LENGTH
        && Text.digitsBetween(text, 0, LENGTH - 1)
        && (Text.isDigit(text.charAt(LENGTH - 1)) || text.charAt(LENGTH - 1) == 'X');
  }

  private static LocalDate birth(String number) {
    Must.hold(
        Digits.number(number, BIRTH_FROM, BIRTH_FROM + 4) >= 1850,
        Reason.DATE,
        Scheme.IDENTITY_CARD);
    return Must.beDay(
        Digits.number(number, BIRTH_FROM, BIRTH_FROM + 4),
        Digits.number(number, BIRTH_FROM + 4, BIRTH_FROM + 6),
        Digits.number(number, BIRTH_FROM + 6, BIRTH_TO),
        Scheme.IDENTITY_CARD);
  }

  /**
   * A text, such as an address for a log, with every identity number in it masked, a mistyped one
   * too: whose check character is wrong still tells of a person. Spaces, hyphens and their escapes
   * in an address may stand between the digits.
   */
  public static String maskedIn(String text) {
    Matcher numbers = IN_TEXT.matcher(text);
    StringBuilder out = new StringBuilder(text.length());
    while (numbers.find()) {
      String found = numbers.group();
      numbers.appendReplacement(out, Matcher.quoteReplacement(maskedOr(found)));
    }
    return numbers.appendTail(out).toString();
  }

  private static String maskedOr(String found) {
    try {
      String number = BETWEEN_DIGITS.matcher(found).replaceAll("").toUpperCase(Locale.ROOT);
      birth(number);
      return masked(number);
    } catch (CodeException e) {
      return found;
    }
  }

  /** The number in clear, for a commitment or a keyed digest; never to be stored or written out. */
  public String reveal() {
    return number;
  }

  /** First and last character and stars, such as {@code 1****************X}. */
  public String masked() {
    return masked(number);
  }

  private static String masked(String number) {
    return number.substring(0, SHOWN)
        + "*".repeat(LENGTH - 2 * SHOWN)
        + number.substring(LENGTH - SHOWN);
  }

  public LocalDate bornOn() {
    return birth(number);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof IdentityCard that && number.equals(that.number);
  }

  @Override
  public int hashCode() {
    return number.hashCode();
  }

  @Override
  public String toString() {
    return masked();
  }
}
