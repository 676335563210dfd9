package org.yuanliu.platform.transparency;

import java.util.List;
import org.yuanliu.ledger.receipt.PersonalValue;
import org.yuanliu.platform.access.Viewer;
import org.yuanliu.platform.journal.EntryRef;

/**
 * Whoever keeps personal values apart from the bodies tells a receipt of them. In a body stands
 * {@code {"yl:commitment": "…"}} ({@link PersonalValue#MEMBER}) in place of each value, made by
 * {@link PersonalValue#commit} with the log's suite and a salt of its own; so the leaf is over the
 * commitment, and stays provable when the value and its salt are erased.
 */
public interface PersonalValues {
  /**
   * The values of a record: {@link PersonalValue.Shown} for what this viewer may see, {@link
   * PersonalValue.Erased} for what nobody can read any more, in any order. What is left out counts
   * as withheld. Each must belong to a commitment of the body, and none to the same one twice, or
   * the receipt is refuted.
   */
  List<PersonalValue> of(Viewer viewer, EntryRef entry);
}
