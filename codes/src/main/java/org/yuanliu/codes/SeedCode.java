package org.yuanliu.codes;

import java.util.List;
import org.yuanliu.codes.Refusal.Reason;

/**
 * Unit identification code of a seed package (种子标签单元识别代码, 农办种〔2016〕《农作物种子标签二维码编码规则》): one code, one
 * smallest sales unit, never given to another. So free a form is read only from the whole label
 * ({@link SeedLabel}) or its URN. No check digit.
 *
 * @param value 1 to 20 letters and digits
 */
public record SeedCode(String value) implements NationalCode {
  static final int MAX_LENGTH = 20;

  public SeedCode {
    Must.haveLength(value, 1, MAX_LENGTH, Scheme.SEED);
    for (int i = 0; i < value.length(); i++) {
      Must.hold(Text.isAlphanumeric(value.charAt(i)), Reason.CHARACTER, Scheme.SEED);
    }
  }

  /** Throws {@link CodeException}. */
  public static SeedCode of(String value) {
    return new SeedCode(value);
  }

  @Override
  public Scheme scheme() {
    return Scheme.SEED;
  }

  /** The URN alone: what is printed is read only where it is known to be such a code. */
  @Override
  public List<WrittenForm> forms(PrefixTable prefixes) {
    return List.of(new WrittenForm(WrittenForm.Kind.URN, canonical()));
  }
}
