package org.yuanliu.epcis;

import java.io.IOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.yuanliu.codes.Exemptions;
import tools.jackson.core.TokenStreamContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Reads one document in JSON-LD. Where its {@code type} and {@code @context} stand before its
 * events, as they do in all that people write, each event is checked and handed on before the next
 * is read; else the events wait as a tree until both are known.
 */
final class JsonDocumentReader implements JsonTrees.Items {
  /** What a query document is taken to be written by that does not say. */
  private static final String DEFAULT_VERSION = "2.0";

  private final Limits limits;
  private final Set<DocumentKind> kinds;
  private final Consumer<EpcisEvent> sink;

  /** Of the document around its events, and of the events: told in this order. */
  private final Violations around;

  private final Violations inEvents;
  private LdContext context = LdContext.DEFAULT;
  private @Nullable DocumentKind kind;
  private boolean prepared;

  /** Where the events stand that were taken as they came. */
  private @Nullable Where list;

  private int seen;
  private int unreadable;

  JsonDocumentReader(
      Limits limits, Exemptions exemptions, Set<DocumentKind> kinds, Consumer<EpcisEvent> sink) {
    this.limits = limits;
    this.kinds = kinds;
    this.sink = sink;
    this.around = new Violations(limits.maxViolations(), exemptions);
    this.inEvents = new Violations(limits.maxViolations(), exemptions);
  }

  DocumentReader.Summary read(DocumentSource source) throws IOException {
    Violations malformed = new Violations(1);
    JsonNode root = JsonTrees.read(source, limits, malformed, this);
    if (root == null) {
      return DocumentReader.Summary.none(malformed.list());
    }
    FieldChecks checks = new FieldChecks(LdContext.DEFAULT, around);
    ObjectNode document = checks.object(root, Where.ROOT);
    if (document == null || !prepare(document) || kind == null) {
      return DocumentReader.Summary.none(around.list());
    }
    DocumentHeader header = header(document, kind, context, around);
    events(document, kind, checks);
    inEvents.list().forEach(around::add);
    boolean tooMany = seen > limits.maxEvents();
    return new DocumentReader.Summary(
        header, tooMany ? 0 : seen - unreadable, tooMany ? 0 : unreadable, tooMany, around.list());
  }

  /** Finds out what the document is and what its names mean; false where it is no document. */
  private boolean prepare(ObjectNode document) {
    if (prepared) {
      return kind != null;
    }
    prepared = true;
    FieldChecks checks = new FieldChecks(LdContext.DEFAULT, around);
    kind = kind(document, kinds, checks);
    if (kind == null) {
      return false;
    }
    JsonNode sent = document.get("@context");
    if (sent == null) {
      checks.missing(Where.ROOT, "@context");
    } else {
      context = checks.context(context, sent, Where.ROOT.in("@context"));
    }
    return true;
  }

  @Override
  public boolean takes(ObjectNode root, TokenStreamContext place) {
    TokenStreamContext around = place.getParent();
    if (list != null
        || around == null
        || !"eventList".equals(around.currentName())
        || !root.has("type")
        || !root.has("@context")) {
      return false;
    }
    String at = around.pathAsPointer().toString();
    boolean capture = at.equals("/epcisBody/eventList");
    boolean query = at.equals("/epcisBody/queryResults/resultsBody/eventList");
    if (!(capture || query) || !prepare(root)) {
      return false;
    }
    if ((kind == DocumentKind.QUERY) != query) {
      return false;
    }
    Where body = Where.ROOT.in("epcisBody");
    list = query ? body.in("queryResults").in("resultsBody").in("eventList") : body.in("eventList");
    return true;
  }

  @Override
  public void item(JsonNode item) {
    if (list == null) {
      throw new IllegalStateException("no list was taken");
    }
    int index = seen++;
    if (index < limits.maxEvents() && !inEvents.isFull()) {
      EpcisEvent event = EventDecoder.decode(item, context, list.at(index), limits, inEvents);
      if (event == null) {
        unreadable++;
      } else {
        sink.accept(event);
      }
    }
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
        case "id" -> id = checks.documentId(value, at);
        case "schemaVersion" -> schemaVersion = version(value, at, checks);
        case "creationDate" -> creationDate = checks.time(value, at);
        case "instanceIdentifier" -> instanceIdentifier = checks.text(value, at);
        case "sender" -> sender = checks.text(value, at);
        case "receiver" -> receiver = checks.text(value, at);
        case "epcisHeader" -> new MasterDataRules(checks).check(value, at);
        default -> {
          checks.extensionName(name, at);
          ignoredFields(name, value, context, ignored);
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
        ignoredFields(sent.path("queryResults"), context, ignored);
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

  /** Notes what the extensions of an object that are called ignoreFields name. */
  static void ignoredFields(JsonNode object, LdContext context, Set<String> into) {
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      ignoredFields(member.getKey(), member.getValue(), context, into);
    }
  }

  private static void ignoredFields(
      String name, JsonNode value, LdContext context, Set<String> into) {
    if (name.endsWith(":ignoreFields") || name.endsWith("/ignoreFields")) {
      addNames(value, context, into);
    }
  }

  /** The names are a text or a list of such; in XML they are those of elements. */
  private static void addNames(JsonNode value, LdContext context, Set<String> into) {
    switch (value) {
      case ArrayNode array -> array.forEach(item -> addNames(item, context, into));
      case ObjectNode object ->
          object.propertyNames().forEach(name -> into.add(context.expand(name)));
      case StringNode name -> into.add(context.expand(name.stringValue()));
      default -> {}
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

  /** Checks what stands around the events, and the events themselves where they had to wait. */
  private void events(ObjectNode document, DocumentKind kind, FieldChecks checks) {
    JsonNode bodyNode = document.get("epcisBody");
    if (bodyNode == null) {
      return;
    }
    Where bodyAt = Where.ROOT.in("epcisBody");
    ObjectNode body = checks.object(bodyNode, bodyAt);
    if (body == null) {
      return;
    }
    JsonNode listNode;
    Where listAt;
    if (kind == DocumentKind.QUERY) {
      QueryResultsRules.Found found = new QueryResultsRules(checks).check(body, bodyAt);
      if (found == null) {
        return;
      }
      listNode = found.list();
      listAt = found.at();
    } else {
      listNode = body.get("eventList");
      if (listNode == null) {
        checks.missing(bodyAt, "eventList");
        return;
      }
      listAt = bodyAt.in("eventList");
    }
    ArrayNode waiting = checks.array(listNode, listAt);
    if (waiting == null) {
      return;
    }
    if (list == null) {
      list = listAt;
      if (waiting.size() > limits.maxEvents()) {
        seen = waiting.size();
      } else {
        waiting.forEach(this::item);
      }
    }
    if (seen > limits.maxEvents()) {
      inEvents.clear();
      checks.add(
          ViolationCode.TOO_MANY_EVENTS,
          listAt,
          "文档含 " + seen + " 个事件,上限为 " + limits.maxEvents(),
          "the document has " + seen + " events, the limit is " + limits.maxEvents());
    }
  }
}
