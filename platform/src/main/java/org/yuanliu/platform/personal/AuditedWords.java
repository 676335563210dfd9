package org.yuanliu.platform.personal;

import static java.util.Objects.requireNonNull;

import java.util.HexFormat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.yuanliu.platform.access.PersonalWords;

/**
 * What the audit keeps of personal values in addresses: the mask, and the beginning of the digest
 * that the database finds the value by. Who asked twice for the same person is seen, and who he was
 * by whoever may open the value.
 */
@Component
final class AuditedWords implements PersonalWords {
  private static final Logger LOG = LoggerFactory.getLogger(AuditedWords.class);

  /** Digits of the digest: enough to tell persons apart. */
  private static final int DIGITS = 16;

  private final CurrentFields fields;
  private final KeyRing ring;

  AuditedWords(CurrentFields fields, KeyRing ring) {
    this.fields = requireNonNull(fields, "fields is null");
    this.ring = requireNonNull(ring, "ring is null");
  }

  @Override
  public boolean isPersonal(String parameter) {
    return fields.get().isPersonal(parameter);
  }

  @Override
  public String kept(String value) {
    return Mask.of(value) + "~" + digest(value);
  }

  private String digest(String value) {
    try {
      return HexFormat.of()
          .formatHex(Digests.ofValue(ring.own().index(), value))
          .substring(0, DIGITS);
    } catch (RuntimeException e) {
      // The audit goes on without the key, and without the database.
      LOG.debug("a value in an address has no digest: {}", e.getClass().getName());
      return "?";
    }
  }

  @Override
  public String without(String text) {
    String rest = text;
    for (PersonalFields.Document kind : fields.get().documents()) {
      int at = rest.indexOf(kind.stem());
      while (at >= 0) {
        int from = at + kind.stem().length();
        int to = end(rest, from);
        String number = rest.substring(from, to);
        String kept = SealedNumber.isOne(kind.stem() + number) ? number : kept(number);
        rest = rest.substring(0, from) + kept + rest.substring(to);
        at = rest.indexOf(kind.stem(), from + kept.length());
      }
    }
    return rest;
  }

  private static int end(String text, int from) {
    int at = from;
    while (at < text.length() && " ,|&;\"'()<>{}[]".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    return at;
  }
}
