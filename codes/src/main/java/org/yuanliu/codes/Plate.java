package org.yuanliu.codes;

import java.util.regex.Pattern;
import org.yuanliu.codes.Refusal.Reason;

/**
 * Number plate of a vehicle (机动车号牌, GA 36), such as 陕A12345, or 陕AD12345 of a new-energy vehicle.
 * No check digit. Plates are never shown to the public.
 *
 * @param value province, letter of the city, 5 or 6 digits and capitals; the last may be a word as
 *     on trailers and driving schools
 */
public record Plate(String value) implements NationalCode {
  /** The one-character names of the provinces, as a class of characters. */
  static final String PROVINCE = "[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]";

  private static final Pattern FORM =
      Pattern.compile(PROVINCE + "[A-Z][0-9A-HJ-NP-Z]{4,5}[0-9A-HJ-NP-Z学警挂港澳超]");

  public Plate {
    Must.hold(fits(value), Reason.CHARACTER, Scheme.PLATE);
  }

  static boolean fits(String text) {
    return text.length() <= 8 && FORM.matcher(text).matches();
  }

  /** Without the dot after the letter; throws {@link CodeException}. */
  public static Plate of(String value) {
    return new Plate(value);
  }

  @Override
  public Scheme scheme() {
    return Scheme.PLATE;
  }

  @Override
  public String grouped() {
    return value.substring(0, 2) + " " + value.substring(2);
  }
}
