package org.yuanliu.epcis;

import static java.util.Objects.requireNonNull;

import com.ctc.wstx.stax.WstxInputFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Reads EPCIS documents and events, in JSON-LD (EPCIS 2.0 §10, EPCIS-JSON-Schema.json) and in XML
 * of 2.0 and 1.x (§9, EPCglobal-epcis-2_0.xsd), all or nothing: one fault refuses the whole
 * document, and all faults are told. Never throws for what the bytes hold; safe for use by many
 * threads.
 *
 * <p>As strict as GS1's JSON schema, with these decisions where the schema leaves room:
 *
 * <ul>
 *   <li>events of types beyond the five are refused;
 *   <li>identifiers are EPC URNs and GS1 Digital Links with a right structure and check digit, or
 *       any other URI;
 *   <li>every type of event takes a persistent disposition, as the XSD and GS1's XML samples have
 *       it; the JSON schema forgot three of them;
 *   <li>an {@code ADD} or {@code DELETE} aggregation names its parent (EPCIS 2.0 §7.4.3);
 *   <li>contexts are not fetched; see {@link LdContext}.
 * </ul>
 */
public final class DocumentReader {
  /** What may come to a repository. */
  private static final Set<DocumentKind> TO_CAPTURE =
      Set.of(DocumentKind.CAPTURE, DocumentKind.MASTER_DATA);

  private static final Set<DocumentKind> ANY = Set.of(DocumentKind.values());

  /** What a query document is taken to be written by that does not say. */
  private static final String DEFAULT_VERSION = "2.0";

  private final Limits limits;
  private final WstxInputFactory xml;

  public DocumentReader(Limits limits) {
    this.limits = requireNonNull(limits, "limits is null");
    this.xml = XmlCursor.factory(limits);
  }

  /**
   * Reads a document that is to be captured: an EPCISDocument, or in XML an
   * EPCISMasterDataDocument. A query document is refused.
   *
   * @param document JSON in UTF-8; XML of EPCIS 2.0 or 1.x in the encoding that it declares
   */
  public ReadResult readDocument(byte[] document, DocumentFormat format) {
    requireNonNull(document, "document is null");
    return switch (format) {
      case JSON -> json(document, TO_CAPTURE).result();
      case XML -> new XmlDocumentReader(xml, limits, document).document(TO_CAPTURE).result();
    };
  }

  /** Reads a document of any kind, query results too. */
  public ReadResult readAny(byte[] document, DocumentFormat format) {
    requireNonNull(document, "document is null");
    return switch (format) {
      case JSON -> json(document, ANY).result();
      case XML -> new XmlDocumentReader(xml, limits, document).document(ANY).result();
    };
  }

  /**
   * Reads what can be read of a document of any kind, whatever is wrong beside it: for tools that
   * look at documents as they are. What is to be kept or acted upon is read by the other methods.
   */
  public Reading readTolerantly(byte[] document, DocumentFormat format) {
    requireNonNull(document, "document is null");
    return switch (format) {
      case JSON -> json(document, ANY);
      case XML -> new XmlDocumentReader(xml, limits, document).document(ANY);
    };
  }

  /**
   * What was read, and what is wrong with it.
   *
   * @param events those that have what makes an event: type, time, offset
   * @param unreadable how many have not
   * @param violations none where all is right
   */
  public record Reading(
      @Nullable DocumentHeader header,
      List<EpcisEvent> events,
      int unreadable,
      List<Violation> violations) {
    public Reading {
      events = List.copyOf(events);
      violations = List.copyOf(violations);
    }

    ReadResult result() {
      return violations.isEmpty()
          ? new ReadResult.Accepted(header, events)
          : new ReadResult.Refused(violations);
    }
  }

  /**
   * Reads one event: a JSON object, or an XML element such as {@code epcis:ObjectEvent} or {@code
   * ObjectEvent}.
   */
  public ReadResult readEvent(byte[] event, DocumentFormat format) {
    requireNonNull(event, "event is null");
    return switch (format) {
      case JSON -> readEvent(event);
      case XML -> new XmlDocumentReader(xml, limits, event).event();
    };
  }

