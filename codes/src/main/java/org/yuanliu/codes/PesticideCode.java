package org.yuanliu.codes;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import org.yuanliu.codes.Refusal.Reason;

/**
 * Unit identification code of a pesticide package (农药标签二维码单元识别代码, 农业部公告第2579号). One code, one sales
 * package; outer and inner packages are linked. No check digit.
 *
 * @param value 32 digits: kind of registration 1, last six digits of the registration 6, kind of
 *     production 1, specification 3, random 21
 */
public record PesticideCode(String value) implements NationalCode {
  static final int LENGTH = 32;
  static final int STEM_LENGTH = 11;

  public PesticideCode {
    Digits.check(value, LENGTH, Scheme.PESTICIDE);
    Must.hold(isKind(value.charAt(0)) && isKind(value.charAt(7)), Reason.RANGE, Scheme.PESTICIDE);
  }

  private static boolean isKind(char c) {
    return c >= '1' && c <= '3';
  }

  static boolean fits(String text) {
    return text.length() == LENGTH
        && Text.allDigits(text)
        && isKind(text.charAt(0))
        && isKind(text.charAt(7));
  }

  /** Of 32 digits; throws {@link CodeException}. */
  public static PesticideCode of(String value) {
    return new PesticideCode(value);
  }

  @Override
  public Scheme scheme() {
    return Scheme.PESTICIDE;
  }

  public Registration registration() {
    return Registration.values()[value.charAt(0) - '1'];
  }

  /** The last six digits of the registration certificate's number. */
  public String registrationDigits() {
    return value.substring(1, 7);
  }

  public Production production() {
    return Production.values()[value.charAt(7) - '1'];
  }

  @Override
  public Map<String, String> parts() {
    return Map.of("registration", registrationDigits(), "production", value.substring(7, 8));
  }

  /** The firm's own code for the size and form of the package, 3 digits. */
  public String specification() {
    return value.substring(8, STEM_LENGTH);
  }

  /**
   * What the label's QR or Data Matrix code holds: the trace page's address, then this code.
   *
   * @param traceAddress where the firm answers for its codes, such as {@code
   *     https://trace.example.cn/p/}
   */
  public String qrText(String traceAddress) {
    return requireNonNull(traceAddress, "traceAddress is null") + value;
  }

  /** Kind of registration (登记类别), first digit. */
  public enum Registration {
    /** PD: for agriculture. */
    PD,
    /** WP: against pests of hygiene. */
    WP,
    /** LS and WL: provisional. */
    PROVISIONAL
  }

  /** Kind of production (生产类型), eighth digit. */
  public enum Production {
    /** By the holder of the registration. */
    HOLDER,
    /** Processed for him by another. */
    COMMISSIONED,
    /** Packed for him by another. */
    REPACKED
  }
}
