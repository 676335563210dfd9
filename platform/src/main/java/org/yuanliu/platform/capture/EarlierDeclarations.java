package org.yuanliu.platform.capture;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;
import org.yuanliu.epcis.EpcisEvent;
import org.yuanliu.platform.journal.Draft;
import org.yuanliu.platform.journal.Entry;
import org.yuanliu.platform.journal.EntryCriteria;
import org.yuanliu.platform.journal.EntryKind;
import org.yuanliu.platform.journal.EntryRef;
import org.yuanliu.platform.journal.EntrySearch;
import org.yuanliu.platform.journal.EventSubject;
import org.yuanliu.platform.journal.Journal;
import org.yuanliu.platform.journal.Outcome;

/**
 * Whoever declares a record to be in error is told that somebody has done so before, in other
 * words: two people correct the same record, and the second has to know of the first.
 */
@Component
final class EarlierDeclarations {
  /** Of one record, with the record itself; who corrects more often than that has been told. */
  private static final int MAX_ENTRIES = 100;

  private final EntrySearch search;
  private final Journal journal;

  EarlierDeclarations(EntrySearch search, Journal journal) {
    this.search = requireNonNull(search, "search is null");
    this.journal = requireNonNull(journal, "journal is null");
  }

  /** Entries that declared the same records before these did. */
  List<EntryRef> of(List<Draft> events, List<Outcome.Placed> placed) {
    List<EntryRef> earlier = new ArrayList<>();
    for (int i = 0; i < events.size(); i++) {
      if (isDeclaration(events.get(i)) && !placed.get(i).duplicate()) {
        earlier.addAll(of(events.get(i), placed.get(i).ref()));
      }
    }
    return earlier;
  }

  private List<EntryRef> of(Draft declared, EntryRef ref) {
    List<EntryRef> sameId =
        search.find(
            new EntryCriteria(
                EntryKind.EVENT,
                Set.of(declared.id()),
                Set.of(),
                Set.of(),
                Set.of(),
                null,
                null,
                List.of()),
            new EntryCriteria.Window(ref.position(), null, true, MAX_ENTRIES));
    return journal.readAll(sameId).stream()
        .filter(entry -> entry.draft().principal().equals(declared.principal()))
        .filter(entry -> isDeclaration(entry.draft()))
        .map(Entry::ref)
        .sorted()
        .toList();
  }

  private static boolean isDeclaration(Draft draft) {
    return draft.subject() instanceof EventSubject(EpcisEvent event)
        && event.errorDeclaration() != null;
  }
}
