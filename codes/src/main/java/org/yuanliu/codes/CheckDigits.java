package org.yuanliu.codes;

/** The check characters of the schemes; see {@link Check} for what each promises. */
final class CheckDigits {
  /** GB 32100-2015, table of code characters: no I, O, S, V, Z. */
  static final String CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY";

  private static final int[] CREDIT_WEIGHTS = {
    1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28
  };
  private static final int[] ORGANISATION_WEIGHTS = {3, 7, 9, 10, 5, 8, 4, 2};

  private static final int[] IDENTITY_WEIGHTS = {
    7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2
  };
  private static final String IDENTITY_CHARACTERS = "10X98765432";

  private CheckDigits() {}

  /** GS1 General Specifications 7.9.1: weights 3 and 1 from the right; the text is all digits. */
  static char gs1(String digits, int from, int to) {
    int sum = 0;
    int weight = 3;
    for (int i = to - 1; i >= from; i--) {
      sum += (digits.charAt(i) - '0') * weight;
      weight = 4 - weight;
    }
    return (char) ('0' + (10 - sum % 10) % 10);
  }

  /** Whether the last of these digits is the GS1 check digit of those before it. */
  static boolean gs1Holds(String digits, int from, int to) {
    return gs1(digits, from, to - 1) == digits.charAt(to - 1);
  }

  /** Whether these are all digits and the last is the check digit of those before it. */
  static boolean areGs1(String text, int from, int to) {
    int weighted = 0;
    int others = 0;
    int wrong = 0;
    for (int i = to - 1; i >= from; i -= 2) {
      int digit = text.charAt(i) - '0';
      wrong |= digit | (9 - digit); // negative where it is none
      others += digit;
      if (i > from) {
        int before = text.charAt(i - 1) - '0';
        wrong |= before | (9 - before);
        weighted += before;
      }
    }
    return wrong >= 0 && (3 * weighted + others) % 10 == 0;
  }

  static String withGs1(String digits) {
    return digits + gs1(digits, 0, digits.length());
  }

  /** GB 32100-2015 clause 5: the 18th character from the 17 before it, all of its alphabet. */
  static char credit(String code) {
    int sum = 0;
    for (int i = 0; i < CREDIT_WEIGHTS.length; i++) {
      sum += CREDIT_ALPHABET.indexOf(code.charAt(i)) * CREDIT_WEIGHTS[i];
    }
    return CREDIT_ALPHABET.charAt((31 - sum % 31) % 31);
  }

  /** GB 11714: the ninth character of an organisation code from the eight at {@code from}. */
  static char organisation(String code, int from) {
    int sum = 0;
    for (int i = 0; i < ORGANISATION_WEIGHTS.length; i++) {
      sum += Character.digit(code.charAt(from + i), 36) * ORGANISATION_WEIGHTS[i];
    }
    int check = 11 - sum % 11;
    return check == 10 ? 'X' : check == 11 ? '0' : (char) ('0' + check);
  }

  /** ISO 7064 MOD 11,10 (GB/T 17710): the check digit of the digits between. */
  static char mod11And10(String digits, int from, int to) {
    int product = 10;
    for (int i = from; i < to; i++) {
      int sum = (product + digits.charAt(i) - '0') % 10;
      product = (sum == 0 ? 10 : sum) * 2 % 11;
    }
    return (char) ('0' + (11 - product) % 10);
  }

  /** GB 11643: the 18th character of an identity number from the 17 digits before it. */
  static char identity(String digits) {
    int sum = 0;
    for (int i = 0; i < IDENTITY_WEIGHTS.length; i++) {
      sum += (digits.charAt(i) - '0') * IDENTITY_WEIGHTS[i];
    }
    return IDENTITY_CHARACTERS.charAt(sum % 11);
  }

  /** CAS: weights 1, 2, 3 … from the digit before the last, hyphens left out. */
  static char cas(String number) {
    int sum = 0;
    int weight = 0;
    for (int i = number.length() - 3; i >= 0; i--) {
      if (number.charAt(i) != '-') {
        weight++;
        sum += (number.charAt(i) - '0') * weight;
      }
    }
    return (char) ('0' + sum % 10);
  }
}
