package org.yuanliu.codes;

import java.time.LocalDate;
import java.util.List;
import org.yuanliu.codes.Refusal.Reason;

/**
 * Trace code of a veterinary drug package (兽药追溯码), given out by the national system for veterinary
 * drugs alone; the QR code (GB/T 18284) holds the bare digits. No check digit.
 *
 * @param value 24 digits: day of application 8, enterprise 5, random 11
 */
public record VeterinaryDrugCode(String value) implements NationalCode {
  static final int LENGTH = 24;

  private static final int ENTERPRISE_FROM = 8;
  private static final int ENTERPRISE_TO = 13;

  public VeterinaryDrugCode {
    Digits.check(value, LENGTH, Scheme.VETERINARY_DRUG);
    Must.hold(Years.plausible(Digits.number(value, 0, 4)), Reason.DATE, Scheme.VETERINARY_DRUG);
    day(value);
  }

  private static LocalDate day(String value) {
    return Must.beDay(
        Digits.number(value, 0, 4),
        Digits.number(value, 4, 6),
        Digits.number(value, 6, ENTERPRISE_FROM),
        Scheme.VETERINARY_DRUG);
  }

  /** Of 24 digits; throws {@link CodeException}. */
  public static VeterinaryDrugCode of(String value) {
    return new VeterinaryDrugCode(value);
  }

  @Override
  public Scheme scheme() {
    return Scheme.VETERINARY_DRUG;
  }

  public LocalDate appliedOn() {
    return day(value);
  }

  public String enterprise() {
    return value.substring(ENTERPRISE_FROM, ENTERPRISE_TO);
  }

  @Override
  public List<WrittenForm> forms(PrefixTable prefixes) {
    return NationalCode.withQrText(this, value);
  }
}
