package org.yuanliu.codes;

import java.util.List;

/**
 * Drug trace code (药品追溯码, NMPAB/T 1002-2019) of one sales package of any packaging level: drug
 * identification code 7, serial number with check section 13. The codes in use begin with 8; the
 * issuer alone knows the algorithm of the last four digits. Never reused.
 *
 * <p>The levels of packaging of one drug share nothing but the drug's own records: a case's code
 * has other first seven digits than the box inside it (see {@link PackagingRatio}).
 *
 * @param value 20 digits
 */
public record DrugTraceCode(String value) implements NationalCode {
  static final int LENGTH = 20;

  private static final int PRODUCT_LENGTH = 7;

  public DrugTraceCode {
    Digits.check(value, LENGTH, Scheme.DRUG);
  }

  /** Of 20 digits; throws {@link CodeException}. */
  public static DrugTraceCode of(String value) {
    return new DrugTraceCode(value);
  }

  @Override
  public Scheme scheme() {
    return Scheme.DRUG;
  }

  /** Drug identification code (药品标识码) of one drug at one packaging level, 7 digits. */
  public String product() {
    return value.substring(0, PRODUCT_LENGTH);
  }

  /** Production identification (生产标识码): serial number and check section, 13 digits. */
  public String serial() {
    return value.substring(PRODUCT_LENGTH);
  }

  @Override
  public List<WrittenForm> forms(PrefixTable prefixes) {
    return NationalCode.withQrText(this, value);
  }
}
