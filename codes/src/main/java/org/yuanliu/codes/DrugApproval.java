package org.yuanliu.codes;

import java.util.Locale;
import java.util.regex.Pattern;
import org.yuanliu.codes.Refusal.Reason;

/**
 * Approval number of a drug (药品批准文号), printed as 国药准字H20040001. No check digit.
 *
 * @param value a letter (H chemical, Z Chinese medicine, S biological, B health drug, J imported
 *     and repacked), after it C where it is made in Hong Kong, Macao or Taiwan and J where abroad,
 *     before it B where such a drug is repacked here; year 4, serial number 4. Those renumbered
 *     from a province's approvals have its two digits and two of the year instead [M]
 */
public record DrugApproval(String value) implements NationalCode {
  private static final String PRINTED_BEFORE = "国药准字";
  private static final int NUMBER_LENGTH = 8;

  /** Perhaps B (repacked here), then the kind, then perhaps where it is made: C or J. */
  private static final Pattern LETTERS = Pattern.compile("B?[A-Z][CJ]?");

  /** Letters in use, so that bare text is not taken for one too soon. */
  private static final Pattern BARE = Pattern.compile("B?[HZSBJ][CJ]?[0-9]{8}");

  /** Provinces as in GB/T 2260. */
  private static final int FIRST_PROVINCE = 11;

  private static final int LAST_PROVINCE = 65;
  private static final int OF_PROVINCE = 100;

  public DrugApproval {
    value = value.toUpperCase(Locale.ROOT);
    Must.haveLength(value, NUMBER_LENGTH + 1, NUMBER_LENGTH + 3, Scheme.DRUG_APPROVAL);
    int letters = value.length() - NUMBER_LENGTH;
    Must.hold(
        LETTERS.matcher(value.substring(0, letters)).matches(),
        Reason.CHARACTER,
        Scheme.DRUG_APPROVAL);
    Must.beDigits(value, letters, value.length(), Scheme.DRUG_APPROVAL);
    int year = Digits.number(value, letters, letters + 4);
    Must.hold(Years.plausible(year) || isOfProvince(year), Reason.RANGE, Scheme.DRUG_APPROVAL);
  }

  private static boolean isOfProvince(int beginning) {
    int province = beginning / OF_PROVINCE;
    return province >= FIRST_PROVINCE && province <= LAST_PROVINCE;
  }

  static boolean fits(String text) {
    if (text.startsWith(PRINTED_BEFORE)) {
      return true;
    }
    int letters = text.length() - NUMBER_LENGTH;
    return BARE.matcher(text.toUpperCase(Locale.ROOT)).matches()
        && Years.plausible(Digits.number(text, letters, letters + 4));
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
    // A repacked import keeps the number of its import licence, which has no words before it.
    boolean repacked = value.length() > NUMBER_LENGTH + 1 && value.charAt(0) == 'B';
    return repacked ? value : PRINTED_BEFORE + value;
  }

  @Override
  public String grouped() {
    return plain();
  }
}
