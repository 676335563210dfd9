package org.yuanliu.platform.codes;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.yuanliu.platform.access.Disclosure;
import org.yuanliu.platform.access.SqlCondition;
import org.yuanliu.platform.access.Viewer;
import org.yuanliu.platform.codes.CodeStore.UseRow;
import org.yuanliu.platform.journal.EntryCriteria;
import org.yuanliu.platform.journal.EntryKind;
import org.yuanliu.platform.journal.EntryRef;
import org.yuanliu.platform.journal.EntrySearch;

/** Events that name a code which was let through, as far as the viewer may read them. */
@Component
class ExemptionUses {
  /** Looked at together. */
  private static final int READ = 1_000;

  private final CodeStore store;
  private final EntrySearch search;
  private final Disclosure disclosure;

  ExemptionUses(CodeStore store, EntrySearch search, Disclosure disclosure) {
    this.store = requireNonNull(store, "store is null");
    this.search = requireNonNull(search, "search is null");
    this.disclosure = requireNonNull(disclosure, "disclosure is null");
  }

  /** In order, after a place in a journal. */
  List<UseRow> seen(Viewer viewer, UUID exemption, UseRow after, int limit) {
    List<UseRow> seen = new ArrayList<>();
    UseRow last = after;
    List<UseRow> page;
    do {
      page = store.uses(exemption, last.journal(), last.position(), READ);
      if (!page.isEmpty()) {
        last = page.getLast();
        Set<EntryRef> read = readable(viewer, page);
        page.stream()
            .filter(use -> read.contains(new EntryRef(use.journal(), use.position())))
            .limit(limit - seen.size())
            .forEach(seen::add);
      }
    } while (page.size() == READ && seen.size() < limit);
    return seen;
  }

  private Set<EntryRef> readable(Viewer viewer, List<UseRow> uses) {
    SqlCondition policy = disclosure.condition(viewer);
    Long[] positions = uses.stream().map(UseRow::position).toArray(Long[]::new);
    return search
        .find(
            new EntryCriteria(
                EntryKind.EVENT,
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                null,
                null,
                List.of(
                    new EntryCriteria.Condition(
                        "e.position = any(:usedAt)", Map.of("usedAt", positions)),
                    new EntryCriteria.Condition(policy.sql(), policy.parameters()))),
            new EntryCriteria.Window(Long.MAX_VALUE, null, false, READ))
        .stream()
        .collect(Collectors.toUnmodifiableSet());
  }
}
