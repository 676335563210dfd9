package org.yuanliu.codes;

import java.util.Locale;
import java.util.regex.Pattern;
import org.yuanliu.codes.Refusal.Reason;

/**
 * Registration number of a pesticide (农药登记证号): PD for agriculture, WP for hygiene, LS and WL
 * provisional. Numbers have grown and have suffixes for repackers, so the form is taken widely. No
 * check digit.
 *
 * @param value such as {@code PD20080001} or {@code PD85105-12}
 */
public record PesticideRegistration(String value) implements NationalCode {
  private static final Pattern FORM =
      Pattern.compile("(?:PD|WP|LS|WL)[0-9]{4,10}(?:-[0-9]{1,4})?(?:F[0-9]{1,8})?");

  public PesticideRegistration {
    value = value.toUpperCase(Locale.ROOT);
    Must.hold(fits(value), Reason.CHARACTER, Scheme.PESTICIDE_REGISTRATION);
  }

  static boolean fits(String text) {
    return text.length() <= 26 && FORM.matcher(text.toUpperCase(Locale.ROOT)).matches();
  }

  /** Throws {@link CodeException}. */
  public static PesticideRegistration of(String value) {
    return new PesticideRegistration(value);
  }

  @Override
  public Scheme scheme() {
    return Scheme.PESTICIDE_REGISTRATION;
  }
}
