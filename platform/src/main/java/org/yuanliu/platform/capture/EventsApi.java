package org.yuanliu.platform.capture;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.yuanliu.codes.Exemptions;
import org.yuanliu.epcis.DocumentReader;
import org.yuanliu.epcis.ReadResult;
import org.yuanliu.epcis.YlVocabulary;
import org.yuanliu.platform.ServerSettings;
import org.yuanliu.platform.access.Caller;
import org.yuanliu.platform.access.Permission;
import org.yuanliu.platform.binding.EpcisPaths;
import org.yuanliu.platform.binding.EpcisProblems;
import org.yuanliu.platform.binding.Permissions;
import org.yuanliu.platform.journal.Draft;
import org.yuanliu.platform.journal.Entry;
import org.yuanliu.platform.journal.EntryRef;
import org.yuanliu.platform.journal.Journal;
import org.yuanliu.platform.journal.Outcome;
import org.yuanliu.platform.journal.Submission;
import org.yuanliu.platform.problem.ProblemException;

/** One event in, answered after its commit (EPCIS 2.0 §12.6). */
@RestController
@Tag(name = "Capture", description = "报送 · Documents and events in")
final class EventsApi {
  private static final String MINIMAL = "return=minimal";
  private static final String PREFERENCE_APPLIED = "Preference-Applied";

  private final BodyReader bodies;
  private final DocumentReader reader;
  private final EventDrafts drafts;
  private final Journal journal;
  private final CaptureAnswers answers;
  private final EarlierDeclarations earlier;
  private final ServerSettings server;

  EventsApi(
      CaptureSettings settings,
      Exemptions exemptions,
      BodyReader bodies,
      EventDrafts drafts,
      Journal journal,
      CaptureAnswers answers,
      EarlierDeclarations earlier,
      ServerSettings server) {
    this.bodies = bodies;
    this.reader = new DocumentReader(settings.limits(), exemptions);
    this.drafts = drafts;
    this.journal = journal;
    this.answers = answers;
    this.earlier = earlier;
    this.server = server;
  }

  @PostMapping(EpcisPaths.EVENTS)
  @Operation(
      summary = "报送一个事件 · Store one event",
      description =
          "201 after the commit, with the event as it is stored; where it stands and its receipt"
              + " are in the headers. With Prefer: return=minimal its id, position and a tree head"
              + " that includes it instead. Sent again, it is answered alike."
              + " 入账后答 201；重复报送，答复相同。")
  ResponseEntity<byte[]> capture(Caller caller, HttpServletRequest request) throws IOException {
    Permissions.require(caller, Permission.CAPTURE);
    try (BodyReader.Body body = bodies.read(request)) {
      ReadResult.Accepted accepted =
          switch (reader.readEvent(body.bytes(), body.format())) {
            case ReadResult.Refused(var violations) ->
                throw new ProblemException(EpcisProblems.refused(violations));
            case ReadResult.Accepted read -> read;
          };
      EventDrafts.Origin origin = new EventDrafts.Origin(caller.party(), caller.standing(), false);
      List<Draft> events = drafts.of(accepted.events(), origin, Pointers::single);
      UUID captureId = UUID.randomUUID();
      return switch (journal.append(new Submission(captureId, events))) {
        case Outcome.Committed committed ->
            created(request, events.getFirst(), captureId, committed);
        case Outcome.Conflicted(List<Outcome.Conflict> conflicts) ->
            throw new ProblemException(Conflicts.problem(conflicts, Pointers::single));
      };
    }
  }

  private ResponseEntity<byte[]> created(
      HttpServletRequest request, Draft event, UUID captureId, Outcome.Committed committed) {
    Outcome.Placed placed = committed.placed().getFirst();
    List<EntryRef> before = earlier.of(List.of(event), committed.placed());
    List<String> declared = before.stream().map(EntryRef::toString).toList();
    String id = EpcisPaths.encoded(event.id());
    ResponseEntity.BodyBuilder answer =
        ResponseEntity.created(URI.create(EpcisPaths.EVENTS + "/" + id))
            .header(CaptureHeaders.DUPLICATE, Boolean.toString(placed.duplicate()))
            .header(CaptureHeaders.ENTRY, placed.ref().toString())
            .header(HttpHeaders.LINK, receipt(id, placed.ref()))
            .contentType(MediaType.APPLICATION_JSON);
    if (!declared.isEmpty()) {
      answer.header(CaptureHeaders.DECLARED_BEFORE, String.join(", ", declared));
    }
    return prefersMinimal(request)
        ? answer
            .header(PREFERENCE_APPLIED, MINIMAL)
            .body(answers.object(minimal(event, captureId, committed, declared)))
        : answer.body(answers.event(event, placed.recordTime()));
  }

  private String receipt(String id, EntryRef ref) {
    return "</ledger/%s/receipt/%s?position=%d>; rel=\"%sreceipt\""
        .formatted(server.log(), id, ref.position(), YlVocabulary.NAMESPACE);
  }

  /** RFC 7240: preferences are separated by commas, their parameters by semicolons. */
  private static boolean prefersMinimal(HttpServletRequest request) {
    return Collections.list(request.getHeaders("Prefer")).stream()
        .flatMap(header -> Stream.of(header.split(",", -1)))
        .map(one -> one.split(";", 2)[0].strip())
        .anyMatch(MINIMAL::equalsIgnoreCase);
  }

  private Map<String, Object> minimal(
      Draft event, UUID captureId, Outcome.Committed committed, List<String> declared) {
    Outcome.Placed placed = committed.placed().getFirst();
    UUID firstCapture =
        placed.duplicate()
            ? journal.read(placed.ref()).map(Entry::captureId).orElse(captureId)
            : captureId;
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("eventID", event.id());
    body.put("captureID", firstCapture.toString());
    body.put("position", placed.ref().position());
    body.put("recordTime", placed.recordTime().toString());
    body.put("duplicate", placed.duplicate());
    if (!declared.isEmpty()) {
      body.put(CaptureAnswers.DECLARED_BEFORE, declared);
    }
    body.put("treeHead", CaptureAnswers.treeHead(committed.head(), committed.note().orElse(null)));
    return body;
  }
}
