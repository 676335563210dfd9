package org.yuanliu.codes;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yuanliu.codes.Refusal.Reason;

/**
 * The QR code of a seed label: four lines in this order and no others.
 *
 * @param variety name of the variety (品种名称)
 * @param company producer or importer (生产经营者或进口商名称)
 * @param code of the unit
 * @param traceAddress where it can be looked up (追溯网址)
 */
public record SeedLabel(String variety, String company, SeedCode code, String traceAddress) {
  private static final int LINES = 4;

  public SeedLabel {
    checkLine(variety);
    checkLine(company);
    requireNonNull(code, "code is null");
    checkLine(traceAddress);
  }

  private static void checkLine(String line) {
    Must.hold(!line.isBlank(), Reason.EMPTY, Scheme.SEED);
    Must.hold(line.lines().count() == 1, Reason.CHARACTER, Scheme.SEED);
  }

  /** The label in a scanned text, labels before a colon left out; null where it is none. */
  public static @Nullable SeedLabel find(String text) {
    List<String> lines = text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    if (lines.size() != LINES) {
      return null;
    }
    String address = content(lines.get(3));
    String code = content(lines.get(2));
    try {
      return looksLikeAddress(address)
          ? new SeedLabel(content(lines.get(0)), content(lines.get(1)), SeedCode.of(code), address)
          : null;
    } catch (CodeException e) {
      return null;
    }
  }

  private static boolean looksLikeAddress(String text) {
    return DigitalLink.isWebUri(text) || (text.indexOf('.') > 0 && Text.allPrintableAscii(text));
  }

  /** What follows the words before a colon, where Chinese words stand before one. */
  private static String content(String line) {
    int colon = line.indexOf(':') >= 0 ? line.indexOf(':') : line.indexOf('：');
    return colon > 0 && !Text.allPrintableAscii(line.substring(0, colon))
        ? line.substring(colon + 1).strip()
        : line;
  }

  /** As the QR code holds it. */
  public String qrText() {
    return variety + "\n" + company + "\n" + code.value() + "\n" + traceAddress;
  }
}
