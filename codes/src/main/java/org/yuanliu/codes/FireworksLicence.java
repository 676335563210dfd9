package org.yuanliu.codes;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yuanliu.codes.Refusal.Reason;

/**
 * Number of a fireworks dealer's licence (烟花爆竹经营许可证编号, 应急厅〔2020〕31号): (X1)PF〔X2〕X3 wholesale,
 * (X1)LS〔X2〕X3 retail. X1 is the issuer, X2 the year, X3 a number. No check digit.
 *
 * @param value as printed, with the brackets of that form
 */
public record FireworksLicence(String value) implements NationalCode {
  private static final Pattern FORM =
      Pattern.compile(
          "\\(([\\p{IsHan}0-9A-Z]{1,10})\\)(PF|LS)\\(((?:19|20)[0-9]{2})\\)([0-9A-Z-]{1,20})");

  public FireworksLicence {
    Must.haveLength(value, 1, 48, Scheme.FIREWORKS_LICENCE);
    Matcher form = FORM.matcher(Text.plainBrackets(value));
    Must.hold(form.matches(), Reason.CHARACTER, Scheme.FIREWORKS_LICENCE);
    value = "(" + form.group(1) + ")" + form.group(2) + "〔" + form.group(3) + "〕" + form.group(4);
  }

  static boolean fits(String text) {
    return text.length() <= 48 && FORM.matcher(Text.plainBrackets(text)).matches();
  }

  /** With brackets of any kind; throws {@link CodeException}. */
  public static FireworksLicence of(String text) {
    return new FireworksLicence(text);
  }

  @Override
  public Scheme scheme() {
    return Scheme.FIREWORKS_LICENCE;
  }

  public boolean isRetail() {
    return value.contains(")LS");
  }
}
