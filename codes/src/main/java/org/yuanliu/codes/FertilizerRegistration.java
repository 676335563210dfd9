package org.yuanliu.codes;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yuanliu.codes.Refusal.Reason;

/**
 * Registration number of a fertilizer (肥料登记证号): 农肥(2018)准字12345号, 微生物肥(2018)准字(1234)号,
 * 陕农肥(2020)准字0123号 of a province, 临字 where it is provisional, without a year where it is old. No
 * check digit.
 *
 * @param value as printed, with ASCII brackets round the year and none round the number
 */
public record FertilizerRegistration(String value) implements NationalCode {
  private static final Pattern FORM =
      Pattern.compile(
          "((?:" + Plate.PROVINCE + ")?农肥|微生物肥)(?:\\(([0-9]{4})\\))?([准临])字\\(?([0-9]{1,6})\\)?号?");

  public FertilizerRegistration {
    Must.haveLength(value, 1, 40, Scheme.FERTILIZER_REGISTRATION);
    Matcher form = FORM.matcher(value);
    Must.hold(form.matches(), Reason.CHARACTER, Scheme.FERTILIZER_REGISTRATION);
    String year = form.group(2) == null ? "" : "(" + form.group(2) + ")";
    value = form.group(1) + year + form.group(3) + "字" + form.group(4) + "号";
  }

  static boolean fits(String text) {
    return text.length() <= 40 && FORM.matcher(Text.plainBrackets(text)).matches();
  }

  /** With brackets of any kind; throws {@link CodeException}. */
  public static FertilizerRegistration of(String text) {
    return new FertilizerRegistration(Text.plainBrackets(text));
  }

  @Override
  public Scheme scheme() {
    return Scheme.FERTILIZER_REGISTRATION;
  }
}
