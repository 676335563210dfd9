package org.yuanliu.codes;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yuanliu.codes.WrittenForm.Kind;

/**
 * A GS1 identification key, alone or with the one qualifier that makes it finer. Canonical form:
 * constrained canonical Digital Link on https://id.gs1.org.
 */
public sealed interface Gs1Key extends Code
    permits Gtin,
        Sgtin,
        Lgtin,
        Upui,
        Sscc,
        Gln,
        Sgln,
        Pgln,
        Grai,
        Giai,
        Gsrn,
        Gsrnp,
        Gdti,
        Gcn,
        Ginc,
        Gsin,
        Cpi,
        Itip {
  /** The key and, where there is one, its qualifier. */
  List<Element> elements();

  @Override
  default String canonical() {
    return DigitalLink.write(elements());
  }

  /** The bracketed element string, such as {@code (01)09521234543213(10)ABC}. */
  @Override
  default String plain() {
    return ElementString.bracketed(elements());
  }

  @Override
  default String grouped() {
    StringBuilder out = new StringBuilder();
    for (Element element : elements()) {
      out.append(out.isEmpty() ? "(" : " (").append(element.ai().code()).append(") ");
      out.append(Text.grouped(ElementString.escaped(element.value())));
    }
    return out.toString();
  }

  /** The bare key as printed under a bar code, for keys that people type so; else null. */
  default @Nullable String bareKey() {
    return null;
  }

  @Override
  default List<WrittenForm> forms(PrefixTable prefixes) {
    List<WrittenForm> forms = new ArrayList<>();
    forms.add(new WrittenForm(Kind.DIGITAL_LINK, canonical()));
    String epc = EpcUrnWriter.write(elements(), prefixes);
    if (epc != null) {
      forms.add(new WrittenForm(Kind.EPC_URN, epc));
    }
    EpcBinary.addForm(this, prefixes, forms);
    forms.add(new WrittenForm(Kind.ELEMENT_STRING, plain()));
    forms.add(new WrittenForm(Kind.GROUPED, grouped()));
    forms.add(new WrittenForm(Kind.FNC1, ElementString.withFnc1(elements())));
    String bare = bareKey();
    if (bare != null) {
      forms.add(new WrittenForm(Kind.PLAIN, bare));
    }
    return List.copyOf(forms);
  }

  /**
   * The key that these elements are: a key and at most one identifying qualifier of it.
   *
   * @throws CodeException if a value is not of its form
   */
  static Gs1Key of(List<Element> elements) {
    Element key = elements.getFirst();
    String value = key.value();
    @Nullable Element qualifier = elements.size() > 1 ? elements.get(1) : null;
    return switch (key.ai()) {
      case SSCC -> new Sscc(value);
      case GTIN -> tradeItem(new Gtin(value), qualifier);
      case GDTI -> new Gdti(value);
      case GCN -> new Gcn(value);
      case GINC -> new Ginc(value);
      case GSIN -> new Gsin(value);
      case GLN -> qualifier == null ? new Gln(value) : new Sgln(new Gln(value), qualifier.value());
      case PARTY_GLN -> new Pgln(value);
      case GRAI -> new Grai(value);
      case GIAI -> new Giai(value);
      case ITIP -> itip(value, qualifier);
      case CPID -> new Cpi(value, qualifier == null ? null : qualifier.value());
      case GSRN_PROVIDER -> new Gsrnp(value);
      case GSRN_RECIPIENT -> new Gsrn(value);
      case BATCH,
          SERIAL,
          VARIANT,
          TPX,
          GLN_EXTENSION,
          DIGITAL_LOCATION,
          CPID_SERIAL,
          SERVICE_RELATION_INSTANCE ->
          throw new IllegalArgumentException(key.ai() + " is a qualifier, not a key");
    };
  }

  private static Gs1Key tradeItem(Gtin gtin, @Nullable Element qualifier) {
    if (qualifier == null) {
      return gtin;
    }
    return switch (qualifier.ai()) {
      case SERIAL -> new Sgtin(gtin, qualifier.value());
      case BATCH -> new Lgtin(gtin, qualifier.value());
      case TPX -> new Upui(gtin, qualifier.value());
      default -> throw new IllegalArgumentException(qualifier.ai() + " identifies no trade item");
    };
  }

  private static Itip itip(String value, @Nullable Element qualifier) {
    if (qualifier == null) {
      return new Itip(value, null, null);
    }
    return switch (qualifier.ai()) {
      case SERIAL -> new Itip(value, qualifier.value(), null);
      case BATCH -> new Itip(value, null, qualifier.value());
      default -> throw new IllegalArgumentException(qualifier.ai() + " identifies no piece");
    };
  }

  /** Whether these elements name a class rather than one thing. */
  static boolean isClass(List<Element> elements) {
    Element key = elements.getFirst();
    return switch (key.ai()) {
      case GTIN, ITIP -> elements.size() == 1 || elements.get(1).ai() == Ai.BATCH;
      case CPID -> elements.size() == 1;
      case GRAI -> key.value().length() == Grai.TYPE_LENGTH;
      case GDTI -> key.value().length() == Gdti.TYPE_LENGTH;
      case GCN -> key.value().length() == Gcn.TYPE_LENGTH;
      default -> false;
    };
  }

  /** Throws {@link CodeException} unless the value has the form that the identifier asks for. */
  static String checked(Ai ai, String value, Scheme scheme) {
    Refusal.Reason problem = ai.problem(value);
    if (problem != null) {
      throw new CodeException(problem, scheme);
    }
    return value;
  }
}
