package org.yuanliu.codes;

import org.yuanliu.codes.Refusal.Reason;

/**
 * Organisation code (组织机构代码, GB 11714), which lives on inside the unified social credit code.
 *
 * @param value 8 digits and capitals and the check character, without the hyphen between them
 */
public record OrganisationCode(String value) implements NationalCode {
  static final int LENGTH = 9;

  private static final int BODY_LENGTH = 8;

  public OrganisationCode {
    Must.haveLength(value, LENGTH, LENGTH, Scheme.ORGANISATION);
    Must.beUpperAlphanumeric(value, Scheme.ORGANISATION);
    Must.hold(
        Text.isDigit(value.charAt(BODY_LENGTH)) || value.charAt(BODY_LENGTH) == 'X',
        Reason.CHARACTER,
        Scheme.ORGANISATION);
    Must.hold(
        CheckDigits.organisation(value, 0) == value.charAt(BODY_LENGTH),
        Reason.CHECK_DIGIT,
        Scheme.ORGANISATION);
  }

  /** Nine digits alone are a node code; with its hyphen or a letter it tells more. */
  static boolean fits(String exact) {
    String text = withoutHyphen(exact);
    return text.length() == LENGTH
        && Text.allUpperAlphanumeric(text)
        && (Text.isDigit(text.charAt(BODY_LENGTH)) || text.charAt(BODY_LENGTH) == 'X')
        && (text.length() != exact.length() || !Text.allDigits(text));
  }

  /** With or without its hyphen; throws {@link CodeException}. */
  public static OrganisationCode of(String text) {
    return new OrganisationCode(withoutHyphen(text));
  }

  private static String withoutHyphen(String text) {
    return text.length() == LENGTH + 1 && text.charAt(BODY_LENGTH) == '-'
        ? text.substring(0, BODY_LENGTH) + text.charAt(LENGTH)
        : text;
  }

  @Override
  public Scheme scheme() {
    return Scheme.ORGANISATION;
  }

  @Override
  public String plain() {
    return value.substring(0, BODY_LENGTH) + "-" + value.charAt(BODY_LENGTH);
  }

  @Override
  public String grouped() {
    return plain();
  }
}
