package org.yuanliu.codes;

import org.yuanliu.codes.Refusal.Reason;

/**
 * Approval number of a drug (药品批准文号), printed as 国药准字H20040001. No check digit.
 *
 * @param value a letter (H chemical, Z Chinese medicine, S biological, B health drug, J imported
 *     and repacked), year 4, serial number 4
 */
public record DrugApproval(String value) implements NationalCode {
  private static final String PRINTED_BEFORE = "国药准字";
  private static final int LENGTH = 9;

  public DrugApproval {
    Must.haveLength(value, LENGTH, LENGTH, Scheme.DRUG_APPROVAL);
    Must.hold(
        value.charAt(0) >= 'A' && value.charAt(0) <= 'Z', Reason.CHARACTER, Scheme.DRUG_APPROVAL);
    Must.beDigits(value, 1, LENGTH, Scheme.DRUG_APPROVAL);
    Must.hold(Years.plausible(Digits.number(value, 1, 5)), Reason.RANGE, Scheme.DRUG_APPROVAL);
  }

  static boolean fits(String text) {
    return text.startsWith(PRINTED_BEFORE)
        || (text.length() == LENGTH
            && "HZSBJ".indexOf(text.charAt(0)) >= 0
            && Text.digitsBetween(text, 1, LENGTH)
            && Years.plausible(Digits.number(text, 1, 5)));
  }

  /** With or without 国药准字; throws {@link CodeException}. */
  public static DrugApproval of(String text) {
    return new DrugApproval(
        text.startsWith(PRINTED_BEFORE) ? text.substring(PRINTED_BEFORE.length()) : text);
  }

  @Override
  public Scheme scheme() {
    return Scheme.DRUG_APPROVAL;
  }

  @Override
  public String plain() {
    return PRINTED_BEFORE + value;
  }

  @Override
  public String grouped() {
    return plain();
  }
}
