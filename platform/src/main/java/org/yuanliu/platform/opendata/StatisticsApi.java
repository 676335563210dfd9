package org.yuanliu.platform.opendata;

import static java.util.Objects.requireNonNull;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.yuanliu.industry.Localized;
import org.yuanliu.platform.access.Caller;
import org.yuanliu.platform.access.Permission;
import org.yuanliu.platform.access.Viewer;
import org.yuanliu.platform.problem.ProblemException;
import org.yuanliu.platform.problem.StandardProblems;

/**
 * Figures of one's divisions and industries, for people of statistics: the same sets as
 * everybody's, told finer, and never a record. They rest on the parts behind the published
 * versions, so that the two differ in nothing but what is withheld.
 */
@RestController
@RequestMapping("/api/v1/statistics")
@Tag(name = "Statistics", description = "统计 · Figures of one's divisions and industries")
class StatisticsApi {
  private final DataSets sets;
  private final ReleaseStore store;
  private final OpenData openData;

  StatisticsApi(DataSets sets, ReleaseStore store, OpenData openData) {
    this.sets = requireNonNull(sets, "sets is null");
    this.store = requireNonNull(store, "store is null");
    this.openData = requireNonNull(openData, "openData is null");
  }

  /**
   * Whose figures.
   *
   * @param industries ids of packs; empty for all
   */
  private record Scope(String division, Set<String> industries) {
    boolean has(DataSet set) {
      return industries.isEmpty() || industries.contains(set.industry());
    }
  }

  record Sets(String division, int minSubjects, List<OpenDataApi.SetOf> sets) {}

  record Periods(OpenDataApi.SetOf set, List<String> periods) {}

  /**
   * A table.
   *
   * @param version of the published set that it goes with
   */
  record Table(
      OpenDataApi.SetOf set,
      String period,
      int version,
      int minSubjects,
      List<Release.Cell> cells) {}

  @GetMapping
  @Operation(summary = "本辖区、本行业的统计表 · Sets of one's divisions and industries")
  Sets list(Caller caller) {
    Scope scope = scope(caller);
    return new Sets(
        scope.division(),
        Threshold.STATISTICS_SUBJECTS,
        sets.all().stream().filter(scope::has).map(OpenDataApi.SetOf::of).toList());
  }

  @GetMapping("/{industry}/{set}")
  @Operation(summary = "统计表的各期 · A set's periods, the latest first")
  Periods periods(Caller caller, @PathVariable String industry, @PathVariable("set") String name) {
    DataSet set = found(scope(caller), industry, name);
    return new Periods(
        OpenDataApi.SetOf.of(set),
        store.newest(set.id(), "", OpenDataApi.MAX_PERIODS).stream()
            .map(ReleaseStore.Named::period)
            .toList());
  }

  @GetMapping("/{industry}/{set}/{period}")
  @Operation(summary = "一期的统计表 · The table of a period")
  Table table(
      Caller caller,
      @PathVariable String industry,
      @PathVariable("set") String name,
      @PathVariable String period) {
    Scope scope = scope(caller);
    DataSet set = found(scope, industry, name);
    Release release =
        store.body(set.id(), period, null).map(Release::read).orElseThrow(OpenDataApi::absent);
    Map<String, List<Share>> parts =
        store.parts(set.id(), period).stream()
            .collect(Collectors.groupingBy(Share::category, TreeMap::new, Collectors.toList()));
    Map<String, Set<String>> withheld = release.withheld();
    Map<String, Localized> names = sets.categories(set);
    List<Release.Cell> cells = new ArrayList<>();
    parts.forEach(
        (category, shares) ->
            figures(set, scope.division(), shares, withheld.getOrDefault(category, Set.of()))
                .stream()
                .filter(figure -> OpenData.isShown(set, figure))
                .forEach(
                    figure -> cells.add(openData.cell(category, names.get(category), figure))));
    return new Table(
        OpenDataApi.SetOf.of(set), period, release.version(), Threshold.STATISTICS_SUBJECTS, cells);
  }

  private static List<ProtectedTable.Figure> figures(
      DataSet set, String root, List<Share> shares, Set<String> withheld) {
    boolean counts = set.measure().counts();
    DivisionTree rest =
        new DivisionTree(
            DivisionTree.NATION,
            shares.stream().filter(share -> !share.division().startsWith(root)).toList(),
            counts);
    Map<UUID, BigDecimal> outside = ProtectedTable.leftBeside(root, withheld, rest);
    return ProtectedTable.within(root, shares, counts, Threshold.ofStatistics(), outside).figures();
  }

  private DataSet found(Scope scope, String industry, String name) {
    return sets.find(industry, name).filter(scope::has).orElseThrow(OpenDataApi::absent);
  }

  /** Figures are told for provinces, cities and counties; a township's would be a single firm's. */
  private static Scope scope(Caller caller) {
    caller.require(Permission.STATISTICS);
    return switch (caller.viewer()) {
      case Viewer.Regulator(String party, String prefix, Set<String> industries)
          when prefix.length() % 2 == 0 && prefix.length() <= DivisionTree.DIGITS ->
          new Scope(prefix, industries);
      case Viewer.Regulator _, Viewer.Consumer _, Viewer.PublicPage _ -> throw OpenDataApi.absent();
      case Viewer.Enterprise _, Viewer.Operator _ ->
          throw new ProblemException(StandardProblems.FORBIDDEN);
    };
  }
}
