package org.yuanliu.codes;

import static java.util.Objects.requireNonNull;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.yuanliu.codes.Refusal.Reason;
import org.yuanliu.codes.WrittenForm.Kind;

/**
 * Code of an industrial detonator (工业雷管编码, GA 441): enterprise 2, last digit of the year 1, month
 * 2, day 2, mark 1 (digit or letter; small c, o, s, u, v, w, x, z are not used), serial number 5.
 * It recurs after ten years, so the year is part of the identity: {@code
 * urn:yuanliu:detonator:2026.3461122A00001}. No check digit.
 *
 * @param value year of making 4, point, the 13 printed characters
 */
public record DetonatorCode(String value) implements NationalCode {
  /** Serial numbers under one mark on one day; the printed 00000 is not used. */
  public static final int SERIAL_MAX = 99_999;

  static final int LENGTH = 13;
  static final int STEM_LENGTH = 8;

  private static final int YEARS_TO_RECUR = 10;
  private static final int DECADES_LOOKED_AT = 4;
  private static final int PRINTED_FROM = 5;
  private static final Pattern PRINTED =
      Pattern.compile("(?!00)[0-9]{3}[0-9]{4}[0-9A-Za-z&&[^cosuvwxz]][0-9]{5}");

  public DetonatorCode {
    requireNonNull(value, "value is null");
    Must.haveLength(value, PRINTED_FROM + LENGTH, PRINTED_FROM + LENGTH, Scheme.DETONATOR);
    Must.beDigits(value, 0, 4, Scheme.DETONATOR);
    Must.hold(
        value.charAt(4) == '.' && PRINTED.matcher(value.substring(PRINTED_FROM)).matches(),
        Reason.CHARACTER,
        Scheme.DETONATOR);
    Must.hold(
        Years.plausible(Digits.number(value, 0, 4)) && value.charAt(3) == value.charAt(7),
        Reason.RANGE,
        Scheme.DETONATOR);
    day(value);
  }

  private static LocalDate day(String value) {
    return Must.beDay(
        Digits.number(value, 0, 4),
        Digits.number(value, 8, 10),
        Digits.number(value, 10, 12),
        Scheme.DETONATOR);
  }

  static boolean fits(String text) {
    return text.length() == LENGTH
        && PRINTED.matcher(text).matches()
        && Digits.number(text, 3, 5) >= 1
        && Digits.number(text, 3, 5) <= 12
        && Digits.number(text, 5, 7) >= 1
        && Digits.number(text, 5, 7) <= 31;
  }

  /** Of the year and the printed characters, {@code 2026.3461122A00001}; throws. */
  public static DetonatorCode of(String value) {
    return new DetonatorCode(value);
  }

  /**
   * The last one with these characters that can have been made by a day.
   *
   * @param printed 13 characters; throws {@link CodeException}
   * @param by the day on which it is known to exist
   */
  public static DetonatorCode of(String printed, LocalDate by) {
    return candidates(printed, by).getFirst();
  }

  /**
   * Which ones a scan can mean: that of the last ten years before a day, then that of the ten
   * before; at least one, else throws {@link CodeException}.
   */
  static List<DetonatorCode> candidates(String printed, LocalDate by) {
    Must.hold(fits(printed), Reason.CHARACTER, Scheme.DETONATOR);
    List<DetonatorCode> candidates = new ArrayList<>();
    int back = Math.floorMod(by.getYear() - (printed.charAt(2) - '0'), YEARS_TO_RECUR);
    for (int decade = 0; decade < DECADES_LOOKED_AT && candidates.size() < 2; decade++) {
      int year = by.getYear() - back - decade * YEARS_TO_RECUR;
      // 29 February of a common year is no day: not that decade then.
      if (isDay(year, printed)) {
        DetonatorCode code = new DetonatorCode(year + "." + printed);
        if (!code.madeOn().isAfter(by)) {
          candidates.add(code);
        }
      }
    }
    Must.hold(!candidates.isEmpty(), Reason.DATE, Scheme.DETONATOR);
    return candidates;
  }

  private static boolean isDay(int year, String printed) {
    int month = Digits.number(printed, 3, 5);
    return Years.plausible(year)
        && Digits.number(printed, 5, 7) <= YearMonth.of(year, month).lengthOfMonth();
  }

  @Override
  public Scheme scheme() {
    return Scheme.DETONATOR;
  }

  /** As printed, 13 characters; may mean that of another decade too. */
  @Override
  public String plain() {
    return value.substring(PRINTED_FROM);
  }

  @Override
  public String grouped() {
    return Text.grouped(plain());
  }

  public String enterprise() {
    return value.substring(PRINTED_FROM, PRINTED_FROM + 2);
  }

  public LocalDate madeOn() {
    return day(value);
  }

  @Override
  public List<WrittenForm> forms(PrefixTable prefixes) {
    return List.of(
        new WrittenForm(Kind.URN, canonical()),
        new WrittenForm(Kind.PLAIN, plain()),
        new WrittenForm(Kind.GROUPED, grouped()));
  }
}
