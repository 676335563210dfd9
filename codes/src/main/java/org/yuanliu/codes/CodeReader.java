package org.yuanliu.codes;

import static java.util.Objects.requireNonNull;

import java.time.LocalDate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.yuanliu.codes.CreditCode.Exemption;
import org.yuanliu.codes.Reading.Ambiguous;
import org.yuanliu.codes.Reading.Found;
import org.yuanliu.codes.Reading.Unreadable;
import org.yuanliu.codes.Refusal.Reason;

/**
 * Reads what people type and scanners send, in any written form. What fits several schemes gives a
 * choice. Never throws on any text. Immutable; one reader serves all threads.
 */
public final class CodeReader {
  /**
   * Longest text that is looked at, in chars. Links in use stay below 2,000; no code comes near.
   */
  public static final int MAX_LENGTH = CanonicalUri.MAX_LENGTH;

  /** Path segment of our public page, which the code follows. */
  private static final String PAGE = "/t/";

  private final Divisions divisions;
  private final boolean lenient;
  private final Function<String, @Nullable Exemption> exemptions;

  private CodeReader(
      Divisions divisions, boolean lenient, Function<String, @Nullable Exemption> exemptions) {
    this.divisions = requireNonNull(divisions, "divisions is null");
    this.lenient = lenient;
    this.exemptions = requireNonNull(exemptions, "exemptions is null");
  }

  public static CodeReader of(Divisions divisions) {
    return new CodeReader(divisions, false, code -> null);
  }

  /** A reader that keeps codes whose division is unknown. */
  public CodeReader lenient() {
    return new CodeReader(divisions, true, exemptions);
  }

  /**
   * A reader that lets credit codes through for which this function, asked by code, has an
   * exemption.
   */
  public CodeReader exempting(Function<String, @Nullable Exemption> granted) {
    return new CodeReader(divisions, lenient, granted);
  }

  /** Reads a text; a division inside must have existed on some date. */
  public Reading read(String text) {
    return readAt(text, null);
  }

  /** Reads a text; a division inside must exist on the date given, the day of issue. */
  public Reading read(String text, LocalDate asOf) {
    return readAt(text, requireNonNull(asOf, "asOf is null"));
  }

  private Reading readAt(String text, @Nullable LocalDate asOf) {
    requireNonNull(text, "text is null");
    if (text.length() > MAX_LENGTH) {
      return refused(Reason.TOO_LONG);
    }
    String normal = Typed.normalised(text);
    if (normal.isEmpty()) {
      return refused(Reason.EMPTY);
    }
    Candidates candidates = new Candidates(asOf);
    candidates.read(normal);
    return candidates.reading();
  }

  private static Unreadable refused(Reason reason) {
    return new Unreadable(List.of(new Refusal(reason, null)));
  }

  /** What one text may be: fits and refusals gathered while the forms are tried. */
  private final class Candidates {
    private final @Nullable LocalDate asOf;
    private final Set<Code> codes = new LinkedHashSet<>();
    private final Set<Refusal> refusals = new LinkedHashSet<>();

    Candidates(@Nullable LocalDate asOf) {
      this.asOf = asOf;
    }

    void read(String text) {
      if (DigitalLink.isWebUri(text)) {
        readLink(text);
      } else if (EpcUrn.isEpcUrn(text)) {
        add(EpcUrn.parse(text));
      } else if (OwnUrn.isOwnUrn(text)) {
        String uri = OwnUrn.PREFIX + text.substring(OwnUrn.PREFIX.length());
        attempt(() -> List.of(ownUrn(uri)));
      } else {
        readBare(text);
      }
    }

    private void readLink(String uri) {
      Gs1Parse parse = DigitalLink.parse(uri);
      String code = parse.isOk() ? null : codeOnPage(uri);
      if (code == null || code.isEmpty()) {
        add(parse);
      } else {
        read(Typed.normalised(code));
      }
    }