  /** Reads an EPCISDocument in JSON, UTF-8. */
  public ReadResult readDocument(byte[] json) {
    return readDocument(json, DocumentFormat.JSON);
  }

  private Reading json(byte[] json, Set<DocumentKind> kinds) {
    Violations violations = new Violations(limits.maxViolations());
    JsonNode root = JsonTrees.read(json, limits, violations);
    if (root == null) {
      return new Reading(null, List.of(), 0, violations.list());
    }
    FieldChecks checks = new FieldChecks(LdContext.DEFAULT, violations);
    ObjectNode document = checks.object(root, Where.ROOT);
    DocumentKind kind = document == null ? null : kind(document, kinds, checks);
    if (document == null || kind == null) {
      return new Reading(null, List.of(), 0, violations.list());
    }
    LdContext context = LdContext.DEFAULT;
    JsonNode sentContext = document.get("@context");
    if (sentContext == null) {
      checks.missing(Where.ROOT, "@context");
    } else {
      context = checks.context(context, sentContext, Where.ROOT.in("@context"));
    }
    DocumentHeader header = header(document, kind, context, violations);
    List<@Nullable EpcisEvent> decoded = events(document, kind, context, checks, violations);
    List<EpcisEvent> events = new ArrayList<>(decoded.size());
    for (EpcisEvent event : decoded) {
      if (event != null) {
        events.add(event);
      }
    }
    return new Reading(header, events, decoded.size() - events.size(), violations.list());
  }

  /**
   * Reads one event, UTF-8. Its context is its own {@code @context}, or GS1's where it has none
   * (the REST binding lets a header take its place).
   */
  public ReadResult readEvent(byte[] json) {
    requireNonNull(json, "json is null");
    Violations violations = new Violations(limits.maxViolations());
    JsonNode root = JsonTrees.read(json, limits, violations);
    if (root == null) {
      return new ReadResult.Refused(violations.list());
    }
    EpcisEvent event = EventDecoder.decode(root, LdContext.DEFAULT, Where.ROOT, limits, violations);
    if (!violations.isEmpty()) {
      return new ReadResult.Refused(violations.list());
    }
    return new ReadResult.Accepted(null, List.of(requireNonNull(event, "event is null")));
  }

  private static @Nullable DocumentKind kind(
      ObjectNode document, Set<DocumentKind> kinds, FieldChecks checks) {
    JsonNode type = document.get("type");
    if (type == null) {
      checks.missing(Where.ROOT, "type");
      return null;
    }
    Where at = Where.ROOT.in("type");
    String term = checks.text(type, at);
    if (term == null) {
      return null;
    }
    DocumentKind kind = DocumentKind.ofTerm(term);
    if (kind == null || kind == DocumentKind.MASTER_DATA) {
      checks.add(
          ViolationCode.NOT_A_DOCUMENT,
          at,
          "此处应为采集文档 EPCISDocument",
          "an EPCISDocument is due here");
      return null;
    }
    if (!kinds.contains(kind)) {
      checks.add(
          ViolationCode.QUERY_DOCUMENT,
          at,
          "此处应为采集文档 EPCISDocument，而不是查询结果文档",
          "an EPCISDocument is due here, not a query document");
      return null;
    }
    return kind;
  }

