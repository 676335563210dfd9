package org.yuanliu.platform.trace;

import static java.util.Objects.requireNonNull;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.yuanliu.platform.access.Disclosure;
import org.yuanliu.platform.journal.Journal;
import org.yuanliu.platform.registry.Registry;

/** Walks through the unit view, then reads the bodies of what the answer holds. */
@Component
final class WalkTracer implements Tracer {
  /** The one journal of a single server. */
  static final int JOURNAL = 1;

  private final UnitReads reads;
  private final Journal journal;
  private final Registry registry;
  private final Disclosure disclosure;
  private final TraceSettings settings;
  private final Clock clock;

  WalkTracer(
      UnitReads reads,
      Journal journal,
      Registry registry,
      Disclosure disclosure,
      TraceSettings settings,
      Clock clock) {
    this.reads = requireNonNull(reads, "reads is null");
    this.journal = requireNonNull(journal, "journal is null");
    this.registry = requireNonNull(registry, "registry is null");
    this.disclosure = requireNonNull(disclosure, "disclosure is null");
    this.settings = requireNonNull(settings, "settings is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /**
   * @throws IllegalArgumentException the token is none of this request
   * @throws DataAccessException the database is lost
   */
  @Override
  public Trace trace(TraceRequest request) {
    requireNonNull(request, "request is null");
    Instant begun = clock.instant();
    TraceToken token = request.next() == null ? null : TraceToken.decode(request.next(), request);
    long horizon = token == null ? Long.MAX_VALUE : token.horizon();
    Walked walked =
        reads.read(
            facts -> disclosure.mayRead(request.viewer(), facts),
            horizon,
            (connection, store) -> walk(connection, store, request, token, begun));
    return new Answer(journal, disclosure).of(request, walked);
  }

  private Walked walk(
      Connection connection,
      UnitStore store,
      TraceRequest request,
      @Nullable TraceToken token,
      Instant begun)
      throws SQLException {
    Dossiers dossiers = new Dossiers(store, registry::equivalents, settings);
    Links links = new Links(store, dossiers, settings);
    List<UUID> units = request.units().stream().map(UnitIndex::key).toList();
    dossiers.group(units);
    Set<UUID> roots = new LinkedHashSet<>();
    units.forEach(unit -> roots.add(dossiers.groupOf(unit)));
    int depth = token == null ? request.limits().depth() : token.depth();
    Set<Step> known = Set.of();
    if (token != null && token.toldDepth() >= 0) {
      Page told = Page.whole(clock);
      run(store, dossiers, links, request.direction(), token.toldDepth(), told, roots);
      known = new HashSet<>(told.steps());
    }
    long offset = token == null ? 0 : token.offset();
    Page page = Page.of(request.limits(), offset, known, clock, begun);
    boolean deeper = run(store, dossiers, links, request.direction(), depth, page, roots);
    TraceToken next = null;
    boolean truncated = page.isCut() || deeper;
    if (truncated) {
      long horizon = token == null ? UnitStore.horizon(connection, JOURNAL) : token.horizon();
      UUID key = TraceToken.requestKey(request);
      int toldDepth = token == null ? -1 : token.toldDepth();
      if (page.isCut()) {
        next =
            page.end() >= Page.MAX_STEPS
                ? null
                : new TraceToken(key, horizon, toldDepth, depth, page.end());
      } else if (depth < TraceLimits.MAX_DEPTH) {
        int more = Math.max(1, request.limits().depth());
        next =
            new TraceToken(key, horizon, depth, Math.min(TraceLimits.MAX_DEPTH, depth + more), 0);
      }
    }
    Set<UUID> rootUnits = new LinkedHashSet<>();
    roots.forEach(root -> rootUnits.addAll(dossiers.unitsOf(root)));
    return new Walked(
        List.copyOf(page.steps()), rootUnits, truncated, next == null ? null : next.encode());
  }

  /** Returns whether flows lead on beyond the depth. */
  private static boolean run(
      UnitStore store,
      Dossiers dossiers,
      Links links,
      Direction direction,
      int depth,
      Page page,
      Set<UUID> roots)
      throws SQLException {
    boolean deeper = false;
    for (boolean backward : List.of(true, false)) {
      boolean wanted =
          switch (direction) {
            case BACKWARD -> backward;
            case FORWARD -> !backward;
            case BOTH -> true;
          };
      if (wanted && !page.isCut()) {
        Walk walk = new Walk(store, dossiers, links, backward, depth, page);
        walk.from(roots);
        deeper |= walk.isDepthCut();
      }
    }
    return deeper;
  }

  /**
   * @param roots keys of the codes that the walk began from, equivalents included
   */
  record Walked(List<Step> steps, Set<UUID> roots, boolean truncated, @Nullable String next) {}
}
