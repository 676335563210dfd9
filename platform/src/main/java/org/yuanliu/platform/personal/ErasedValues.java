package org.yuanliu.platform.personal;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.springframework.stereotype.Component;
import org.yuanliu.ledger.receipt.PersonalValue;
import org.yuanliu.platform.access.Viewer;
import org.yuanliu.platform.journal.EntryRef;
import org.yuanliu.platform.transparency.PersonalValues;

/**
 * Receipts tell what was erased. Values that are there they withhold: those are shown with a reason
 * alone, with the salt that opens their commitment, so that whoever may see one can prove it.
 */
@Component
final class ErasedValues implements PersonalValues {
  private final PersonalValueStore store;

  ErasedValues(PersonalValueStore store) {
    this.store = requireNonNull(store, "store is null");
  }

  @Override
  public List<PersonalValue> of(Viewer viewer, EntryRef entry) {
    return store.of(entry).stream()
        .filter(value -> value.erased() != null)
        .<PersonalValue>map(
            value -> new PersonalValue.Erased(value.commitment(), requireNonNull(value.erased())))
        .toList();
  }
}
