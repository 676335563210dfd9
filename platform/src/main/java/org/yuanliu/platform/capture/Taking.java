package org.yuanliu.platform.capture;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.yuanliu.codes.Exemptions;
import org.yuanliu.epcis.DocumentFormat;
import org.yuanliu.epcis.DocumentHeader;
import org.yuanliu.epcis.DocumentKind;
import org.yuanliu.epcis.DocumentReader;
import org.yuanliu.epcis.EpcisEvent;
import org.yuanliu.epcis.ReadResult;
import org.yuanliu.epcis.Violation;
import org.yuanliu.platform.binding.EpcisProblems;
import org.yuanliu.platform.journal.Draft;
import org.yuanliu.platform.problem.Problem;
import org.yuanliu.platform.problem.Problem.Detail;
import org.yuanliu.platform.problem.ProblemException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads documents and makes drafts of their events, all or as many as can be. What is wrong with a
 * document as a whole refuses it either way; in XML so does what is wrong with an event's form, for
 * there an event is not read apart from its document.
 */
@Component
final class Taking {
  /** From this status on a problem is the server's. */
  static final int SERVER_FAULT = 500;

  private static final String CONTEXT = "@context";
  private static final String EVENT_LIST = "eventList";

  /** Events of a query document, in its body. */
  private static final String RESULTS = "/queryResults/resultsBody/" + EVENT_LIST;

  private final DocumentReader reader;
  private final EventDrafts drafts;

  private final boolean queryDocuments;

  /** Each event is read, and kept, with its document's context: chars of all of them together. */
  private final long maxContexts;

  /** Decimals keep the digits they were sent with. */
  private final JsonMapper mapper =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  Taking(CaptureSettings settings, Exemptions exemptions, EventDrafts drafts) {
    this.reader = new DocumentReader(settings.limits(), exemptions);
    this.drafts = requireNonNull(drafts, "drafts is null");
    this.queryDocuments = settings.queryDocuments();
    this.maxContexts = (long) EventDrafts.MAX_EXPANSION * settings.maxBytes();
  }

  /**
   * What was read of a document.
   *
   * @param places where in the document each event stands, in the order of {@code events}
   * @param errors what is wrong with the events that are not among them
   */
  record Read(
      DocumentHeader header, List<EpcisEvent> events, List<String> places, List<Problem> errors) {
    Read {
      events = List.copyOf(events);
      places = List.copyOf(places);
      errors = List.copyOf(errors);
    }
  }

  /**
   * What can be stored of a document.
   *
   * @param places where in the document each event stands, in the order of {@code drafts}
   * @param errors what is wrong with the other events
   */
  record Drafted(List<Draft> drafts, List<String> places, List<Problem> errors) {
    Drafted {
      drafts = List.copyOf(drafts);
      places = List.copyOf(places);
      errors = List.copyOf(errors);
    }
  }

  /**
   * Reads an EPCISDocument, in XML also an EPCISMasterDataDocument, and where it is set an
   * EPCISQueryDocument whose results are captured (openapi.yaml, /capture).
   *
   * @throws ProblemException where the document is refused
   */
  Read read(byte[] document, DocumentFormat format, ErrorBehaviour behaviour) {
    return switch (document(document, format)) {
      case ReadResult.Accepted(DocumentHeader header, var events) -> {
        DocumentHeader around = header(header);
        yield new Read(around, events, places(events.size(), format, around.kind()), List.of());
      }
      case ReadResult.Refused(var violations) -> {
        Read some =
            behaviour == ErrorBehaviour.PROCEED && format == DocumentFormat.JSON
                ? some(document)
                : null;
        if (some == null) {
          throw new ProblemException(EpcisProblems.refused(violations));
        }
        yield some;
      }
    };
  }

  private static DocumentHeader header(@Nullable DocumentHeader header) {
    return requireNonNull(header, "a document has a header");
  }

  private ReadResult document(byte[] document, DocumentFormat format) {
    return queryDocuments
        ? reader.readAny(document, format)
        : reader.readDocument(document, format);
  }

