package org.yuanliu.codes;

import java.util.List;

/**
 * Circulation service card (肉菜流通服务卡) that one operator carries and pays with. Its 13 digits tell
 * nothing by themselves, so they are read only from the URN. No check digit.
 *
 * @param value 13 digits
 */
public record ServiceCard(String value) implements NationalCode {
  static final int LENGTH = 13;

  public ServiceCard {
    Digits.check(value, LENGTH, Scheme.SERVICE_CARD);
  }

  /** Of 13 digits; throws {@link CodeException}. */
  public static ServiceCard of(String value) {
    return new ServiceCard(value);
  }

  @Override
  public Scheme scheme() {
    return Scheme.SERVICE_CARD;
  }

  /** The URN alone: what is printed is read only where it is known to be such a code. */
  @Override
  public List<WrittenForm> forms(PrefixTable prefixes) {
    return List.of(new WrittenForm(WrittenForm.Kind.URN, canonical()));
  }
}
