package org.yuanliu.platform.transparency;

import static java.util.Objects.requireNonNull;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** Published checkpoints and anchors in the order of their sizes, a page of them in memory. */
final class StoredNotes {
  /** Notes read at once: half a kilobyte each. */
  static final int PAGE = 1_000;

  static final StoredNotes NONE = new StoredNotes(size -> List.of());

  /** A note that a table holds. */
  record Stored(long size, String note, String what) {
    Stored {
      requireNonNull(note, "note is null");
      requireNonNull(what, "what is null");
    }
  }

  private final LongFunction<List<Stored>> pages;
  private final Deque<Stored> page = new ArrayDeque<>();
  private long after = -1;
  private boolean end;

  private StoredNotes(LongFunction<List<Stored>> pages) {
    this.pages = pages;
  }

  static StoredNotes of(CheckpointRows checkpoints, AnchorRows anchors, int journal) {
    List<Stored> days = anchors.all(journal);
    return new StoredNotes(
        after -> {
          List<Stored> published = checkpoints.after(journal, after, PAGE);
          long upTo = published.isEmpty() ? Long.MAX_VALUE : published.getLast().size();
          return java.util.stream.Stream.concat(
                  published.stream(),
                  days.stream().filter(day -> day.size() > after && day.size() <= upTo))
              .sorted(java.util.Comparator.comparingLong(Stored::size))
              .toList();
        });
  }

  /** The next one; empty at the end. */
  Optional<Stored> peek() {
    if (page.isEmpty() && !end) {
      List<Stored> next = pages.apply(after);
      end = next.isEmpty();
      page.addAll(next);
      if (!end) {
        after = next.getLast().size();
      }
    }
    @Nullable Stored first = page.peekFirst();
    return Optional.ofNullable(first);
  }

  void next() {
    page.removeFirst();
  }
}
