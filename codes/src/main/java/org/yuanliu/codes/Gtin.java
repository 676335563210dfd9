package org.yuanliu.codes;

import java.util.List;

/**
 * Global trade item number (全球贸易项目代码, GB 12904 and GB/T 16830), AI 01: a kind of product.
 *
 * @param gtin 14 digits, the last the check digit; 8, 12 and 13 are padded with zeros on the left
 */
public record Gtin(String gtin) implements Gs1Key {
  private static final String PADDING_OF_GTIN_8 = "000000";

  public Gtin {
    gtin = Gs1Key.checked(Ai.GTIN, DigitalLink.paddedGtin(gtin), Scheme.GTIN);
  }

  /** Of 8, 12, 13 or 14 bare digits; throws {@link CodeException}. */
  public static Gtin of(String digits) {
    return new Gtin(digits);
  }

  @Override
  public Scheme scheme() {
    return Scheme.GTIN;
  }

  @Override
  public List<Element> elements() {
    return List.of(new Element(Ai.GTIN, gtin));
  }

  /** As under the bar code: GTIN-8 or GTIN-13 where it is one, else 14 digits. */
  @Override
  public String bareKey() {
    if (gtin.startsWith(PADDING_OF_GTIN_8)) {
      return gtin.substring(PADDING_OF_GTIN_8.length());
    }
    return gtin.charAt(0) == '0' ? gtin.substring(1) : gtin;
  }
}
