package org.yuanliu.epcis;

import com.ctc.wstx.stax.WstxInputFactory;
import java.io.IOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.yuanliu.codes.Exemptions;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads one document or event in XML of EPCIS 2.0 or 1.x, as a stream: each event becomes its JSON
 * form and is checked before the next is read.
 */
final class XmlDocumentReader {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final WstxInputFactory factory;
  private final Limits limits;
  private final DocumentSource source;
  private final Consumer<EpcisEvent> sink;
  private final Violations violations;

  /** Of the document's element. */
  private final XmlNamespaces namespaces = new XmlNamespaces(null);

  /** The same, and what header and extensions around the events declare. */
  private final XmlNamespaces headerNamespaces = new XmlNamespaces(namespaces);

  private boolean version1;
  private boolean tooMany;
  private int events;
  private int unreadable;

  XmlDocumentReader(
      WstxInputFactory factory,
      Limits limits,
      Exemptions exemptions,
      DocumentSource source,
      Consumer<EpcisEvent> sink) {
    this.factory = factory;
    this.limits = limits;
    this.source = source;
    this.sink = sink;
    this.violations = new Violations(limits.maxViolations(), exemptions);
  }

  /** A document of one of these kinds. */
  DocumentReader.Summary document(Set<DocumentKind> kinds) throws IOException {
    DocumentHeader header = null;
    if (fits()) {
      try (XmlCursor cursor = XmlCursor.open(factory, source, limits, violations)) {
        cursor.root();
        DocumentKind kind = kind(cursor, kinds);
        header = read(cursor, kind);
        cursor.end();
      } catch (XmlCursor.Stop e) {
        // What stopped the reading has been noted.
        header = null;
      }
    }
    return summary(header);
  }

  /** One event: an element of its type, in EPCIS's namespace or in none. */
  DocumentReader.Summary event() throws IOException {
    if (fits()) {
      try (XmlCursor cursor = XmlCursor.open(factory, source, limits, violations)) {
        cursor.root();
        String namespace = cursor.namespace();
        version1 = namespace.equals(XmlNames.EPCIS_1);
        if (!namespace.isEmpty() && !XmlNames.isEvent(namespace)) {
          unknownType(cursor);
        } else {
          namespaces.declare(cursor);
          event(cursor);
        }
        cursor.end();
      } catch (XmlCursor.Stop e) {
        // What stopped the reading has been noted.
        return summary(null);
      }
    }
    return summary(null);
  }

  private boolean fits() {
    return !(source instanceof DocumentSource.Bytes(byte[] xml))
        || JsonTrees.fits(xml, limits, violations);
  }

  private DocumentReader.Summary summary(@Nullable DocumentHeader header) throws IOException {
    List<Violation> found =
        violations.isEmpty() ? List.of() : XPaths.resolve(source, factory, violations.list());
    return new DocumentReader.Summary(header, events, unreadable, false, found);
  }

  private DocumentKind kind(XmlCursor cursor, Set<DocumentKind> kinds) {
    DocumentKind kind = DocumentKind.ofTerm(cursor.name());
    String namespace = cursor.namespace();
    String expected1 = "";
    String expected2 = "";
    if (kind != null) {
      expected1 =
          switch (kind) {
            case CAPTURE -> XmlNames.EPCIS_1;
            case QUERY -> XmlNames.QUERY_1;
            case MASTER_DATA -> XmlNames.MASTER_DATA_1;
          };
      expected2 =
          switch (kind) {
            case CAPTURE -> XmlNames.EPCIS_2;
            case QUERY -> XmlNames.QUERY_2;
            case MASTER_DATA -> XmlNames.MASTER_DATA_2;
          };
    }
    if (kind == null || !(namespace.equals(expected1) || namespace.equals(expected2))) {
      violations.add(
          ViolationCode.NOT_A_DOCUMENT,
          here(cursor),
          "此处应为 EPCIS 文档(命名空间 urn:epcglobal:epcis:xsd:2 或 :1 的 EPCISDocument)",
          "an EPCIS document is due here: EPCISDocument in urn:epcglobal:epcis:xsd:2 or :1");
      throw new XmlCursor.Stop();
    }
    if (!kinds.contains(kind)) {
      violations.add(
          ViolationCode.QUERY_DOCUMENT,
          here(cursor),
          "此处应为采集文档 EPCISDocument,而不是查询结果文档",
          "an EPCISDocument is due here, not a query document");
      throw new XmlCursor.Stop();
    }
    version1 = namespace.equals(expected1);
    return kind;
  }

