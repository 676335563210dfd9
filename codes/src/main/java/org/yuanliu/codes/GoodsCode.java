package org.yuanliu.codes;

/**
 * Goods code (商品码) of the meat and vegetable system: the first eight digits of GB/T 7635.1, where
 * meat begins with 211 and vegetables with 012. No check digit.
 *
 * @param value 8 digits
 */
public record GoodsCode(String value) implements NationalCode {
  static final int LENGTH = 8;

  public GoodsCode {
    Digits.check(value, LENGTH, Scheme.GOODS);
  }

  /** Of 8 digits; throws {@link CodeException}. */
  public static GoodsCode of(String value) {
    return new GoodsCode(value);
  }

  @Override
  public Scheme scheme() {
    return Scheme.GOODS;
  }
}
