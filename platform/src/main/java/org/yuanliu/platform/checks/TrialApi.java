package org.yuanliu.platform.checks;

import static java.util.Objects.requireNonNull;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.yuanliu.codes.CodeReader;
import org.yuanliu.industry.Pack;
import org.yuanliu.industry.PackSet;
import org.yuanliu.platform.access.Caller;
import org.yuanliu.platform.access.Permission;
import org.yuanliu.platform.access.Viewer;
import org.yuanliu.platform.journal.EntrySearch;
import org.yuanliu.platform.journal.Journal;
import org.yuanliu.platform.packs.Packs;
import org.yuanliu.platform.problem.Problem;
import org.yuanliu.platform.problem.ProblemException;
import org.yuanliu.platform.problem.StandardProblems;

/** Tries a new version of a pack against last month's records before it takes effect. */
@RestController
@Tag(name = "Packs", description = "行业包 · Industry packs")
final class TrialApi {
  private static final Logger LOG = LoggerFactory.getLogger(TrialApi.class);

  /** What "last month" is. */
  private static final Duration STRETCH = Duration.ofDays(31);

  /** The largest bundled pack has 70 kB. */
  static final int MAX_BYTES = 1 << 20;

  private final Packs packs;
  private final Catalogues catalogues;
  private final CodeReader codes;
  private final Journal journal;
  private final EntrySearch search;
  private final DataSource dataSource;
  private final Clock clock;
  private final AtomicReference<@Nullable Running> current = new AtomicReference<>();

  TrialApi(
      Packs packs,
      Catalogues catalogues,
      CodeReader codes,
      Journal journal,
      EntrySearch search,
      DataSource dataSource,
      Clock clock) {
    this.packs = requireNonNull(packs, "packs is null");
    this.catalogues = requireNonNull(catalogues, "catalogues is null");
    this.codes = requireNonNull(codes, "codes is null");
    this.journal = requireNonNull(journal, "journal is null");
    this.search = requireNonNull(search, "search is null");
    this.dataSource = requireNonNull(dataSource, "dataSource is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /** The one trial that is looked at; the last one stays until the next. */
  private record Running(
      String id, Pack pack, PackTrial trial, AtomicReference<PackTrial.State> end) {
    PackTrial.State state() {
      PackTrial.State ended = end.get();
      return ended == null
          ? new PackTrial.State(
              id, pack.id(), pack.version(), "running", trial.done(), trial.total(), null, null)
          : ended;
    }
  }

  @PostMapping("/api/v1/packs/trial")
  @Operation(
      summary = "用上月的记录试新版行业包 · Try a pack against last month's records",
      description =
          "The body is the YAML. Nothing takes effect. The answer names where the result will be;"
              + " one trial at a time. 请求体为 YAML，不生效；一次试一份。")
  ResponseEntity<Map<String, Object>> start(Caller caller, HttpServletRequest request)
      throws IOException {
    requireOperator(caller);
    byte[] yaml = request.getInputStream().readNBytes(MAX_BYTES + 1);
    if (yaml.length > MAX_BYTES) {
      throw new ProblemException(
          Problem.of(
              "pack-too-large",
              413,
              "行业包超过" + MAX_BYTES + "字节。",
              "The pack has more than " + MAX_BYTES + " bytes."));
    }
    Pack pack = packs.read(yaml);
    Running before = current.get();
    if (before != null && before.end().get() == null) {
      throw busy();
    }
    Instant now = clock.instant();
    long end = journal.head().size();
    Catalogue inForce = catalogues.current();
    PackTrial trial =
        new PackTrial(
            dataSource,
            journal,
            pack.id(),
            inForce,
            new Catalogue(with(inForce.packs(), pack), codes, inForce.zone()),
            search.firstRecorded(now.minus(STRETCH), end),
            end,
            now);
    Running running =
        new Running(UUID.randomUUID().toString(), pack, trial, new AtomicReference<>());
    if (!current.compareAndSet(before, running)) {
      throw busy();
    }
    Thread.ofVirtual().name("pack-trial").start(() -> run(running));
    return ResponseEntity.status(HttpStatus.ACCEPTED)
        .header("Location", "/api/v1/packs/trial/" + running.id())
        .body(running.state().json());
  }

  @GetMapping("/api/v1/packs/trial/{id}")
  @Operation(summary = "试用的进度和结果 · A trial's progress and result")
  Map<String, Object> state(Caller caller, @PathVariable String id) {
    requireOperator(caller);
    Running running = current.get();
    if (running == null || !running.id().equals(id)) {
      throw new ProblemException(StandardProblems.NOT_FOUND);
    }
    return running.state().json();
  }

  /** A firm's administrator administers his firm. */
  private static void requireOperator(Caller caller) {
    caller.require(Permission.ADMINISTER);
    if (!(caller.viewer() instanceof Viewer.Operator)) {
      throw new ProblemException(StandardProblems.FORBIDDEN);
    }
  }

  private static void run(Running running) {
    Pack pack = running.pack();
    PackTrial trial = running.trial();
    PackTrial.@Nullable Result result = null;
    @Nullable String failure = null;
    try {
      result = trial.run();
    } catch (java.sql.SQLException | RuntimeException e) {
      LOG.error("the trial of the pack {} failed", pack.id(), e);
      failure = "the trial failed; the server's log says why";
    }
    running
        .end()
        .set(
            new PackTrial.State(
                running.id(),
                pack.id(),
                pack.version(),
                failure == null ? "done" : "failed",
                trial.done(),
                trial.total(),
                result,
                failure));
  }

  private static ProblemException busy() {
    return new ProblemException(
        Problem.of(
            "trial-running",
            409,
            "另一份行业包正在试用，请等它结束。",
            "Another trial is running; wait for its end."));
  }

  /** The packs in force, with this one in the place of its industry's, for all of the stretch. */
  private static PackSet with(PackSet packs, Pack tried) {
    List<Pack> all = new ArrayList<>();
    packs.all().stream().filter(pack -> !pack.id().equals(tried.id())).forEach(all::add);
    all.add(
        new Pack(
            tried.id(),
            tried.version(),
            LocalDate.EPOCH,
            null,
            tried.names(),
            tried.leads(),
            tried.nodeTypes(),
            tried.roles(),
            tried.documents(),
            tried.tests(),
            tried.codeLists(),
            tried.schemes(),
            tried.products(),
            tried.checks(),
            tried.statistics(),
            tried.retention(),
            tried.clockDisagreement(),
            tried.clockTolerance(),
            tried.publicView(),
            tried.text()));
    return PackSet.of(all);
  }
}
