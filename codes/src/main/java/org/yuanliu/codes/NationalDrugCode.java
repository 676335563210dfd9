package org.yuanliu.codes;

import org.yuanliu.codes.Refusal.Reason;

/**
 * National drug code, stem (国家药品编码本位码): a kind of drug of one manufacturer. Its check digit is that
 * of GS1, so that its 14 digits may also be a GTIN-14.
 *
 * @param value 14 digits: country 86, drugs 9, manufacturer 5, product 5, check digit 1
 */
public record NationalDrugCode(String value) implements NationalCode {
  static final int LENGTH = 14;
  static final String BEGINNING = "869";

  public NationalDrugCode {
    Digits.check(value, LENGTH, Scheme.NATIONAL_DRUG);
    Must.hold(value.startsWith(BEGINNING), Reason.RANGE, Scheme.NATIONAL_DRUG);
    Must.hold(CheckDigits.gs1Holds(value, 0, LENGTH), Reason.CHECK_DIGIT, Scheme.NATIONAL_DRUG);
  }

  /** Of 14 digits; throws {@link CodeException}. */
  public static NationalDrugCode of(String value) {
    return new NationalDrugCode(value);
  }

  @Override
  public Scheme scheme() {
    return Scheme.NATIONAL_DRUG;
  }

  public String manufacturer() {
    return value.substring(3, 8);
  }
}
