package org.yuanliu.platform.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yuanliu.codes.IdentityCard;

/**
 * What the audit keeps of an address: all that was asked for, but of a person's value its mask and
 * keyed digest. Escapes are undone first, for whoever writes a number as {@code %31%33…} has
 * written it all the same.
 */
final class AuditedAddress {
  /** Names that people give to what is a person's, whatever the address does with it. */
  private static final Set<String> PERSONAL =
      Set.of(
          "name",
          "phone",
          "tel",
          "telephone",
          "mobile",
          "contact",
          "person",
          "patient",
          "identity",
          "idnumber",
          "email",
          "address",
          "plate",
          "q",
          "query",
          "keyword",
          "search",
          "text",
          "object",
          "value");

  /** What holds a code; who types a name there has typed a name. */
  private static final Set<String> CODES = Set.of("code", "id", "party", "epc", "after");

  /** Ours that bear such a name and hold nothing of the kind: the audit's filter by IP address. */
  private static final Pattern IP_ADDRESS = Pattern.compile("[0-9a-fA-F:.]{2,45}");

  private static final Pattern PHONE =
      Pattern.compile(
          "(?<![0-9A-Za-z])((?:\\+?86[ -]?)?1[3-9][0-9])[ -]?[0-9]{4}["
              + " -]?([0-9]{4})(?![0-9A-Za-z])");

  private static final Pattern SPACE = Pattern.compile("[\\s\\p{Z}\\p{Cntrl}]");
  private static final String HIDDEN = "***";

  private final @Nullable PersonalWords words;

  /**
   * @param words null where nothing is known of packs: then masks alone
   */
  AuditedAddress(@Nullable PersonalWords words) {
    this.words = words;
  }

  /**
   * Path variables, notes and query by name; null where there is nothing.
   *
   * @param notes of the server's own, which nothing in an address may be taken for
   */
  @Nullable String object(
      Map<String, String> variables, Map<String, String> notes, @Nullable String query) {
    Map<String, String> values = new TreeMap<>();
    variables.forEach((name, value) -> values.put(name, unspaced(value(name, value))));
    notes.forEach((name, value) -> values.put(name, without(value)));
    if (query != null) {
      values.put("?", unspaced(query(query)));
    }
    return values.isEmpty() ? null : values.toString();
  }

  /** Notes are told apart by a comma and a space: an address must not have any. */
  private static String unspaced(String text) {
    return SPACE.matcher(text).replaceAll("+");
  }

  /** An address that nothing here answers, or that was refused before it was looked for. */
  String path(String uri) {
    return without(decoded(uri, false));
  }

  private String query(String query) {
    List<String> parts = new ArrayList<>();
    for (String part : query.split("&", -1)) {
      int equals = part.indexOf('=');
      if (equals < 0) {
        // Of a name without a value nobody knows which it is.
        parts.add(without(decoded(part, true)));
      } else {
        String name = decoded(part.substring(0, equals), true);
        parts.add(without(name) + "=" + value(name, decoded(part.substring(equals + 1), true)));
      }
    }
    return String.join("&", parts);
  }

  private String value(String name, String value) {
    if (value.isEmpty() || !isPersonal(name, value)) {
      return without(value);
    }
    return words == null ? HIDDEN : words.kept(value);
  }

  private boolean isPersonal(String name, String value) {
    String plain = name.toLowerCase(Locale.ROOT);
    if (plain.equals("address") && IP_ADDRESS.matcher(value).matches()) {
      return false;
    }
    return PERSONAL.contains(plain)
        || (CODES.contains(plain) && value.codePoints().anyMatch(AuditedAddress::isHan))
        || (words != null && words.isPersonal(name));
  }

  private static boolean isHan(int character) {
    return Character.UnicodeScript.of(character) == Character.UnicodeScript.HAN;
  }

  private String without(String text) {
    String rest = IdentityCard.maskedIn(words == null ? text : words.without(text));
    Matcher phones = PHONE.matcher(rest);
    return phones.replaceAll("$1****$2");
  }

  private static String decoded(String text, boolean query) {
    try {
      // In a path a plus is a plus.
      return URLDecoder.decode(query ? text : text.replace("+", "%2B"), UTF_8);
    } catch (IllegalArgumentException e) {
      // Escapes that are none: what is masked is what stands there.
      return text;
    }
  }
}
