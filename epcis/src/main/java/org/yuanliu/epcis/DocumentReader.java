package org.yuanliu.epcis;

import static java.util.Objects.requireNonNull;

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
 * Reads EPCIS 2.0 documents and events in JSON-LD (EPCIS 2.0 §10, EPCIS-JSON-Schema.json), all or
 * nothing: one fault refuses the whole document, and all faults are told. Never throws for what the
 * bytes hold; safe for use by many threads.
 *
 * <p>As strict as GS1's JSON schema, with these decisions where the schema leaves room:
 *
 * <ul>
 *   <li>events of types beyond the five are refused;
 *   <li>URNs of CBV terms are accepted although the schema leaves them to XML;
 *   <li>identifiers are EPC URNs and GS1 Digital Links with a right structure and check digit, or
 *       any other URI;
 *   <li>an {@code ADD} or {@code DELETE} aggregation names its parent (EPCIS 2.0 §7.4.3);
 *   <li>contexts are not fetched; see {@link LdContext}.
 * </ul>
 */
public final class DocumentReader {
  private final Limits limits;

  public DocumentReader(Limits limits) {
    this.limits = requireNonNull(limits, "limits is null");
  }

  /** Reads an EPCISDocument, UTF-8. */
  public ReadResult readDocument(byte[] json) {
    requireNonNull(json, "json is null");
    Violations violations = new Violations(limits.maxViolations());
    JsonNode root = JsonTrees.read(json, limits, violations);
    if (root == null) {
      return new ReadResult.Refused(violations.list());
    }
    FieldChecks checks = new FieldChecks(LdContext.DEFAULT, violations);
    ObjectNode document = checks.object(root, Where.ROOT);
    if (document == null || !isCaptureDocument(document, checks)) {
      return new ReadResult.Refused(violations.list());
    }
    LdContext context = LdContext.DEFAULT;
    JsonNode sentContext = document.get("@context");
    if (sentContext == null) {
      checks.missing(Where.ROOT, "@context");
    } else {
      context = checks.context(context, sentContext, Where.ROOT.in("@context"));
    }
    DocumentHeader header = header(document, context, violations);
    List<EpcisEvent> events = events(document, context, checks, violations);
    if (!violations.isEmpty()) {
      return new ReadResult.Refused(violations.list());
    }
    return new ReadResult.Accepted(requireNonNull(header, "header is null"), events);
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

  private static boolean isCaptureDocument(ObjectNode document, FieldChecks checks) {
    JsonNode type = document.get("type");
    if (type == null) {
      checks.missing(Where.ROOT, "type");
      return false;
    }
    Where at = Where.ROOT.in("type");
    String term = checks.text(type, at);
    if (term == null) {
      return false;
    }
    return switch (term) {
      case "EPCISDocument" -> true;
      case "EPCISQueryDocument" -> {
        checks.add(
            ViolationCode.QUERY_DOCUMENT,
            at,
            "此处应为采集文档 EPCISDocument,而不是查询结果文档",
            "an EPCISDocument is due here, not a query document");
        yield false;
      }
      default -> {
        checks.add(
            ViolationCode.NOT_A_DOCUMENT,
            at,
            "此处应为采集文档 EPCISDocument",
            "an EPCISDocument is due here");
        yield false;
      }
    };
  }

  private static @Nullable DocumentHeader header(
      ObjectNode document, LdContext context, Violations violations) {
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
    for (String required : List.of("schemaVersion", "creationDate", "epcisBody")) {
      if (!document.has(required)) {
        checks.missing(Where.ROOT, required);
      }
    }
    if (schemaVersion == null || creationDate == null) {
      return null;
    }
    return new DocumentHeader(
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

  private static void ignoredFields(JsonNode value, LdContext context, Set<String> into) {
    if (value instanceof ArrayNode array) {
      for (JsonNode name : array) {
        ignoredFields(name, context, into);
      }
    } else if (value instanceof StringNode name) {
      into.add(context.expand(name.stringValue()));
    }
  }

  /** Digits in groups with dots between, as in 2.0. */
  private static @Nullable String version(JsonNode value, Where at, FieldChecks checks) {
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

  private List<EpcisEvent> events(
      ObjectNode document, LdContext context, FieldChecks checks, Violations violations) {
    List<EpcisEvent> events = new ArrayList<>();
    JsonNode bodyNode = document.get("epcisBody");
    if (bodyNode == null) {
      return events;
    }
    Where bodyAt = Where.ROOT.in("epcisBody");
    ObjectNode body = checks.object(bodyNode, bodyAt);
    if (body == null) {
      return events;
    }
    JsonNode listNode = body.get("eventList");
    if (listNode == null) {
      checks.missing(bodyAt, "eventList");
      return events;
    }
    Where listAt = bodyAt.in("eventList");
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
      EpcisEvent event =
          EventDecoder.decode(list.get(i), context, listAt.at(i), limits, violations);
      if (event != null) {
        events.add(event);
      }
    }
    return events;
  }
}