  private static List<String> places(int count, DocumentFormat format, DocumentKind kind) {
    IntFunction<String> place = Pointers.inDocument(format, kind);
    List<String> places = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      places.add(place.apply(i));
    }
    return places;
  }

  /** Event by event; null where the document itself is wrong. */
  private @Nullable Read some(byte[] document) {
    JsonNode tree;
    try {
      tree = mapper.readTree(document);
    } catch (JacksonException e) {
      return null;
    }
    if (!(tree instanceof ObjectNode root)
        || !(root.path("epcisBody") instanceof ObjectNode body)
        || !((body.has("queryResults") ? body.at(RESULTS) : body.path(EVENT_LIST))
            instanceof ArrayNode list)
        || list.isEmpty()) {
      return null;
    }
    JsonNode context = root.get(CONTEXT);
    if (context == null || (long) context.toString().length() * list.size() > maxContexts) {
      return null;
    }
    List<JsonNode> sent = list.valueStream().toList();
    list.removeAll();
    if (!(document(mapper.writeValueAsBytes(root), DocumentFormat.JSON)
        instanceof ReadResult.Accepted(DocumentHeader header, var none))) {
      return null;
    }
    IntFunction<String> placeOf = Pointers.inDocument(DocumentFormat.JSON, header(header).kind());
    List<EpcisEvent> events = new ArrayList<>();
    List<String> places = new ArrayList<>();
    List<Problem> errors = new ArrayList<>();
    for (int i = 0; i < sent.size(); i++) {
      String place = placeOf.apply(i);
      switch (one(sent.get(i), context)) {
        case ReadResult.Accepted(var noHeader, var read) -> {
          events.add(read.getFirst());
          places.add(place);
        }
        case ReadResult.Refused(var violations) -> errors.add(refused(violations, place));
      }
    }
    return new Read(header(header), events, places, errors);
  }

  /** An event with the contexts of its document before its own. */
  private ReadResult one(JsonNode event, JsonNode context) {
    JsonNode alone = event;
    if (event instanceof ObjectNode object) {
      ArrayNode contexts = mapper.createArrayNode();
      add(context, contexts);
      JsonNode own = object.get(CONTEXT);
      if (own != null) {
        add(own, contexts);
      }
      alone = object.set(CONTEXT, contexts);
    }
    return reader.readEvent(mapper.writeValueAsBytes(alone));
  }

  private static void add(JsonNode context, ArrayNode into) {
    if (context.isArray()) {
      context.forEach(into::add);
    } else {
      into.add(context);
    }
  }

  private static Problem refused(List<Violation> violations, String place) {
    return EpcisProblems.invalid(
        violations.stream()
            .map(v -> new Detail(v.code(), place + v.pointer(), v.zh(), v.en()))
            .toList());
  }

  /**
   * @throws ProblemException where the document is refused
   */
  Drafted draft(Read read, EventDrafts.Origin origin, ErrorBehaviour behaviour) {
    return switch (behaviour) {
      case ROLLBACK ->
          new Drafted(
              drafts.of(read.events(), origin, read.places()::get), read.places(), List.of());
      case PROCEED -> eachAlone(read, origin);
    };
  }

  private Drafted eachAlone(Read read, EventDrafts.Origin origin) {
    List<Draft> drafted = new ArrayList<>();
    List<String> places = new ArrayList<>();
    List<Problem> errors = new ArrayList<>(read.errors());
    long stored = 0;
    for (int i = 0; i < read.events().size(); i++) {
      String place = read.places().get(i);
      if (stored > maxContexts) {
        throw new ProblemException(EpcisProblems.tooLarge(List.of()));
      }
      try {
        drafted.addAll(drafts.of(List.of(read.events().get(i)), origin, index -> place));
        places.add(place);
        stored += drafted.getLast().body().length;
      } catch (ProblemException e) {
        if (e.problem().status() >= SERVER_FAULT) {
          throw e; // nothing is wrong with the event
        }
        errors.add(e.problem());
      }
    }
    return new Drafted(drafted, places, errors);
  }
}
