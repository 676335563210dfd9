package org.yuanliu.codes;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yuanliu.codes.Refusal.Reason;
import org.yuanliu.codes.WrittenForm.Kind;

/**
 * Device identification of the AHM system (医疗器械唯一标识 AHM码; issuer 阿里健康): {@code MF} with the device
 * identifier, then marked parts, set off by stars: BA or BN batch, SN serial, MD made on, BD and ED
 * good until, PL packaging. The issuer's document was not at hand, so nothing else is checked.
 *
 * @param device after MF: manufacturer and product, 1 to 13 characters
 * @param batch or null; always null where there is a serial number
 * @param serial or null
 */
public record AhmCode(String device, @Nullable String batch, @Nullable String serial)
    implements NationalCode {
  private static final int MAX_LENGTH = 254; // as for a whole UDI
  private static final Pattern DEVICE = Pattern.compile("[0-9A-Z]{1,13}");
  private static final Pattern PART = Pattern.compile("[0-9A-Za-z_/+.-]{1,40}");
  private static final Pattern WHOLE =
      Pattern.compile("MF([0-9A-Z]{1,13}?)(?:\\*?((?:BA|BN|SN|MD|BD|ED|PL)[0-9A-Za-z_/+.*-]*))?");

  public AhmCode {
    requireNonNull(device, "device is null");
    Must.hold(DEVICE.matcher(device).matches(), Reason.CHARACTER, Scheme.UDI_AHM);
    checkPart(batch);
    checkPart(serial);
    if (serial != null) {
      batch = null;
    }
  }

  private static void checkPart(@Nullable String part) {
    Must.hold(part == null || PART.matcher(part).matches(), Reason.CHARACTER, Scheme.UDI_AHM);
  }

  /** Whether bare text is marked enough to be one: a letter pair alone would be too little. */
  static boolean fits(String text) {
    return text.length() <= MAX_LENGTH
        && text.startsWith("MF")
        && text.indexOf('*') > 0
        && WHOLE.matcher(text).matches();
  }

  /** Of a whole UDI or its device identifier; throws {@link CodeException}. */
  public static AhmCode of(String text) {
    Must.haveLength(text, 3, MAX_LENGTH, Scheme.UDI_AHM);
    Matcher whole = WHOLE.matcher(text);
    Must.hold(whole.matches(), Reason.CHARACTER, Scheme.UDI_AHM);
    String batch = null;
    String serial = null;
    String tail = whole.group(2);
    if (tail != null) {
      for (String part : tail.split("\\*", -1)) {
        if (part.startsWith("SN")) {
          serial = part.substring(2);
        } else if (part.startsWith("BA") || part.startsWith("BN")) {
          batch = part.substring(2);
        }
      }
    }
    return new AhmCode(whole.group(1), batch, serial);
  }

  @Override
  public Scheme scheme() {
    return Scheme.UDI_AHM;
  }

  @Override
  public Level level() {
    return serial != null ? Level.ITEM : batch != null ? Level.LOT : Level.PRODUCT;
  }

  @Override
  public String value() {
    return serial != null
        ? "MF" + device + "*SN" + serial
        : batch != null ? "MF" + device + "*BA" + batch : "MF" + device;
  }

  @Override
  public List<WrittenForm> forms(PrefixTable prefixes) {
    return level() == Level.PRODUCT
        ? List.of(new WrittenForm(Kind.URN, canonical()))
        : List.of(
            new WrittenForm(Kind.URN, canonical()),
            new WrittenForm(Kind.PLAIN, plain()),
            new WrittenForm(Kind.QR_TEXT, plain()));
  }
}
