package org.yuanliu.platform.capture;

import static java.util.Objects.requireNonNull;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.yuanliu.epcis.EpcisEvent;
import org.yuanliu.ledger.TreeHead;
import org.yuanliu.platform.journal.Draft;
import org.yuanliu.platform.journal.EventSubject;
import org.yuanliu.platform.problem.EpcisXml;
import org.yuanliu.platform.problem.Problem;
import org.yuanliu.platform.problem.ProblemWriter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What the capture interface tells of jobs and records, in the shapes of the standard and ours. */
@Component
final class CaptureAnswers {
  /** Entries that declared the same records to be in error before. */
  static final String DECLARED_BEFORE = "declaredBefore";

  private static final String GS1_CONTEXT =
      "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld";

  /** Members of a job that its XML has as attributes, and as elements in the schema's order. */
  private static final List<String> ATTRIBUTES = List.of("running", "success", "captureID");

  private static final List<String> ELEMENTS =
      List.of("captureErrorBehaviour", "createdAt", "finishedAt");

  private final JsonMapper mapper;

  CaptureAnswers(JsonMapper mapper) {
    this.mapper = mapper;
  }

  byte[] job(CaptureJob job, HttpServletRequest request) {
    return mapper.writeValueAsBytes(map(job, request));
  }

  /** The standard's EPCISCaptureJob with ours behind, as in JSON. */
  byte[] jobXml(CaptureJob job, HttpServletRequest request) {
    Map<String, Object> members = map(job, request);
    return EpcisXml.document(
        "EPCISCaptureJob",
        xml -> {
          for (String name : ATTRIBUTES) {
            xml.writeAttribute(name, requireNonNull(members.get(name)).toString());
          }
          for (String name : ELEMENTS) {
            if (members.containsKey(name)) {
              EpcisXml.element(xml, name, requireNonNull(members.get(name)).toString());
            }
          }
          List<Problem> errors = errors(job.end());
          if (!errors.isEmpty()) {
            xml.writeStartElement("errors");
            for (Problem error : errors) {
              xml.writeStartElement("error");
              EpcisXml.problem(xml, ProblemWriter.body(error, request));
              xml.writeEndElement();
            }
            xml.writeEndElement();
          }
          EpcisXml.ours(xml, "eventCount", job.eventCount());
          if (job.end() instanceof CaptureJob.Done done) {
            EpcisXml.ours(xml, "duplicateCount", done.duplicates());
            EpcisXml.ours(xml, DECLARED_BEFORE, done.declaredBefore());
            for (List<Long> range : done.positions().ranges()) {
              EpcisXml.ours(xml, "positions", range.getFirst() + "-" + range.getLast());
            }
            EpcisXml.ours(xml, "treeHead", treeHead(done.head(), done.note()));
          }
        });
  }

  byte[] jobs(List<CaptureJob> jobs, HttpServletRequest request) {
    return mapper.writeValueAsBytes(jobs.stream().map(job -> map(job, request)).toList());
  }

  /** The event as it is handed on from now on, with the context that holds for it. */
  byte[] event(Draft draft, Instant recordTime) {
    if (!(draft.subject() instanceof EventSubject(EpcisEvent stored))) {
      throw new IllegalArgumentException("the draft " + draft.id() + " is no event");
    }
    EpcisEvent event = stored.stamped(draft.id(), recordTime);
    ObjectNode whole = mapper.createObjectNode();
    ArrayNode context = whole.putArray("@context").add(GS1_CONTEXT);
    JsonNode own = event.context().toJson();
    for (JsonNode part : own.isArray() ? own.values() : List.of(own)) {
      if (!part.isString() || !part.stringValue().equals(GS1_CONTEXT)) {
        context.add(part);
      }
    }
    whole.setAll(event.body());
    return mapper.writeValueAsBytes(whole);
  }

  byte[] object(Map<String, Object> members) {
    return mapper.writeValueAsBytes(members);
  }

  private static List<Problem> errors(CaptureJob.@Nullable End end) {
    return switch (end) {
      case null -> List.of();
      case CaptureJob.Failed failed -> List.of(failed.problem());
      case CaptureJob.Done done -> done.errors();
    };
  }

  /** The standard's CaptureJob with ours behind: counts, positions, tree head. */
  private static Map<String, Object> map(CaptureJob job, HttpServletRequest request) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("captureID", job.id().toString());
    map.put("createdAt", job.receivedAt().toString());
    CaptureJob.End end = job.end();
    if (end != null) {
      map.put("finishedAt", end.finishedAt().toString());
    }
    map.put("running", end == null);
    List<Problem> errors = errors(end);
    map.put("success", errors.isEmpty());
    map.put("captureErrorBehaviour", job.behaviour().value());
    map.put("errors", errors.stream().map(error -> ProblemWriter.body(error, request)).toList());
    map.put("eventCount", job.eventCount());
    if (end instanceof CaptureJob.Done done) {
      map.put("duplicateCount", done.duplicates());
      map.put("positions", done.positions());
      if (!done.declaredBefore().isEmpty()) {
        map.put(DECLARED_BEFORE, done.declaredBefore());
      }
      map.put("treeHead", treeHead(done.head(), done.note()));
    }
    return map;
  }

  /**
   * Root in base64, as in tree heads that are signed (C2SP tlog-checkpoint).
   *
   * @param note the head as a signed note; null where nobody signed, and then left out
   */
  static Map<String, Object> treeHead(TreeHead head, @Nullable String note) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("log", head.log());
    map.put("size", head.size());
    map.put("root", Base64.getEncoder().encodeToString(head.root()));
    if (note != null) {
      map.put("note", note);
    }
    return map;
  }
}
