package org.yuanliu.codes;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yuanliu.codes.Refusal.Reason;
import org.yuanliu.codes.WrittenForm.Kind;

/**
 * Device identification of the MA system (医疗器械唯一标识 MA码, IDcode; issuer 中关村工信二维码技术研究院). Device
 * identifier {@code MA.156.M0.<registrant 6>.<packaging 1, item 6, check 1>}, then production
 * identifiers each behind a point: S serial, L batch, M or P made on, D sterilised, V valid to, E
 * expires, C check. The issuer has withdrawn its published check, so none is verified; the length
 * of the item is taken as it comes.
 *
 * <p>As with GS1, the identity is the device identifier with the serial number, else with the
 * batch; dates describe and do not identify.
 *
 * @param device the five parts up to the product
 * @param batch after L, or null; always null where there is a serial number
 * @param serial after S, or null
 */
public record MaCode(String device, @Nullable String batch, @Nullable String serial)
    implements NationalCode {
  /** One part after a point: long enough for any serial number in use. */
  private static final int MAX_PART = 40;

  private static final int MAX_LENGTH = 254; // as for a whole UDI
  private static final Pattern DEVICE =
      Pattern.compile("MA\\.[0-9]{3}\\.[A-Z][0-9A-Z]\\.[0-9A-Z]{6}\\.[0-9A-Za-z]{2,20}");
  private static final Pattern BEGINNING = Pattern.compile("(?i)MA\\.[0-9]{3}\\.[A-Z][0-9A-Z]\\.");
  private static final Pattern PARTS =
      Pattern.compile("(" + DEVICE.pattern() + ")((?:\\.[A-Z][0-9A-Za-z_/+-]{0,40})*)");

  public MaCode {
    requireNonNull(device, "device is null");
    Must.haveLength(device, 1, MAX_LENGTH, Scheme.UDI_MA);
    Must.hold(DEVICE.matcher(device).matches(), Reason.CHARACTER, Scheme.UDI_MA);
    checkPart(batch);
    checkPart(serial);
    if (serial != null) {
      batch = null;
    }
  }

  private static void checkPart(@Nullable String part) {
    if (part != null) {
      Must.haveLength(part, 1, MAX_PART, Scheme.UDI_MA);
      for (int i = 0; i < part.length(); i++) {
        char c = part.charAt(i);
        Must.hold(
            Text.isAlphanumeric(c) || "_/+-".indexOf(c) >= 0, Reason.CHARACTER, Scheme.UDI_MA);
      }
    }
  }

  static boolean fits(String text) {
    return text.regionMatches(true, 0, "MA.", 0, 3);
  }

  /**
   * The issuer's and the industry's parts may be typed in small letters; what follows may differ.
   */
  private static String capitals(String text) {
    Matcher beginning = BEGINNING.matcher(text);
    return beginning.lookingAt()
        ? beginning.group().toUpperCase(Locale.ROOT) + text.substring(beginning.end())
        : text;
  }

  /** Of a whole UDI or its device identifier; throws {@link CodeException}. */
  public static MaCode of(String text) {
    Must.haveLength(text, 1, MAX_LENGTH, Scheme.UDI_MA);
    Matcher parts = PARTS.matcher(capitals(text));
    Must.hold(parts.matches(), Reason.CHARACTER, Scheme.UDI_MA);
    String batch = null;
    String serial = null;
    for (String part : parts.group(2).split("\\.", -1)) {
      if (part.startsWith("S")) {
        serial = part.substring(1);
      } else if (part.startsWith("L")) {
        batch = part.substring(1);
      }
    }
    return new MaCode(parts.group(1), batch, serial);
  }

  @Override
  public Scheme scheme() {
    return Scheme.UDI_MA;
  }

  @Override
  public Level level() {
    return serial != null ? Level.ITEM : batch != null ? Level.LOT : Level.PRODUCT;
  }

  @Override
  public String value() {
    return serial != null ? device + ".S" + serial : batch != null ? device + ".L" + batch : device;
  }

  @Override
  public List<WrittenForm> forms(PrefixTable prefixes) {
    return List.of(
        new WrittenForm(Kind.URN, canonical()),
        new WrittenForm(Kind.PLAIN, plain()),
        new WrittenForm(Kind.QR_TEXT, plain()));
  }
}
