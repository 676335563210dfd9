package org.yuanliu.codes;

import java.util.List;
import java.util.regex.Pattern;
import org.yuanliu.codes.Refusal.Reason;
import org.yuanliu.codes.WrittenForm.Kind;

/**
 * Object identifier (对象标识符 OID, GB/T 17969.1, ITU-T X.660); China's begin with 1.2.156. Its
 * canonical form is the URN that RFC 3061 registered, {@code urn:oid:…}, which others write too.
 *
 * @param value arcs in decimal with points between them
 */
public record Oid(String value) implements NationalCode {
  static final String URN = "urn:oid:";

  private static final int MAX_LENGTH = 128;
  private static final Pattern FORM =
      Pattern.compile(
          "(?:[01]\\.(?:0|[1-9]|[1-3][0-9])|2\\.(?:0|[1-9][0-9]{0,18}))(?:\\.(?:0|[1-9][0-9]{0,38}))*");

  public Oid {
    Must.hold(fits(value), Reason.CHARACTER, Scheme.OID);
  }

  static boolean fits(String text) {
    return text.length() <= MAX_LENGTH && FORM.matcher(text).matches();
  }

  static boolean isOidUrn(String uri) {
    return uri.regionMatches(true, 0, URN, 0, URN.length());
  }

  /** Throws {@link CodeException}. */
  public static Oid of(String value) {
    return new Oid(value);
  }

  @Override
  public Scheme scheme() {
    return Scheme.OID;
  }

  @Override
  public String canonical() {
    return URN + value;
  }

  @Override
  public String grouped() {
    return value;
  }

  @Override
  public List<WrittenForm> forms(PrefixTable prefixes) {
    return List.of(new WrittenForm(Kind.URN, canonical()), new WrittenForm(Kind.PLAIN, plain()));
  }
}