  private @Nullable DocumentHeader read(XmlCursor cursor, DocumentKind kind) {
    Where root = here(cursor);
    FieldChecks checks = new FieldChecks(LdContext.DEFAULT, violations);
    namespaces.declare(cursor);
    ObjectNode rest = NODES.objectNode();
    rest.put("type", kind.term());
    String id = null;
    String schemaVersion = null;
    Instant creationDate = null;
    for (int i = 0; i < cursor.attributeCount(); i++) {
      String namespace = cursor.attributeNamespace(i);
      String name = cursor.attributeName(i);
      String value = cursor.attributeValue(i).strip();
      Where at = root.in('@' + name);
      if (namespace.isEmpty()) {
        switch (name) {
          case "schemaVersion" -> {
            schemaVersion = JsonDocumentReader.version(NODES.stringNode(value), at, checks);
            rest.put(name, value);
          }
          case "creationDate" -> {
            String zoned = Times.withZone(value);
            creationDate = checks.time(NODES.stringNode(zoned), at);
            rest.put(name, zoned);
          }
          default -> checks.unknown(at);
        }
      } else if (namespace.equals(XmlNames.LD) && name.equals("id")) {
        id = checks.documentId(NODES.stringNode(value), at);
        rest.put("id", value);
      } else if (!XmlNames.isBinding(namespace)) {
        rest.put(headerNamespaces.name(namespace, cursor.attributePrefix(i), name), value);
      }
    }
    XmlHeaderReader headers = new XmlHeaderReader(cursor, headerNamespaces, violations);
    XmlExtensionReader extensions = new XmlExtensionReader(cursor, headerNamespaces);
    boolean body = false;
    while (cursor.nextChild()) {
      String name = cursor.namespace().isEmpty() ? cursor.name() : "";
      switch (name) {
        case "EPCISHeader" -> {
          cursor.inPlace(!body && !rest.has("epcisHeader"));
          headers.header(rest);
        }
        case "EPCISBody" -> {
          cursor.inPlace(!body);
          body = true;
          body(cursor, kind, rest, headers);
        }
        case "extension" -> cursor.eachWrapped(() -> wrapped(cursor, extensions, rest));
        case "resultsBody" -> {
          unknownHere(cursor);
          resultsBody(cursor, NODES.objectNode(), headers);
        }
        default -> extension(cursor, extensions, rest);
      }
    }
    for (String required : List.of("schemaVersion", "creationDate")) {
      if (!rest.has(required)) {
        checks.missing(root, required);
      }
    }
    if (!body) {
      checks.missing(root, "EPCISBody");
    }
    if (schemaVersion == null || creationDate == null) {
      return null;
    }
    LdContext context = headerNamespaces.context();
    return new DocumentHeader(
        kind,
        id,
        schemaVersion,
        creationDate,
        text(rest, "instanceIdentifier"),
        text(rest, "sender"),
        text(rest, "receiver"),
        rest,
        context,
        ignoredFields(rest, context));
  }

  private static @Nullable String text(ObjectNode object, String name) {
    JsonNode value = object.get(name);
    return value == null ? null : value.stringValue();
  }

  private static Set<String> ignoredFields(ObjectNode document, LdContext context) {
    Set<String> ignored = new HashSet<>();
    JsonDocumentReader.ignoredFields(document, context, ignored);
    JsonDocumentReader.ignoredFields(document.at("/epcisBody/queryResults"), context, ignored);
    return ignored;
  }

  private void extension(XmlCursor cursor, XmlExtensionReader extensions, ObjectNode into) {
    if (cursor.namespace().isEmpty()) {
      unknown(cursor);
    } else {
      wrapped(cursor, extensions, into);
    }
  }

  /** In a wrapper the schema takes elements in no namespace. */
  private void wrapped(XmlCursor cursor, XmlExtensionReader extensions, ObjectNode into) {
    if (XmlNames.isBinding(cursor.namespace())) {
      unknown(cursor);
    } else {
      String name = extensions.name();
      XmlExtensionReader.add(into, name, extensions.value());
    }
  }

  private void body(XmlCursor cursor, DocumentKind kind, ObjectNode rest, XmlHeaderReader headers) {
    switch (kind) {
      case CAPTURE -> {
        boolean first = true;
        while (cursor.nextChild()) {
          if (isHere(cursor, "EventList")) {
            cursor.inPlace(first);
            first = false;
            eventList(cursor);
          } else {
            bodyExtension(cursor, rest);
          }
        }
      }
      case QUERY -> queryBody(cursor, rest, headers);
      case MASTER_DATA -> {
        while (cursor.nextChild()) {
          if (isHere(cursor, "VocabularyList")) {
            cursor.inPlace(!rest.path("epcisHeader").has("epcisMasterData"));
            ObjectNode header =
                rest.get("epcisHeader") instanceof ObjectNode object
                    ? object
                    : rest.putObject("epcisHeader");
            header.putObject("epcisMasterData").set("vocabularyList", headers.vocabularyList());
          } else {
            bodyExtension(cursor, rest);
          }
        }
      }
    }
  }

  /** Beside the events an extension may stand; in JSON it stands beside the body. */
  private void bodyExtension(XmlCursor cursor, ObjectNode rest) {
    extension(cursor, new XmlExtensionReader(cursor, headerNamespaces), rest);
  }

