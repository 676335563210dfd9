package org.yuanliu.codes;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import org.yuanliu.codes.Refusal.Reason;

/**
 * Ear tag of one animal (畜禽标识编码, 农业部令第67号《畜禽标识和养殖档案管理办法》). No check digit.
 *
 * @param value 15 digits: species 1, division (county) 6, serial number 8
 */
public record EarTag(String value) implements NationalCode, InDivision {
  public static final int SERIAL_MAX = 99_999_999;

  static final int LENGTH = 15;

  public EarTag {
    Digits.check(value, LENGTH, Scheme.EAR_TAG);
    if (value.charAt(0) < '1' || value.charAt(0) > '3') {
      throw new CodeException(Reason.RANGE, Scheme.EAR_TAG);
    }
  }

  /** Of 15 digits; throws {@link CodeException}. */
  public static EarTag of(String value) {
    return new EarTag(value);
  }

  /** A new code; {@code serial} from 1 to {@link #SERIAL_MAX}, else {@link CodeException}. */
  public static EarTag issue(Species species, DivisionCode division, int serial) {
    return new EarTag(
        species.digit() + division.value() + Digits.serial(serial, SERIAL_MAX, Scheme.EAR_TAG));
  }

  @Override
  public Scheme scheme() {
    return Scheme.EAR_TAG;
  }

  public Species species() {
    return switch (value.charAt(0)) {
      case '1' -> Species.PIG;
      case '2' -> Species.CATTLE;
      default -> Species.SHEEP;
    };
  }

  @Override
  public DivisionCode division() {
    return new DivisionCode(value.substring(1, 1 + DivisionCode.LENGTH));
  }

  @Override
  public Map<String, String> parts() {
    return Map.of("species", value.substring(0, 1));
  }

  public int serial() {
    return Digits.number(value, 1 + DivisionCode.LENGTH, LENGTH);
  }

  /** The animals that are tagged (同上，第九条). */
  public enum Species {
    PIG("1", "猪", "pig"),
    CATTLE("2", "牛", "cattle"),
    /** Sheep and goats. */
    SHEEP("3", "羊", "sheep");

    private final String digit;
    private final String zhName;
    private final String enName;

    Species(String digit, String zhName, String enName) {
      this.digit = requireNonNull(digit, "digit is null");
      this.zhName = requireNonNull(zhName, "zhName is null");
      this.enName = requireNonNull(enName, "enName is null");
    }

    public String digit() {
      return digit;
    }

    public String zhName() {
      return zhName;
    }

    public String enName() {
      return enName;
    }
  }
}
