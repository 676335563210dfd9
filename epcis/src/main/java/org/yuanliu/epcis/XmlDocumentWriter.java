package org.yuanliu.epcis;

import java.io.OutputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes documents in XML of EPCIS 2.0 or 1.2. */
final class XmlDocumentWriter implements DocumentWriter {
  private final XmlOut out;
  private final DocumentHeader header;
  private final XmlForm form;
  private final XmlExtensionWriter extensions;
  private final XmlEventWriter events;
  private final boolean whole;
  private boolean ended;

  /**
   * @param whole whether it is a document, else the results of a query alone
   */
  XmlDocumentWriter(OutputStream stream, DocumentHeader header, XmlForm form, boolean whole) {
    this.out = new XmlOut(stream, whole);
    this.whole = whole;
    this.header = header;
    this.form = form;
    this.extensions = new XmlExtensionWriter(out);
    this.events = new XmlEventWriter(out, form, extensions);
    begin();
  }

  @Override
  public void write(EpcisEvent event) {
    if (header.kind() == DocumentKind.MASTER_DATA || foundVocabularies() != null) {
      throw new IllegalStateException("a document of master data has no events");
    }
    events.write(event);
    out.line();
  }

  @Override
  public void close() {
    if (ended) {
      return;
    }
    ended = true;
    switch (header.kind()) {
      case CAPTURE -> {
        out.end(); // EventList
        out.end(); // EPCISBody
      }
      case MASTER_DATA -> out.end();
      case QUERY -> {
        if (foundVocabularies() == null) {
          out.end(); // EventList
        }
        out.end(); // resultsBody
        extensionsOf(header.body().at("/epcisBody/queryResults"), "queryName", "subscriptionID");
        out.end(); // QueryResults
        if (!whole) {
          out.finish();
          return;
        }
        out.end(); // EPCISBody
      }
    }
    for (Map.Entry<String, JsonNode> member : header.body().properties()) {
      if (isExtension(member.getKey())) {
        extensions.write(member.getKey(), member.getValue(), header.context());
      }
    }
    // The 2.0 schema takes no extension inside the header: they stand with the document's own.
    extensionsOf(header.body().path("epcisHeader"), "epcisMasterData", sbdhName());
    out.end();
    out.finish();
  }

