package org.yuanliu.platform.trace;

import static java.util.Objects.requireNonNull;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.yuanliu.codes.Code;
import org.yuanliu.epcis.EpcisEvent;
import org.yuanliu.platform.access.AuditNotes;
import org.yuanliu.platform.access.Caller;
import org.yuanliu.platform.access.Cases;
import org.yuanliu.platform.access.Permission;
import org.yuanliu.platform.access.Viewer;
import org.yuanliu.platform.journal.Entry;
import org.yuanliu.platform.journal.EventSubject;
import org.yuanliu.platform.journal.Standing;
import org.yuanliu.platform.problem.ProblemException;
import org.yuanliu.platform.problem.StandardProblems;
import org.yuanliu.platform.retention.RemovedRecords;
import tools.jackson.databind.node.ObjectNode;

/** Tracing for those who signed in. What one may not see is a 404 like any absence. */
@RestController
@Tag(name = "Trace", description = "追溯 · Where it came from, where it went")
final class TraceApi {
  static final String PATH = "/api/v1/trace";
  static final String UNITS = "/api/v1/units";

  /** The divisions of a department's case: all. */
  private static final String NATION = "";

  /** Digital Link paths may come without their host: {@code /api/v1/trace/01/069…/10/A1}. */
  private static final String GS1 = "https://id.gs1.org/";

  private final Tracer tracer;
  private final UnitEvents events;
  private final CodeInput codes;
  private final Cases cases;
  private final RemovedRecords removed;

  TraceApi(Tracer tracer, UnitEvents events, CodeInput codes, Cases cases, RemovedRecords removed) {
    this.removed = requireNonNull(removed, "removed is null");
    this.tracer = requireNonNull(tracer, "tracer is null");
    this.events = requireNonNull(events, "events is null");
    this.codes = requireNonNull(codes, "codes is null");
    this.cases = requireNonNull(cases, "cases is null");
  }

  @GetMapping(PATH)
  @Operation(summary = "追溯，编码放在参数里 · Trace a code given as a parameter")
  TraceAnswer byParameter(
      Caller caller,
      @RequestParam(required = false) @Nullable String code,
      @RequestParam(defaultValue = "both") String direction,
      @RequestParam(required = false) @Nullable Integer depth,
      @RequestParam(required = false) @Nullable Integer limit,
      @RequestParam(required = false) @Nullable String next,
      @Parameter(description = "an open case of one's own, to follow the chain out of one's scope")
          @RequestParam(value = "case", required = false)
          @Nullable UUID caseId,
      HttpServletRequest request) {
    if (code == null || code.isBlank()) {
      throw TraceProblems.missingCode();
    }
    Viewer viewer = caseId == null ? caller.viewer() : caseViewer(caller, caseId, code, request);
    return trace(caller, viewer, code, direction, depth, limit, next);
  }

  /** Beyond his scope, from what he sees by himself, for a case that is open. */
  private Viewer caseViewer(Caller caller, UUID caseId, String code, HttpServletRequest request) {
    requireQuery(caller);
    Cases.Case open = cases.open(caller, caseId).orElseThrow(TraceProblems::notFound);
    if (events.page(unit(caller, code), caller.viewer(), 1, null).entries().isEmpty()) {
      throw TraceProblems.notFound();
    }
    AuditNotes.put(request, "case", open.number());
    AuditNotes.put(request, "reason", open.reason());
    return new Viewer.Regulator(caller.party(), NATION, Set.of());
  }

  @GetMapping(PATH + "/{*code}")
  @Operation(summary = "追溯 · Trace a code, in any of its written forms")
  TraceAnswer byPath(
      Caller caller,
      @PathVariable String code,
      @RequestParam(defaultValue = "both") String direction,
      @RequestParam(required = false) @Nullable Integer depth,
      @RequestParam(required = false) @Nullable Integer limit,
      @RequestParam(required = false) @Nullable String next) {
    String text = code.startsWith("/") ? code.substring(1) : code;
    if (text.isBlank()) {
      throw TraceProblems.missingCode();
    }
    boolean path = text.indexOf('/') > 0 && text.indexOf(':') < 0;
    return trace(caller, caller.viewer(), path ? GS1 + text : text, direction, depth, limit, next);
  }

