package org.yuanliu.codes;

import static java.util.Objects.requireNonNull;

/** How a scheme lets a typing error be found, and what that promises. */
public enum Check {
  NONE("无校验位", "no check digit", false, false),
  GS1_MOD_10(
      "GS1 模10（GB 12904）：查出任何一位错误，及相差不为5的相邻换位",
      "GS1 modulo 10: finds every wrong digit, and adjacent digits swapped unless they differ by 5",
      true,
      false),
  MOD_31(
      "GB 32100 模31：查出任何一位错误及任何相邻换位",
      "GB 32100 modulo 31: finds every wrong character and every adjacent swap",
      true,
      true),
  MOD_11_10(
      "GB/T 17710 MOD 11,10：查出任何一位错误及几乎所有相邻换位",
      "ISO 7064 MOD 11,10: finds every wrong digit and nearly every adjacent swap",
      true,
      false),
  MOD_11_2(
      "GB 11643 MOD 11-2：查出任何一位错误及任何换位",
      "ISO 7064 MOD 11-2: finds every wrong digit and every swap",
      true,
      true),
  GB_11714(
      "GB 11714 模11：查出任何一位数字错误；字母与数值相差11倍数者不能区分",
      "GB 11714 modulo 11: finds every wrong digit; letters whose values differ by 11 look alike",
      true,
      false),
  CAS(
      "CAS 模10：权为偶数或5的位置上只查出部分错误",
      "CAS modulo 10: finds only some errors where the weight is even or five",
      false,
      false),
  ISSUER(
      "校验算法由发码机构保密，只能由其核验", "the issuer keeps its check to itself; only it can tell", false, false);

  private final String zh;
  private final String en;
  private final boolean everyWrongDigit;
  private final boolean everyAdjacentSwap;

  Check(String zh, String en, boolean everyWrongDigit, boolean everyAdjacentSwap) {
    this.zh = requireNonNull(zh, "zh is null");
    this.en = requireNonNull(en, "en is null");
    this.everyWrongDigit = everyWrongDigit;
    this.everyAdjacentSwap = everyAdjacentSwap;
  }

  public String zh() {
    return zh;
  }

  public String en() {
    return en;
  }

  /** Whether a code with any one digit changed into another is always refused. */
  public boolean findsEveryWrongDigit() {
    return everyWrongDigit;
  }

  /** Whether a code with two unequal neighbours swapped is always refused. */
  public boolean findsEveryAdjacentSwap() {
    return everyAdjacentSwap;
  }
}