  private static @Nullable DocumentHeader header(
      ObjectNode document, DocumentKind kind, LdContext context, Violations violations) {
    FieldChecks checks = new FieldChecks(context, violations);
    ObjectNode rest = document.objectNode();
    String id = null;
    String schemaVersion = null;
    Instant creationDate = null;
    String instanceIdentifier = null;
    String sender = null;
    String receiver = null;
    Set<String> ignored = new HashSet<>();
    for (Map.Entry<String, JsonNode> member : document.properties()) {
      String name = member.getKey();
      JsonNode value = member.getValue();
      Where at = Where.ROOT.in(name);
      switch (name) {
        case "@context", "type", "epcisBody" -> {}
        case "id" -> id = checks.uri(value, at);
        case "schemaVersion" -> schemaVersion = version(value, at, checks);
        case "creationDate" -> creationDate = checks.time(value, at);
        case "instanceIdentifier" -> instanceIdentifier = checks.text(value, at);
        case "sender" -> sender = checks.text(value, at);
        case "receiver" -> receiver = checks.text(value, at);
        case "epcisHeader" -> new MasterDataRules(checks).check(value, at);
        default -> {
          checks.extensionName(name, at);
          if (name.endsWith(":ignoreFields") || name.endsWith("/ignoreFields")) {
            ignoredFields(value, context, ignored);
          }
        }
      }
      if (!name.equals("@context") && !name.equals("epcisBody")) {
        rest.set(name, value);
      }
    }
    List<String> required =
        switch (kind) {
          case CAPTURE, MASTER_DATA -> List.of("schemaVersion", "creationDate", "epcisBody");
          case QUERY -> List.of("epcisBody");
        };
    for (String name : required) {
      if (!document.has(name)) {
        checks.missing(Where.ROOT, name);
      }
    }
    if (kind == DocumentKind.QUERY) {
      JsonNode sent = document.get("epcisBody");
      if (sent != null) {
        rest.set("epcisBody", QueryResultsRules.withoutEvents(sent));
      }
      schemaVersion = schemaVersion == null ? DEFAULT_VERSION : schemaVersion;
      creationDate = creationDate == null ? Instant.EPOCH : creationDate;
    }
    if (schemaVersion == null || creationDate == null) {
      return null;
    }
    return new DocumentHeader(
        kind,
        id,
        schemaVersion,
        creationDate,
        instanceIdentifier,
        sender,
        receiver,
        rest,
        context,
        ignored);
  }

  static void ignoredFields(JsonNode value, LdContext context, Set<String> into) {
    if (value instanceof ArrayNode array) {
      for (JsonNode name : array) {
        ignoredFields(name, context, into);
      }
    } else if (value instanceof StringNode name) {
      into.add(context.expand(name.stringValue()));
    }
  }

  /** Digits in groups with dots between, as in 2.0. */
  static @Nullable String version(JsonNode value, Where at, FieldChecks checks) {
    String text = checks.text(value, at);
    if (text == null) {
      return null;
    }
    boolean digitBefore = false;
    boolean valid = !text.isEmpty();
    for (int i = 0; valid && i < text.length(); i++) {
      char c = text.charAt(i);
      boolean digit = c >= '0' && c <= '9';
      valid = digit || (c == '.' && digitBefore);
      digitBefore = digit;
    }
    if (!valid || !digitBefore) {
      checks.add(
          ViolationCode.INVALID_VALUE,
          at,
          "版本号应为以点分隔的数字,如 2.0",
          "a version is numbers with dots between, such as 2.0");
      return null;
    }
    return text;
  }

  /** One for each in the list, null for what is no event. */
  private List<@Nullable EpcisEvent> events(
      ObjectNode document,
      DocumentKind kind,
      LdContext context,
      FieldChecks checks,
      Violations violations) {
    List<@Nullable EpcisEvent> events = new ArrayList<>();
    JsonNode bodyNode = document.get("epcisBody");
    if (bodyNode == null) {
      return events;
    }
    Where bodyAt = Where.ROOT.in("epcisBody");
    ObjectNode body = checks.object(bodyNode, bodyAt);
    if (body == null) {
      return events;
    }
    JsonNode listNode;
    Where listAt;
    if (kind == DocumentKind.QUERY) {
      QueryResultsRules.Found found = new QueryResultsRules(checks).check(body, bodyAt);
      if (found == null) {
        return events;
      }
      listNode = found.list();
      listAt = found.at();
    } else {
      listNode = body.get("eventList");
      if (listNode == null) {
        checks.missing(bodyAt, "eventList");
        return events;
      }
      listAt = bodyAt.in("eventList");
    }
    ArrayNode list = checks.array(listNode, listAt);
    if (list == null) {
      return events;
    }
    if (list.size() > limits.maxEvents()) {
      checks.add(
          ViolationCode.TOO_MANY_EVENTS,
          listAt,
          "文档含 " + list.size() + " 个事件,上限为 " + limits.maxEvents(),
          "the document has " + list.size() + " events, the limit is " + limits.maxEvents());
      return events;
    }
    for (int i = 0; i < list.size() && !violations.isFull(); i++) {
      events.add(EventDecoder.decode(list.get(i), context, listAt.at(i), limits, violations));
    }
    return events;
  }
}