  private TraceAnswer trace(
      Caller caller,
      Viewer viewer,
      String code,
      String direction,
      @Nullable Integer depth,
      @Nullable Integer limit,
      @Nullable String next) {
    requireQuery(caller);
    TraceLimits limits = limits(depth, limit);
    Direction wanted = direction(direction);
    String unit = unit(caller, code);
    Trace trace;
    try {
      trace = tracer.trace(new TraceRequest(List.of(unit), wanted, limits, viewer, next));
    } catch (IllegalArgumentException e) {
      throw next == null ? e : TraceProblems.badToken();
    }
    if (next == null && trace.units().isEmpty()) {
      throw TraceProblems.notFound();
    }
    return TraceAnswer.of(
        trace, removed.of(trace.units().stream().map(Trace.TracedUnit::uri).toList()));
  }

  @GetMapping(UNITS + "/{code}/events")
  @Operation(summary = "一个追溯单元的事件，新的在前 · A unit's events, newest first")
  UnitEventsAnswer events(
      Caller caller,
      @PathVariable String code,
      @RequestParam(required = false) @Nullable Integer limit,
      @RequestParam(required = false) @Nullable String next) {
    requireQuery(caller);
    int size = limit == null ? UnitEvents.DEFAULT_LIMIT : limit;
    if (size < 1 || size > UnitEvents.MAX_LIMIT) {
      throw TraceProblems.outOfRange("limit", 1, UnitEvents.MAX_LIMIT);
    }
    String unit = unit(caller, code);
    UnitEvents.EventPage page;
    try {
      page = events.page(unit, caller.viewer(), size, next);
    } catch (IllegalArgumentException e) {
      throw next == null ? e : TraceProblems.badToken();
    }
    if (next == null && page.entries().isEmpty()) {
      throw TraceProblems.notFound();
    }
    return new UnitEventsAnswer(
        unit, page.entries().stream().map(UnitEvent::of).toList(), page.next());
  }

  private String unit(Caller caller, String text) {
    return switch (codes.read(text)) {
      case CodeInput.Input.Unit(String uri) -> uri;
      case CodeInput.Input.Choice(List<Code> codes) -> {
        // Of which there is a record that the caller may see: where that is one, it was meant.
        List<String> known =
            codes.stream()
                .map(Code::canonical)
                .filter(uri -> !events.page(uri, caller.viewer(), 1, null).entries().isEmpty())
                .toList();
        if (known.size() != 1) {
          throw TraceProblems.choice(codes);
        }
        yield known.getFirst();
      }
      case CodeInput.Input.Unreadable unreadable ->
          throw TraceProblems.unreadable(unreadable.reasons());
    };
  }

  private static TraceLimits limits(@Nullable Integer depth, @Nullable Integer limit) {
    int deep = depth == null ? TraceLimits.DEFAULT.depth() : depth;
    int many = limit == null ? TraceLimits.DEFAULT.events() : limit;
    if (deep < 0 || deep > TraceLimits.MAX_DEPTH) {
      throw TraceProblems.outOfRange("depth", 0, TraceLimits.MAX_DEPTH);
    }
    if (many < 1 || many > TraceLimits.MAX_EVENTS) {
      throw TraceProblems.outOfRange("limit", 1, TraceLimits.MAX_EVENTS);
    }
    return new TraceLimits(deep, many, TraceLimits.DEFAULT.timeMs());
  }

  private static Direction direction(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "backward" -> Direction.BACKWARD;
      case "forward" -> Direction.FORWARD;
      case "both" -> Direction.BOTH;
      default -> throw TraceProblems.badDirection();
    };
  }

  private static void requireQuery(Caller caller) {
    if (!caller.may(Permission.QUERY)) {
      throw new ProblemException(StandardProblems.FORBIDDEN);
    }
  }

  /**
   * {@code GET /api/v1/units/{code}/events}.
   *
   * @param next token for the parameter {@code next}; null at the end
   */
  record UnitEventsAnswer(String unit, List<UnitEvent> events, @Nullable String next) {}

  /**
   * @param entry journal and position, as in {@code 1-42}
   * @param event the EPCIS event as it was sent
   */
  record UnitEvent(
      String entry,
      ObjectNode event,
      String reporter,
      String principal,
      Instant recordTime,
      Standing standing) {
    static UnitEvent of(Entry entry) {
      if (entry.draft().subject() instanceof EventSubject(EpcisEvent event)) {
        return new UnitEvent(
            entry.ref().toString(),
            TraceAnswer.json(event),
            entry.draft().reporter(),
            entry.draft().principal(),
            entry.recordTime(),
            entry.draft().standing());
      }
      throw new IllegalStateException("the entry " + entry.ref() + " is indexed but no event");
    }
  }
}
