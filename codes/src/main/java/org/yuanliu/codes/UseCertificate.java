package org.yuanliu.codes;

import java.util.regex.Pattern;
import org.yuanliu.codes.Refusal.Reason;

/**
 * Number of a certificate of use of special equipment (特种设备使用登记证编号, TSG 08), such as
 * 梯11陕A00001(17): kind, class 2, province, letter of the city, serial number, year 2. No check
 * digit; the form is taken widely.
 *
 * @param value as printed, with ASCII brackets
 */
public record UseCertificate(String value) implements NationalCode {
  private static final Pattern FORM =
      Pattern.compile(
          "[锅容管瓶梯起索游车][0-9A-Z]{2}" + Plate.PROVINCE + "[A-Z0-9]{1,2}[0-9]{4,6}(?:\\([0-9]{2}\\))?");

  public UseCertificate {
    Must.hold(fits(value), Reason.CHARACTER, Scheme.USE_CERTIFICATE);
    value = Text.plainBrackets(value);
  }

  static boolean fits(String text) {
    return text.length() <= 24 && FORM.matcher(Text.plainBrackets(text)).matches();
  }

  /** With brackets of any kind; throws {@link CodeException}. */
  public static UseCertificate of(String text) {
    return new UseCertificate(text);
  }

  @Override
  public Scheme scheme() {
    return Scheme.USE_CERTIFICATE;
  }
}
