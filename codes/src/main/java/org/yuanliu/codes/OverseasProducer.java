package org.yuanliu.codes;

import java.util.regex.Pattern;
import org.yuanliu.codes.Refusal.Reason;

/**
 * Registration in China of an overseas food producer (进口食品境外生产企业在华注册编号): C, country 3 letters, then
 * 14 digits as the customs give it out; the form is taken widely. No check digit.
 *
 * @param value C, three capitals, 4 to 20 digits and capitals
 */
public record OverseasProducer(String value) implements NationalCode {
  private static final Pattern FORM = Pattern.compile("C[A-Z]{3}[0-9A-Z]{4,20}");

  public OverseasProducer {
    Must.hold(FORM.matcher(value).matches(), Reason.CHARACTER, Scheme.OVERSEAS_PRODUCER);
  }

  static boolean fits(String text) {
    return FORM.matcher(text).matches();
  }

  /** Throws {@link CodeException}. */
  public static OverseasProducer of(String value) {
    return new OverseasProducer(value);
  }

  @Override
  public Scheme scheme() {
    return Scheme.OVERSEAS_PRODUCER;
  }

  /** ISO 3166-1 alpha-3. */
  public String country() {
    return value.substring(1, 4);
  }
}
