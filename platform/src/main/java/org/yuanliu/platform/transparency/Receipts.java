package org.yuanliu.platform.transparency;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.yuanliu.ledger.Suite;
import org.yuanliu.ledger.TileTree;
import org.yuanliu.ledger.note.SignedCheckpoint;
import org.yuanliu.ledger.receipt.Content;
import org.yuanliu.ledger.receipt.Receipt;
import org.yuanliu.ledger.receipt.SealedReceipt;
import org.yuanliu.platform.access.Disclosure;
import org.yuanliu.platform.access.SqlCondition;
import org.yuanliu.platform.access.Viewer;
import org.yuanliu.platform.journal.EntryCriteria;
import org.yuanliu.platform.journal.EntryKind;
import org.yuanliu.platform.journal.EntryRef;
import org.yuanliu.platform.journal.EntrySearch;
import org.yuanliu.platform.journal.Journal;
import org.yuanliu.platform.journal.JournalSettings;
import org.yuanliu.platform.journal.LeafOpenings;

/**
 * Makes receipts for those who may see the event. Who sees it without its commercial secrets gets a
 * sealed one: the record's digests are over the whole, so a secret quantity could be found by
 * trying.
 */
@Component
final class Receipts {
  private final EntrySearch search;
  private final Disclosure disclosure;
  private final LeafOpenings openings;
  private final LedgerTiles tiles;
  private final PublishedCheckpoints checkpoints;
  private final Optional<PersonalValues> values;
  private final SealedProofs sealed;
  private final Journal journal;
  private final Suite suite;

  /** What is told of an event. */
  sealed interface Told {
    /** All of it. */
    record Open(Receipt receipt) implements Told {}

    /** That it is there. */
    record Sealed(SealedReceipt receipt) implements Told {}
  }

  Receipts(
      EntrySearch search,
      Disclosure disclosure,
      LeafOpenings openings,
      LedgerTiles tiles,
      PublishedCheckpoints checkpoints,
      Optional<PersonalValues> values,
      SealedProofs sealed,
      Journal journal,
      JournalSettings settings) {
    this.search = requireNonNull(search, "search is null");
    this.disclosure = requireNonNull(disclosure, "disclosure is null");
    this.openings = requireNonNull(openings, "openings is null");
    this.tiles = requireNonNull(tiles, "tiles is null");
    this.checkpoints = requireNonNull(checkpoints, "checkpoints is null");
    this.values = requireNonNull(values, "values is null");
    this.sealed = requireNonNull(sealed, "sealed is null");
    this.journal = requireNonNull(journal, "journal is null");
    this.suite = Suite.ofId(settings.suite());
  }

  /**
   * The receipt of an event.
   *
   * @param position which of several records with this event id is meant (a declaration of error
   *     has the id of what it corrects, and two parties may use one id); null for the first
   * @return empty if there is no such record, or the viewer may not see it, or nothing is signed
   */
  Optional<Told> of(Viewer viewer, String eventId, @Nullable Long position) {
    SqlCondition allowed = disclosure.condition(viewer);
    Optional<SignedCheckpoint> newest = checkpoints.newest();
    if (newest.isEmpty() || (position != null && position >= newest.get().checkpoint().size())) {
      return Optional.empty();
    }
    EntryCriteria criteria =
        new EntryCriteria(
            EntryKind.EVENT,
            Set.of(eventId),
            Set.of(),
            Set.of(),
            Set.of(),
            null,
            null,
            List.of(new EntryCriteria.Condition(allowed.sql(), allowed.parameters())));
    long below = newest.get().checkpoint().size();
    List<EntryRef> found =
        search.find(
            criteria,
            new EntryCriteria.Window(
                position == null ? below : Math.min(below, position + 1),
                position == null ? null : position - 1,
                false,
                1));
    return found.stream()
        .findFirst()
        .flatMap(ref -> isWhole(viewer, ref) ? open(viewer, ref) : sealed(ref));
  }

  private boolean isWhole(Viewer viewer, EntryRef ref) {
    return journal
        .read(ref)
        .filter(entry -> disclosure.shown(viewer, entry).equals(entry))
        .isPresent();
  }

  private Optional<Told> open(Viewer viewer, EntryRef ref) {
    return openings.open(ref).map(opening -> new Told.Open(receipt(viewer, ref, opening)));
  }

  private Optional<Told> sealed(EntryRef ref) {
    return sealed.of(ref.position()).map(Told.Sealed::new);
  }

  private Receipt receipt(Viewer viewer, EntryRef ref, LeafOpenings.LeafOpening opening) {
    SignedCheckpoint checkpoint =
        checkpoints.including(ref.position()).orElseThrow(IllegalStateException::new);
    List<byte[]> proof =
        new TileTree(suite, checkpoint.checkpoint().size(), tiles).inclusionProof(ref.position());
    return new Receipt(
        suite,
        opening.leafRecord(),
        opening.salt(),
        new Content.Body(new String(opening.body(), UTF_8)),
        values.map(kept -> kept.of(viewer, ref)).orElse(List.of()),
        proof,
        checkpoint);
  }
}