    /** Without any scheme in front: an element string, a link without https, or a plain code. */
    private void readBare(String text) {
      String withoutSymbology = Typed.withoutSymbology(text);
      if (Typed.isGs1Symbology(text) || withoutSymbology.indexOf(ElementString.FNC1) >= 0) {
        attempt(() -> ElementString.readFnc1(withoutSymbology));
      } else if (withoutSymbology.startsWith("(")) {
        attempt(() -> ElementString.readBracketed(Typed.withoutSpaces(withoutSymbology)));
      } else if (!withoutSymbology.equals(text) && DigitalLink.isWebUri(withoutSymbology)) {
        readLink(withoutSymbology);
      } else if (Typed.looksLikeHostAndPath(withoutSymbology)) {
        readLink("https://" + withoutSymbology);
      } else {
        readPlain(withoutSymbology);
      }
    }

    private void readPlain(String text) {
      String compact = Typed.compact(text);
      for (Scheme scheme : Scheme.values()) {
        if (scheme.fits(compact)) {
          attempt(() -> List.of(plain(scheme, compact)));
        }
      }
      String elements = Typed.withoutSpaces(text);
      if (Typed.mayBeElementString(elements)) {
        try {
          ElementString.readFnc1(elements).forEach(this::add);
        } catch (CodeException e) {
          // Most texts that begin so are no element strings; the refusal would only confuse, unless
          // no scheme has the form of this text.
          if (codes.isEmpty() && refusals.isEmpty()) {
            refusals.add(e.refusal());
          }
        }
      }
    }

    private Code ownUrn(String uri) {
      String credit = OwnUrn.PREFIX + Scheme.CREDIT.id() + ":";
      return uri.startsWith(credit)
          ? plain(Scheme.CREDIT, uri.substring(credit.length()))
          : OwnUrn.read(uri);
    }

    private Code plain(Scheme scheme, String compact) {
      if (scheme == Scheme.CREDIT) {
        Exemption exemption = exemptions.apply(compact.toUpperCase(Locale.ROOT));
        if (exemption != null) {
          return CreditCode.exempted(compact, exemption);
        }
      }
      return scheme.readPlain(compact);
    }

    private void add(Gs1Parse parse) {
      if (parse.problem() != null) {
        refusals.add(new Refusal(parse.problem(), null));
      } else {
        attempt(() -> List.of(Gs1Key.of(parse.elements())));
      }
    }

    private void attempt(Attempt attempt) {
      try {
        attempt.read().forEach(this::add);
      } catch (CodeException e) {
        refusals.add(e.refusal());
      }
    }

    private void add(Code code) {
      Reason problem = code instanceof InDivision within ? divisionProblem(within) : null;
      if (problem == null) {
        codes.add(code);
      } else {
        refusals.add(new Refusal(problem, code.scheme()));
      }
    }

    private @Nullable Reason divisionProblem(InDivision within) {
      if (lenient) {
        return null;
      }
      String code = within.division().value();
      boolean known =
          asOf == null ? divisions.isKnown(code) : divisions.asOf(asOf).find(code).isPresent();
      if (!known) {
        return Reason.DIVISION_UNKNOWN;
      }
      boolean tooHigh = code.endsWith("0000") && !(within instanceof DivisionCode);
      return tooHigh ? Reason.DIVISION_LEVEL : null;
    }

    Reading reading() {
      if (codes.size() == 1) {
        return new Found(codes.iterator().next());
      }
      if (codes.size() > 1) {
        return new Ambiguous(List.copyOf(codes));
      }
      return refusals.isEmpty()
          ? refused(Reason.UNKNOWN_FORM)
          : new Unreadable(List.copyOf(refusals));
    }
  }

  /** The text after {@code /t/} in a link to our public page, decoded, or null. */
  private static @Nullable String codeOnPage(String uri) {
    int page = uri.lastIndexOf(PAGE);
    if (page < 0) {
      return null;
    }
    int from = page + PAGE.length();
    int to = from;
    while (to < uri.length() && "/?#".indexOf(uri.charAt(to)) < 0) {
      to++;
    }
    return PercentCode.decode(uri, from, to);
  }

  @FunctionalInterface
  private interface Attempt {
    List<? extends Code> read();
  }
}