  private void extensionsOf(JsonNode object, String... known) {
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      String name = member.getKey();
      if (isExtension(name) && !java.util.List.of(known).contains(name)) {
        extensions.write(name, member.getValue(), header.context());
      }
    }
  }

  private static boolean isExtension(String name) {
    return name.indexOf(':') >= 0;
  }

  private void begin() {
    String namespace =
        switch (header.kind()) {
          case CAPTURE -> form.version1() ? XmlNames.EPCIS_1 : XmlNames.EPCIS_2;
          case QUERY -> form.version1() ? XmlNames.QUERY_1 : XmlNames.QUERY_2;
          case MASTER_DATA -> form.version1() ? XmlNames.MASTER_DATA_1 : XmlNames.MASTER_DATA_2;
        };
    String prefix =
        switch (header.kind()) {
          case CAPTURE -> "epcis";
          case QUERY -> "epcisq";
          case MASTER_DATA -> "epcismd";
        };
    if (!whole) {
      queryResults(namespace, prefix);
      return;
    }
    out.start(namespace, prefix, header.kind().term());
    declareSchemas(out);
    declare(out, header.context());
    out.attribute("schemaVersion", form.version1() ? "1.2" : version2());
    out.attribute("creationDate", creationDate());
    if (header.id() != null) {
      out.attribute(XmlNames.LD, "ld", "id", header.id());
    }
    out.line();
    header();
    out.start("EPCISBody");
    switch (header.kind()) {
      case CAPTURE -> out.start("EventList");
      case QUERY -> queryResults(namespace, prefix);
      case MASTER_DATA -> vocabularyList(masterData());
    }
    out.line();
  }

  private void queryResults(String namespace, String prefix) {
    out.start(namespace, prefix, "QueryResults");
    if (!whole) {
      declareSchemas(out);
      declare(out, header.context());
    }
    JsonNode results = header.body().at("/epcisBody/queryResults");
    for (String name : new String[] {"queryName", "subscriptionID"}) {
      JsonNode value = results.get(name);
      if (value != null) {
        out.element(name, value.asString());
      }
    }
    out.start("resultsBody");
    JsonNode vocabularies = foundVocabularies();
    if (vocabularies == null) {
      out.start("EventList");
    } else {
      vocabularyList(vocabularies);
    }
  }

  /** What a query of master data found; null where events are the answer. */
  private @Nullable JsonNode foundVocabularies() {
    return header.body().at("/epcisBody/queryResults/resultsBody").get("vocabularyList");
  }

  private String version2() {
    return header.schemaVersion().startsWith("1") ? "2.0" : header.schemaVersion();
  }

  private String creationDate() {
    JsonNode sent = header.body().get("creationDate");
    return sent == null ? header.creationDate().toString() : sent.asString();
  }

  /** The prefixes that {@code xsi:type} and {@code xsi:nil} need. */
  static void declareSchemas(XmlOut out) {
    out.declare("xsi", XmlNames.XSI);
    out.declare("xsd", XmlNames.XSD);
  }

  /** Declares what a context declares, under the same prefixes. */
  static void declare(XmlOut out, LdContext context) {
    for (Map.Entry<String, String> prefix : context.prefixes().entrySet()) {
      String namespace = prefix.getValue();
      if (!namespace.isEmpty() && !XmlNames.isBinding(namespace)) {
        out.declare(prefix.getKey(), namespace);
      }
    }
  }

  private @Nullable JsonNode masterData() {
    return header.body().at("/epcisHeader/epcisMasterData").get("vocabularyList");
  }

  /** Name under which a document that came in XML keeps its Standard Business Document Header. */
  private String sbdhName() {
    String prefix = header.context().prefixFor(XmlNames.SBDH);
    return prefix == null ? "" : prefix + ':' + XmlHeaderReader.SBDH_NAME;
  }

  private void header() {
    String name = sbdhName();
    JsonNode sbdh = header.body().at("/epcisHeader").get(name);
    ObjectNode made = sbdh == null ? BusinessHeader.of(header) : null;
    JsonNode vocabularies = header.kind() == DocumentKind.MASTER_DATA ? null : masterData();
    if (sbdh == null && made == null && vocabularies == null) {
      return;
    }
    out.start("EPCISHeader");
    if (sbdh != null) {
      sbdh(name, sbdh, header.context());
    } else if (made != null) {
      sbdh(BusinessHeader.NAME, made, BusinessHeader.CONTEXT);
    }
    if (vocabularies != null) {
      out.start("extension");
      out.start("EPCISMasterData");
      vocabularyList(vocabularies);
      out.end();
      out.end();
    }
    out.end();
    out.line();
  }

  /** All names of this header are in its own namespace, which extensions cannot have. */
  private void sbdh(String name, JsonNode value, LdContext context) {
    if (value.isArray()) {
      value.forEach(item -> sbdh(name, item, context));
      return;
    }
    String local = name.substring(name.indexOf(':') + 1);
    if (!XmlOut.isName(local)) {
      return;
    }
    out.start(XmlNames.SBDH, "sbdh", local);
    if (value instanceof ObjectNode object) {
      for (Map.Entry<String, JsonNode> attribute : object.path(XmlNames.ATTRIBUTES).properties()) {
        if (XmlOut.isName(attribute.getKey())) {
          out.attribute(attribute.getKey(), attribute.getValue().asString());
        }
      }
      JsonNode text = object.get("@value");
      if (text != null) {
        out.text(text.asString());
      }
      for (Map.Entry<String, JsonNode> member : object.properties()) {
        if (!member.getKey().startsWith("@")) {
          sbdh(member.getKey(), member.getValue(), context);
        }
      }
    } else if (!value.isNull()) {
      out.text(value.asString());
    }
    out.end();
  }

  private void vocabularyList(@Nullable JsonNode list) {
    out.start("VocabularyList");
    for (JsonNode vocabulary : list == null ? JsonNodeFactory.instance.arrayNode() : list) {
      out.start("Vocabulary");
      out.attribute("type", header.context().expand(vocabulary.path("type").asString()));
      JsonNode elements = vocabulary.path("vocabularyElementList");
      if (!elements.isEmpty()) {
        out.start("VocabularyElementList");
        elements.forEach(this::vocabularyElement);
        out.end();
      }
      extensionsOf(vocabulary);
      out.end();
    }
    out.end();
  }

  private void vocabularyElement(JsonNode element) {
    LdContext context = header.context();
    out.start("VocabularyElement");
    out.attribute("id", context.expand(element.path("id").asString()));
    for (JsonNode attribute : element.path("attributes")) {
      out.start("attribute");
      out.attribute("id", context.expand(attribute.path("id").asString()));
      JsonNode value = attribute.get("attribute");
      if (value instanceof ObjectNode object) {
        extensions.content("attribute", object, context);
      } else if (value != null) {
        // The schema lets no xsi:type stand on this element: a value is text.
        out.text(value.isNumber() ? XmlExtensionWriter.number(value) : value.asString());
      }
      out.end();
    }
    JsonNode children = element.path("children");
    if (!children.isEmpty()) {
      out.start("children");
      children.forEach(child -> out.element("id", context.expand(child.asString())));
      out.end();
    }
    extensionsOf(element);
    out.end();
  }
}
