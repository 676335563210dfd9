package org.yuanliu.platform.opendata;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.yuanliu.codes.Division;
import org.yuanliu.codes.Divisions;
import org.yuanliu.industry.Localized;
import org.yuanliu.platform.ServerSettings;

/**
 * Publishes the figures of periods that are over. A version is never changed; what is recorded
 * later makes another one, as far as {@link Correction} lets it.
 */
@Service
public class OpenData {
  /**
   * How long after its period's first version a later one may come. No record is dropped within
   * half a year (the shortest term of the packs), so a correction never mistakes dropping for a
   * change.
   */
  static final int CORRECTED_DAYS = 90;

  /** Of {@link DivisionTree#NOWHERE}: what stands in its stead. */
  private static final String NOWHERE_SHOWN = "00";

  private final Figures figures;
  private final ReleaseStore store;
  private final DataSets sets;
  private final Divisions divisions;
  private final OpenDataSettings settings;
  private final ServerSettings server;
  private final Clock clock;
  private final TransactionTemplate transactions;
  private final ReentrantLock running = new ReentrantLock();

  OpenData(
      Figures figures,
      ReleaseStore store,
      DataSets sets,
      Divisions divisions,
      OpenDataSettings settings,
      ServerSettings server,
      Clock clock,
      PlatformTransactionManager transactionManager) {
    this.figures = requireNonNull(figures, "figures is null");
    this.store = requireNonNull(store, "store is null");
    this.sets = requireNonNull(sets, "sets is null");
    this.divisions = requireNonNull(divisions, "divisions is null");
    this.settings = requireNonNull(settings, "settings is null");
    this.server = requireNonNull(server, "server is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.transactions = new TransactionTemplate(transactionManager);
  }

  /**
   * Publishes what is due.
   *
   * @return how many versions
   */
  public int publish() {
    running.lock();
    try {
      long size = figures.follow();
      Map<String, DataSet> known = new TreeMap<>();
      sets.all().forEach(set -> known.put(set.id(), set));
      int published = 0;
      for (ReleaseStore.Pending pending : store.pending()) {
        DataSet set = known.get(pending.set());
        if (set != null && isDue(set, pending) && publish(set, pending, size)) {
          published++;
        }
      }
      return published;
    } finally {
      running.unlock();
    }
  }

  private boolean isDue(DataSet set, ReleaseStore.Pending pending) {
    Optional<LocalDate> first = set.rhythm().first(pending.period());
    if (first.isEmpty()) {
      return false; // of a pack's earlier version with another rhythm
    }
    LocalDate today = LocalDate.ofInstant(clock.instant(), server.zone());
    LocalDate due = set.rhythm().end(first.get()).plusDays(set.rhythm().waitDays());
    return !today.isBefore(due)
        && (pending.version() == null || today.isBefore(due.plusDays(CORRECTED_DAYS)));
  }

  private boolean publish(DataSet set, ReleaseStore.Pending pending, long size) {
    List<Share> now = figures.parts(set, pending.period());
    Optional<Release> last = store.body(set.id(), pending.period(), null).map(Release::read);
    List<Share> parts = now;
    Map<String, Set<String>> withheld = Map.of();
    Threshold threshold = settings.threshold();
    if (last.isPresent()) {
      List<Share> before = store.parts(set.id(), pending.period());
      withheld = last.get().withheld();
      // That of the first version, or what was told by it would not be told any more.
      threshold = new Threshold(last.get().minSubjects(), last.get().dominancePercent());
      parts = Correction.of(before, now, withheld, set.measure().counts(), threshold);
      if (Set.copyOf(parts).equals(Set.copyOf(before))) {
        return false;
      }
    }
    if (parts.isEmpty()) {
      return false;
    }
    int version = last.map(Release::version).orElse(0) + 1;
    Release release = release(set, pending.period(), version, size, threshold, parts, withheld);
    List<Share> behind = parts;
    transactions.executeWithoutResult(status -> store.put(release, behind));
    return true;
  }

  /** A version of these parts. */
  Release release(
      DataSet set,
      String period,
      int version,
      long size,
      Threshold threshold,
      Collection<Share> parts,
      Map<String, Set<String>> withheldBefore) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    Map<String, Localized> names = sets.categories(set);
    Map<String, List<Share>> byCategory = new TreeMap<>();
    parts.forEach(
        share -> byCategory.computeIfAbsent(share.category(), key -> new ArrayList<>()).add(share));
    List<Release.Cell> cells = new ArrayList<>();
    byCategory.forEach(
        (category, shares) -> {
          ProtectedTable table = table(set, shares, threshold, withheldBefore.get(category));
          table.figures().stream()
              // Not even that somebody is there.
              .filter(figure -> isShown(set, figure) && !table.isInside(figure.place()))
              .forEach(figure -> cells.add(cell(category, names.get(category), figure)));
        });
    return new Release(
        set.id(),
        set.industryNames(),
        set.names(),
        set.unit(),
        period,
        version,
        now,
        size,
        threshold.subjects(),
        threshold.percent(),
        settings.licence(),
        settings.publisher(),
        cells);
  }

  private static ProtectedTable table(
      DataSet set, List<Share> shares, Threshold threshold, @Nullable Set<String> withheldBefore) {
    boolean counts = set.measure().counts();
    return withheldBefore == null
        ? ProtectedTable.of(shares, counts, threshold)
        : ProtectedTable.again(shares, counts, threshold, withheldBefore)
            .orElseThrow(() -> new IllegalStateException("a correction that is not safe"));
  }

  /** What nobody knows the place of is one place, not a province with a city with a county. */
  static boolean isShown(DataSet set, ProtectedTable.Figure figure) {
    String place = figure.place();
    return place.isEmpty()
        || (set.byDivision()
            && !(place.length() > NOWHERE_SHOWN.length() && place.startsWith(NOWHERE_SHOWN)));
  }

  Release.Cell cell(String category, @Nullable Localized names, ProtectedTable.Figure figure) {
    return new Release.Cell(
        category,
        names,
        figure.place(),
        name(figure.place()),
        figure.value(),
        figure.subjects(),
        figure.value() == null);
  }

  /** The division's name where the table has one, else its digits. */
  String name(String place) {
    if (place.isEmpty()) {
      return "全国";
    }
    if (place.equals(NOWHERE_SHOWN)) {
      return "未注明";
    }
    String code = place + "0".repeat(DivisionTree.DIGITS - place.length());
    return divisions
        .asOf(LocalDate.ofInstant(clock.instant(), server.zone()))
        .find(code)
        .map(Division::zhName)
        .orElse(place);
  }
}
