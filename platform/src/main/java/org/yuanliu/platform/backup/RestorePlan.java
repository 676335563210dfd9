package org.yuanliu.platform.backup;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.yuanliu.platform.backup.BackupFolder.Kept;
import org.yuanliu.platform.backup.Manifest.TablePart;
import org.yuanliu.platform.journal.EntryLayout;
import org.yuanliu.platform.journal.EntryRanges.Range;

/** Which rows of a chain of backups go where, and in what ranges the entries come to lie. */
final class RestorePlan {
  private final List<Kept> chain;
  private final Manifest newest;

  RestorePlan(List<Kept> chain) {
    this.chain = List.copyOf(chain);
    newest = chain.getLast().manifest();
  }

  /**
   * The ranges of entries: those that there were, the open one cut where that lets several threads
   * fill it. Where a backup does not tell which positions a file holds, all is one range.
   *
   * @param least entries of a range that is cut off
   * @param threads that fill tables
   * @return first positions, ascending from 0
   */
  List<Long> firsts(long least, int threads) {
    List<TablePart> parts = parts(EntryLayout.TABLE).stream().map(TableFill.Source::part).toList();
    NavigableSet<Long> firsts = new TreeSet<>();
    firsts.add(0L);
    if (newest.ranges() == null
        || parts.stream().anyMatch(part -> part.from() == null || part.to() == null)) {
      return List.copyOf(firsts);
    }
    newest.ranges().stream().filter(first -> first > 0).forEach(firsts::add);
    long open = firsts.last();
    long length = Math.max(least, (newest.size() - open + threads - 1) / threads);
    long[] borders =
        parts.stream()
            .flatMapToLong(part -> LongStream.of(from(part), to(part)))
            .sorted()
            .distinct()
            .toArray();
    long last = open;
    for (long border : borders) {
      // As near as the files' borders allow; the rest is not cut into crumbs.
      if (border >= last + length && border + least <= newest.size()) {
        firsts.add(border);
        last = border;
      }
    }
    firsts.removeIf(
        first -> parts.stream().anyMatch(part -> from(part) < first && first < to(part)));
    return List.copyOf(firsts);
  }

  private static long from(TablePart part) {
    return part.from() == null ? 0 : part.from();
  }

  private static long to(TablePart part) {
    return part.to() == null ? Long.MAX_VALUE : part.to();
  }

  /**
   * What is filled each by itself, the largest first.
   *
   * @param journal tables of the journal
   * @param ranges tables that the entries go into, apart; none where they are one plain table
   */
  List<TableFill> fills(List<Table> journal, List<Range> ranges) {
    List<TableFill> fills = new ArrayList<>();
    for (Table table : journal) {
      List<TableFill.Source> sources = parts(table.name());
      if (table.name().equals(EntryLayout.TABLE) && !ranges.isEmpty()) {
        for (Range range : ranges) {
          fills.add(
              new TableFill(
                  range.table(),
                  sources.stream()
                      .filter(
                          source ->
                              ranges.size() == 1
                                  || (from(source.part()) >= range.from()
                                      && to(source.part()) <= range.to()))
                      .toList()));
        }
      } else {
        fills.add(new TableFill(table.name(), sources));
      }
    }
    fills.sort(Comparator.comparingLong(TableFill::bytes).reversed());
    return fills;
  }

  /** All files of a table of the journal, in order. */
  private List<TableFill.Source> parts(String table) {
    return chain.stream()
        .flatMap(
            kept ->
                kept.manifest().tables().stream()
                    .filter(part -> part.name().equals(table) && part.kind() == TableKind.JOURNAL)
                    .map(part -> new TableFill.Source(kept, part)))
        .toList();
  }

  /** Those of an ordinary table: the newest backup has it whole. */
  List<TableFill.Source> ordinary(String table) {
    Kept kept = chain.getLast();
    return newest.tables().stream()
        .filter(part -> part.name().equals(table) && part.kind() != TableKind.JOURNAL)
        .map(part -> new TableFill.Source(kept, part))
        .toList();
  }
}
