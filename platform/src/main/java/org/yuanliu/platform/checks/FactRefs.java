package org.yuanliu.platform.checks;

import org.yuanliu.platform.journal.EntryRef;

/**
 * References of events among the facts. Of two events at the same moment the one with the smaller
 * text counts as the earlier, so the texts are in the journal's order.
 */
final class FactRefs {
  private static final int DIGITS = 19;

  private FactRefs() {}

  static String text(EntryRef ref) {
    String position = Long.toString(ref.position());
    return ref.journal() + "-" + "0".repeat(DIGITS - position.length()) + position;
  }

  static EntryRef parse(String text) {
    int dash = text.indexOf('-');
    return new EntryRef(
        Integer.parseInt(text.substring(0, dash)), Long.parseLong(text.substring(dash + 1)));
  }
}
