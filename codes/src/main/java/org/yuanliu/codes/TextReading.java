package org.yuanliu.codes;

import static java.util.Objects.requireNonNull;

import java.time.LocalDate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yuanliu.codes.Refusal.Reason;

/** What one text may be: fits and refusals gathered while the forms are tried. Used once. */
final class TextReading {
  /** Path segment of our public page, which the code follows. */
  private static final String PAGE = "/t/";

  /** A page's address may hold another's, which holds a code; more is no code but a riddle. */
  private static final int MAX_DEPTH = 4;

  /** An identity number's first check, so that hyphens of any kind may stand in it. */
  private static final int IDENTITY_LENGTH = IdentityCard.LENGTH;

  private final CodeReader reader;
  private final @Nullable LocalDate asOf;
  private final int depth;
  private final boolean keepsDoubtful;
  private final Set<Code> codes = new LinkedHashSet<>();

  /** Codes of an unknown division, which a lenient reader keeps where there is nothing else. */
  private final Set<Code> doubtful = new LinkedHashSet<>();

  private final Set<IdentityCard> persons = new LinkedHashSet<>();
  private final Set<Refusal> refusals = new LinkedHashSet<>();

  TextReading(CodeReader reader, @Nullable LocalDate asOf) {
    this(reader, asOf, 0, reader.isLenient());
  }

  private TextReading(
      CodeReader reader, @Nullable LocalDate asOf, int depth, boolean keepsDoubtful) {
    this.reader = requireNonNull(reader, "reader is null");
    this.asOf = asOf;
    this.depth = depth;
    this.keepsDoubtful = keepsDoubtful;
  }

  Resolution resolution() {
    if (!codes.isEmpty()) {
      return new Resolution(List.copyOf(codes), List.copyOf(persons), List.of());
    }
    if (!doubtful.isEmpty()) {
      return new Resolution(List.copyOf(doubtful), List.copyOf(persons), List.of());
    }
    if (persons.isEmpty() && refusals.isEmpty()) {
      refusals.add(new Refusal(Reason.UNKNOWN_FORM, null));
    }
    return new Resolution(List.of(), List.copyOf(persons), List.copyOf(refusals));
  }

  private boolean hasFits() {
    return !codes.isEmpty() || !doubtful.isEmpty() || !persons.isEmpty();
  }

  /**
   * @param text normalised, not empty
   */
  void read(String text) {
    SeedLabel label = SeedLabel.find(text);
    if (label != null) {
      add(label.code());
    } else if (LabelText.hasParts(text)) {
      readParts(text);
    } else {
      readOne(text);
    }
  }

  private void readOne(String text) {
    if (DigitalLink.isWebUri(text)) {
      readLink(text);
    } else if (EpcUrn.isEpcUrn(text)) {
      add(EpcUrn.parse(EpcUrn.withoutTag(text)));
    } else if (OwnUrn.isOwnUrn(text)) {
      String uri = OwnUrn.PREFIX + text.substring(OwnUrn.PREFIX.length());
      attempt(() -> List.of(ownUrn(uri)));
    } else if (Oid.isOidUrn(text)) {
      attempt(() -> List.of(Oid.of(text.substring(Oid.URN.length()))));
    } else {
      readBare(text);
    }
  }

  /** Several lines, or words and values: what names one thing goes before what describes it. */
  private void readParts(String text) {
    Resolution whole = part(text, false);
    if (!whole.codes().isEmpty() || !whole.persons().isEmpty()) {
      take(whole);
      return;
    }
    Set<Code> found = new LinkedHashSet<>();
    for (LabelText.Part part : LabelText.parts(text)) {
      for (Code code : part(part.content(), false).codes()) {
        if (part.mayBe(code)) {
          found.add(code);
        }
      }
    }
    List<Code> units = found.stream().filter(TextReading::namesUnit).toList();
    codes.addAll(units.isEmpty() ? found : units);
    if (codes.isEmpty()) {
      refusals.addAll(whole.refusals());
    }
  }

  private Resolution part(String text, boolean withParts) {
    return part(text, withParts, keepsDoubtful);
  }

  private Resolution part(String text, boolean withParts, boolean keeps) {
    TextReading inner = new TextReading(reader, asOf, depth + 1, keeps);
    String normal = Typed.normalised(text);
    if (!normal.isEmpty() && depth < MAX_DEPTH) {
      if (withParts) {
        inner.read(normal);
      } else {
        inner.readOne(normal);
      }
    }
    return inner.resolution();
  }

  private void take(Resolution other) {
    codes.addAll(other.codes());
    persons.addAll(other.persons());
    refusals.addAll(other.refusals());
  }

  private static boolean namesUnit(Code code) {
    return switch (code.level()) {
      case ITEM, LOT, LOGISTIC_UNIT -> true;
      case ASSET, PRODUCT, PARTY, PLACE, DIVISION, DOCUMENT -> false;
    };
  }

