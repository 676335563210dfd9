package org.yuanliu.platform.query;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yuanliu.codes.CanonicalUri;

/**
 * One value of a {@code MATCH_} parameter: a unit, or a pattern of units (pure identity patterns of
 * the Tag Data Standard; a Digital Link whose last part is {@code *} likewise). It is held against
 * canonical identifiers, so it does not matter how the event wrote them.
 */
public sealed interface UnitPattern {
  String IDPAT = "urn:epc:idpat:";

  /** Whether a unit fits, by its canonical identifier. */
  boolean matches(String canonical);

  /** One unit. */
  record Exact(String canonical) implements UnitPattern {
    @Override
    public boolean matches(String other) {
      return canonical.equals(other);
    }
  }

  /**
   * All items or all lots of one trade item.
   *
   * @param gtin canonical URI of the GTIN
   * @param qualifier as in {@code /21/}
   */
  record OfProduct(String gtin, String qualifier) implements UnitPattern {
    @Override
    public boolean matches(String canonical) {
      return canonical.startsWith(gtin) && canonical.startsWith(qualifier, gtin.length());
    }
  }

  /**
   * Whatever has a form.
   *
   * @param written the pattern as sent
   */
  record Shape(String written, Pattern form) implements UnitPattern {
    public Shape {
      requireNonNull(written, "written is null");
      requireNonNull(form, "form is null");
    }

    @Override
    public boolean matches(String canonical) {
      return form.matcher(canonical).matches();
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Shape that && written.equals(that.written);
    }

    @Override
    public int hashCode() {
      return written.hashCode();
    }
  }

  /** Whether the text is a pattern and no single unit. */
  static boolean isPattern(String text) {
    return text.startsWith(IDPAT)
        || (text.endsWith("*") && (text.startsWith("http") || text.startsWith("urn:epc:class:")));
  }

  /**
   * @param classes whether classes are asked for: there a pattern of a trade item is the class
   *     itself
   * @return null where the text is no pattern that there can be
   */
  static @Nullable UnitPattern of(String text, boolean classes) {
    if (text.startsWith("http")) {
      return ofLink(text);
    }
    int scheme = text.indexOf(':', "urn:epc:".length());
    int body = text.indexOf(':', scheme + 1);
    if (scheme < 0 || body < 0 || body == text.length() - 1) {
      return null;
    }
    List<String> parts = Arrays.asList(text.substring(body + 1).split("\\.", -1));
    return ofUrn(text, text.substring(scheme + 1, body), parts, classes);
  }

  private static @Nullable UnitPattern ofLink(String text) {
    int star = text.length() - 1;
    int qualifier = text.lastIndexOf('/', star - 2);
    if (star < 2 || text.charAt(star - 1) != '/' || qualifier < 0) {
      return null;
    }
    String key = CanonicalUri.of(text.substring(0, qualifier));
    return key.startsWith("https://id.gs1.org/")
        ? new OfProduct(key, text.substring(qualifier, star))
        : null;
  }

  private static @Nullable UnitPattern ofUrn(
      String text, String scheme, List<String> parts, boolean classes) {
    int stars = parts.size() - parts.indexOf("*");
    if (!parts.contains("*")) {
      return exact(text);
    }
    if (parts.subList(parts.size() - stars, parts.size()).stream().anyMatch(p -> !p.equals("*"))
        || parts.stream().anyMatch(part -> !part.matches("\\*|[0-9A-Za-z%/+_-]{1,40}"))) {
      return null;
    }
    if (stars == 1 && (scheme.equals("sgtin") || scheme.equals("lgtin") || scheme.equals("upui"))) {
      String gtin = CanonicalUri.of(IDPAT + "sgtin:" + parts.get(0) + "." + parts.get(1) + ".*");
      if (!gtin.startsWith("https://id.gs1.org/01/")) {
        return null;
      }
      return switch (scheme) {
        case "lgtin" -> new OfProduct(gtin, "/10/");
        case "upui" -> new OfProduct(gtin, "/235/");
        default -> classes ? new Exact(gtin) : new OfProduct(gtin, "/21/");
      };
    }
    String form = IdentityForms.of(scheme, parts, classes);
    return form == null
        ? null
        : new Shape(text + (classes ? " (class)" : ""), Pattern.compile(form));
  }

  private static @Nullable UnitPattern exact(String text) {
    String canonical = CanonicalUri.of(text);
    return canonical.equals(text) ? null : new Exact(canonical);
  }
}
