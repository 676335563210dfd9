package org.yuanliu.platform.demo;

import org.yuanliu.codes.CreditCode;

/**
 * Credit codes (GB 32100-2015) that hold every check and belong to nobody: their organisation codes
 * begin with MA00, which went to Beijing alone, and are registered here in Shaanxi.
 */
final class CreditCodes {
  private static final String NOBODYS = "MA00";
  private static final int FIRST = 7001;

  private final int first;
  private int issued;

  CreditCodes() {
    this(FIRST);
  }

  /**
   * @param first of the serial numbers, so that several casts don't share one
   */
  CreditCodes(int first) {
    this.first = first;
  }

  /**
   * @param department registering department and kind of body: 91 a company, 92 a trader, 93 a
   *     cooperative, 11 a government office, 12 a public institution
   * @param division six digits, of the registering office
   */
  CreditCode next(String department, String division) {
    int serial = first + issued;
    issued++;
    return CreditCode.issue(department + division + NOBODYS + serial);
  }
}