  private void queryBody(XmlCursor cursor, ObjectNode rest, XmlHeaderReader headers) {
    boolean results = false;
    while (cursor.nextChild()) {
      String namespace = cursor.namespace();
      boolean ours =
          namespace.isEmpty()
              || namespace.equals(XmlNames.QUERY_1)
              || namespace.equals(XmlNames.QUERY_2);
      if (ours && !results && cursor.name().equals("QueryResults")) {
        results = true;
        ObjectNode query = rest.putObject("epcisBody").putObject("queryResults");
        queryResults(cursor, query, headers);
      } else {
        unknown(cursor);
      }
    }
    if (!results) {
      violations.add(
          ViolationCode.MISSING_FIELD,
          Where.element(cursor.lastLeft()),
          "缺少 QueryResults",
          "the required element QueryResults is missing");
    }
  }

  private void resultsBody(XmlCursor cursor, ObjectNode results, XmlHeaderReader headers) {
    while (cursor.nextChild()) {
      if (isHere(cursor, "EventList")) {
        eventList(cursor);
      } else if (isHere(cursor, "VocabularyList")) {
        results.set("vocabularyList", headers.vocabularyList());
      } else {
        unknown(cursor);
      }
    }
  }

  private void queryResults(XmlCursor cursor, ObjectNode query, XmlHeaderReader headers) {
    Where at = here(cursor);
    XmlExtensionReader extensions = new XmlExtensionReader(cursor, headerNamespaces);
    while (cursor.nextChild()) {
      String name = cursor.namespace().isEmpty() ? cursor.name() : "";
      switch (name) {
        case "queryName", "subscriptionID" -> query.put(name, cursor.text());
        case "resultsBody" -> resultsBody(cursor, query.putObject("resultsBody"), headers);
        case "extension" -> cursor.eachWrapped(() -> wrapped(cursor, extensions, query));
        default -> extension(cursor, extensions, query);
      }
    }
    FieldChecks checks = new FieldChecks(LdContext.DEFAULT, violations);
    for (String required : List.of("queryName", "resultsBody")) {
      if (!query.has(required)) {
        checks.missing(at, required);
      }
    }
  }

  private void eventList(XmlCursor cursor) {
    while (cursor.nextChild()) {
      inEventList(cursor);
    }
  }

  private void inEventList(XmlCursor cursor) {
    if (isHere(cursor, "extension")) {
      // Where 1.1 and 1.2 put what 1.0 did not know.
      cursor.eachWrapped(() -> inEventList(cursor));
    } else {
      event(cursor);
    }
  }

  private void event(XmlCursor cursor) {
    if (events == limits.maxEvents()) {
      if (!tooMany) {
        tooMany = true;
        violations.add(
            ViolationCode.TOO_MANY_EVENTS,
            here(cursor),
            "文档中的事件超过 " + limits.maxEvents() + " 个",
            "the document has more than " + limits.maxEvents() + " events");
      }
      throw new XmlCursor.Stop();
    }
    String name = cursor.name();
    boolean quantityEvent = version1 && name.equals("QuantityEvent");
    EventType type = quantityEvent ? EventType.OBJECT_EVENT : EventType.ofTerm(name);
    boolean ours = cursor.namespace().isEmpty() || cursor.current() == 1;
    if (type == null || !ours) {
      unknownType(cursor);
      return;
    }
    Where at = Where.event(cursor.current());
    XmlNamespaces scope = new XmlNamespaces(namespaces);
    XmlEventReader reader = new XmlEventReader(cursor, scope, violations, type, version1);
    ObjectNode body = quantityEvent ? reader.readQuantityEvent() : reader.read();
    if (violations.isFull()) {
      throw new XmlCursor.Stop();
    }
    EpcisEvent event = EventDecoder.decodeXml(body, scope.context(), at, limits, violations);
    if (event == null) {
      unreadable++;
    } else {
      events++;
      sink.accept(event);
    }
  }

  private void unknownType(XmlCursor cursor) {
    unreadable++;
    violations.add(
        ViolationCode.UNKNOWN_EVENT_TYPE,
        here(cursor),
        "“" + cursor.name() + "”不是 EPCIS 的事件类型",
        "\"" + cursor.name() + "\" is no event type of EPCIS");
    cursor.skip();
  }

  private void unknown(XmlCursor cursor) {
    unknownHere(cursor);
    cursor.skip();
  }

  private void unknownHere(XmlCursor cursor) {
    violations.add(
        ViolationCode.UNKNOWN_FIELD,
        here(cursor),
        "此处没有元素 " + cursor.name() + ";扩展元素须带命名空间",
        "there is no element " + cursor.name() + " here; an extension must stand in a namespace");
  }

  private static boolean isHere(XmlCursor cursor, String name) {
    return cursor.namespace().isEmpty() && cursor.name().equals(name);
  }

  private static Where here(XmlCursor cursor) {
    return Where.element(cursor.current());
  }
}
