package org.yuanliu.codes;

import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Writes EPC URNs from GS1 keys where the length of the company prefix is known. */
final class EpcUrnWriter {
  private EpcUrnWriter() {}

  static @Nullable String write(List<Element> elements, PrefixTable prefixes) {
    Ai key = elements.getFirst().ai();
    String value = elements.getFirst().value();
    @Nullable Element qualifier = elements.size() > 1 ? elements.get(1) : null;
    return switch (key) {
      case GTIN -> tradeItem(value, qualifier, prefixes);
      case ITIP -> itip(value, qualifier, prefixes);
      case SSCC ->
          withPrefix(value.substring(1, 17), prefixes, "id:sscc:", value.substring(0, 1), "");
      case GLN -> gln(value, qualifier, prefixes);
      case PARTY_GLN -> withPrefix(value.substring(0, 12), prefixes, "id:pgln:", "", "");
      case GSIN -> withPrefix(value.substring(0, 16), prefixes, "id:gsin:", "", "");
      case GSRN_RECIPIENT -> withPrefix(value.substring(0, 17), prefixes, "id:gsrn:", "", "");
      case GSRN_PROVIDER -> withPrefix(value.substring(0, 17), prefixes, "id:gsrnp:", "", "");
      case GRAI -> typeAndSerial("grai:", value.substring(1, 13), value.substring(14), prefixes);
      case GDTI -> typeAndSerial("gdti:", value.substring(0, 12), value.substring(13), prefixes);
      case GCN -> typeAndSerial("sgcn:", value.substring(0, 12), value.substring(13), prefixes);
      case GIAI -> reference("id:giai:", value, "", prefixes);
      case GINC -> reference("id:ginc:", value, "", prefixes);
      case CPID ->
          qualifier == null
              ? reference("idpat:cpi:", value, ".*", prefixes)
              : reference("id:cpi:", value, "." + qualifier.value(), prefixes);
      case BATCH,
          SERIAL,
          VARIANT,
          TPX,
          GLN_EXTENSION,
          DIGITAL_LOCATION,
          CPID_SERIAL,
          SERVICE_RELATION_INSTANCE ->
          null;
    };
  }

  private static @Nullable String tradeItem(
      String gtin, @Nullable Element qualifier, PrefixTable prefixes) {
    String head =
        qualifier == null
            ? "idpat:sgtin:"
            : switch (qualifier.ai()) {
              case BATCH -> "class:lgtin:";
              case TPX -> "id:upui:";
              default -> "id:sgtin:";
            };
    String tail = "." + (qualifier == null ? "*" : encoded(qualifier.value()));
    return withPrefix(gtin.substring(1, 13), prefixes, head, gtin.substring(0, 1), tail);
  }

  /** A piece with a batch number has no EPC URN (TDS 6.3.15 knows serial numbers only). */
  private static @Nullable String itip(
      String itip, @Nullable Element qualifier, PrefixTable prefixes) {
    if (qualifier != null && qualifier.ai() != Ai.SERIAL) {
      return null;
    }
    String head = qualifier == null ? "idpat:itip:" : "id:itip:";
    String serial = qualifier == null ? "*" : encoded(qualifier.value());
    String tail = "." + itip.substring(14, 16) + "." + itip.substring(16, 18) + "." + serial;
    return withPrefix(itip.substring(1, 13), prefixes, head, itip.substring(0, 1), tail);
  }

  private static @Nullable String gln(
      String gln, @Nullable Element extension, PrefixTable prefixes) {
    if (extension != null && extension.value().equals("0")) {
      return null; // it would read back as a GLN without extension
    }
    String tail = "." + (extension == null ? "0" : encoded(extension.value()));
    return withPrefix(gln.substring(0, 12), prefixes, "id:sgln:", "", tail);
  }

  private static @Nullable String typeAndSerial(
      String scheme, String type, String serial, PrefixTable prefixes) {
    return serial.isEmpty()
        ? withPrefix(type, prefixes, "idpat:" + scheme, "", ".*")
        : withPrefix(type, prefixes, "id:" + scheme, "", "." + encoded(serial));
  }

  /** Company prefix, dot, then {@code second} with the rest of the digits, then {@code tail}. */
  private static @Nullable String withPrefix(
      String digits, PrefixTable prefixes, String head, String second, String tail) {
    OptionalInt length = prefixes.companyPrefixLength(digits);
    if (length.isEmpty() || length.getAsInt() > digits.length()) {
      return null;
    }
    int cut = length.getAsInt();
    return "urn:epc:"
        + head
        + digits.substring(0, cut)
        + "."
        + second
        + digits.substring(cut)
        + tail;
  }

  private static @Nullable String reference(
      String head, String value, String tail, PrefixTable prefixes) {
    OptionalInt length = prefixes.companyPrefixLength(value);
    if (length.isEmpty()
        || length.getAsInt() >= value.length()
        || !Text.digitsBetween(value, 0, length.getAsInt())) {
      return null;
    }
    int cut = length.getAsInt();
    return "urn:epc:" + head + value.substring(0, cut) + "." + encoded(value.substring(cut)) + tail;
  }

  private static String encoded(String value) {
    StringBuilder out = new StringBuilder(value.length());
    PercentCode.encodeForEpc(value, out);
    return out.toString();
  }
}