  private void readLink(String uri) {
    Gs1Parse parse = DigitalLink.parse(uri);
    if (parse.isOk()) {
      add(parse);
      return;
    }
    String code = codeOnPage(uri);
    if (code != null && !code.isEmpty()) {
      take(part(code, true));
      return;
    }
    if (parse.problem() == Reason.NO_GS1_KEY) {
      for (String value : LabelText.valuesInLink(uri)) {
        // A link is full of numbers: one of an unknown division is no code.
        part(value, false, false).codes().stream()
            .filter(TextReading::namesUnit)
            .forEach(codes::add);
      }
    }
    if (codes.isEmpty()) {
      add(parse);
    }
  }

  /** Without any scheme in front: an element string, a link without https, or a plain code. */
  private void readBare(String text) {
    String withoutSymbology = Typed.withoutSymbology(text);
    if (Typed.isGs1Symbology(text) || withoutSymbology.indexOf(ElementString.FNC1) >= 0) {
      attempt(() -> ElementString.readFnc1(withoutSymbology));
    } else if (Typed.isBracketed(withoutSymbology)
        && !FireworksLicence.fits(Typed.exact(withoutSymbology))) {
      attempt(() -> ElementString.readBracketed(Typed.withoutSpaces(withoutSymbology)));
    } else if (!withoutSymbology.equals(text) && DigitalLink.isWebUri(withoutSymbology)) {
      readLink(withoutSymbology);
    } else if (Typed.looksLikeHostAndPath(withoutSymbology)) {
      readLink("https://" + withoutSymbology);
    } else if (Typed.isRetailSymbology(text)) {
      String compact = Typed.compact(withoutSymbology);
      attempt(() -> List.of(Gtin.of(compact)));
    } else {
      readPlain(withoutSymbology);
    }
  }

  private void readPlain(String text) {
    String compact = Typed.compact(text);
    String exact = Typed.exact(text);
    for (Scheme scheme : Scheme.values()) {
      Plain plain = scheme.plain();
      String written = plain.exact() ? exact : compact;
      if (plain.shape().fits(written) && reader.isExpected(scheme, written)) {
        attempt(() -> List.of(plain(scheme, plain, written)));
      }
    }
    if (DetonatorCode.fits(exact)) {
      attempt(() -> detonators(exact));
    }
    if (compact.length() == IDENTITY_LENGTH && IdentityCard.fits(compact)) {
      readPerson(compact);
    }
    if (EpcBinary.mayBe(compact)) {
      Gs1Key key = EpcBinary.read(compact);
      if (key != null) {
        add(key);
      }
    }
    readElements(text);
  }

  private List<DetonatorCode> detonators(String printed) {
    return asOf == null
        ? DetonatorCode.candidates(printed, reader.today())
        : List.of(DetonatorCode.of(printed, asOf));
  }

  private void readPerson(String compact) {
    try {
      persons.add(IdentityCard.of(compact));
    } catch (CodeException e) {
      // Any 18 digits have this form. A refusal would tell that somebody's number was meant.
      return;
    }
  }

  private void readElements(String text) {
    String elements = Typed.withoutSpaces(text);
    if (!Typed.mayBeElementString(elements)) {
      return;
    }
    try {
      ElementString.readFnc1(elements).forEach(this::add);
    } catch (CodeException e) {
      // Most texts that begin so are no element strings; the refusal would only confuse, unless
      // no scheme has the form of this text.
      if (!hasFits() && refusals.isEmpty()) {
        refusals.add(e.refusal());
      }
    }
  }

  private Code ownUrn(String uri) {
    Scheme scheme = OwnUrn.scheme(uri);
    String value = OwnUrn.value(uri);
    if (scheme == null || value == null) {
      return OwnUrn.read(uri);
    }
    // A credit code is read in small letters too: people copy it so.
    String written = scheme == Scheme.CREDIT ? Typed.compact(value) : value;
    try {
      return scheme == Scheme.CREDIT ? CreditCode.of(written) : OwnUrn.read(OwnUrn.canonical(uri));
    } catch (CodeException e) {
      return exemptedOr(e, scheme, written);
    }
  }

  private Code exemptedOr(CodeException e, Scheme scheme, String written) {
    Code exempted =
        e.refusal().reason() == Reason.CHECK_DIGIT ? reader.exempted(scheme, written) : null;
    if (exempted == null) {
      throw e;
    }
    return exempted;
  }

  private Code plain(Scheme scheme, Plain plain, String written) {
    try {
      return plain.reader().apply(written);
    } catch (CodeException e) {
      return exemptedOr(e, scheme, exemptible(scheme, written));
    }
  }

  private static String exemptible(Scheme scheme, String written) {
    return scheme == Scheme.ORGANISATION ? Typed.compact(written) : written;
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
    } else if (keepsDoubtful) {
      doubtful.add(code);
    } else {
      refusals.add(new Refusal(problem, code.scheme()));
    }
  }

  private @Nullable Reason divisionProblem(InDivision within) {
    String code = within.division().value();
    boolean known =
        asOf == null
            ? reader.divisions().isKnown(code)
            : reader.divisions().asOf(asOf).find(code).isPresent();
    if (!known) {
      return Reason.DIVISION_UNKNOWN;
    }
    boolean tooHigh = code.endsWith("0000") && !(within instanceof DivisionCode);
    return tooHigh ? Reason.DIVISION_LEVEL : null;
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
    return PercentCode.decodeUtf8(uri, from, to);
  }

  @FunctionalInterface
  private interface Attempt {
    List<? extends Code> read();
  }
}
