package org.yuanliu.platform.query;

import java.io.ByteArrayOutputStream;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.yuanliu.epcis.EpcisEvent;
import org.yuanliu.epcis.LdContext;
import org.yuanliu.platform.binding.EpcFormat;
import org.yuanliu.platform.journal.Entry;
import org.yuanliu.platform.journal.EventSubject;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes events as an EPCISQueryDocument (EPCIS-JSON-Schema: {@code epcisQueryDocument}). Events
 * come as they were sent, with the record time of this repository (EPCIS 2.0 §7.4.1: a sender's own
 * is not kept) and, where the sender gave no id, the event hash.
 */
@Component
final class QueryDocument {
  static final String SIMPLE_EVENT_QUERY = "SimpleEventQuery";

  private static final String GS1_CONTEXT =
      "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld";
  private static final String CONTEXT = "@context";
  private static final String EVENT_ID = "eventID";
  private static final String RECORD_TIME = "recordTime";

  /** Decimals keep the digits they were sent with. */
  private final JsonMapper mapper =
      JsonMapper.builder().disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES).build();

  private final Clock clock;
  private final EpcTranslation translation;

  QueryDocument(Clock clock, EpcTranslation translation) {
    this.clock = clock;
    this.translation = translation;
  }

  /**
   * @param queryName the query that was asked by its name, else the standard's
   */
  byte[] write(String queryName, List<Entry> entries, EpcFormat format) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(1_024 + 1_024 * entries.size());
    LdContext shared = sharedContext(entries);
    try (JsonGenerator json = mapper.createGenerator(out)) {
      json.writeStartObject();
      writeContext(json, shared);
      json.writeStringProperty("type", "EPCISQueryDocument");
      json.writeStringProperty("schemaVersion", "2.0");
      json.writeStringProperty(
          "creationDate", clock.instant().truncatedTo(ChronoUnit.MILLIS).toString());
      json.writeObjectPropertyStart("epcisBody");
      json.writeObjectPropertyStart("queryResults");
      json.writeStringProperty("queryName", queryName);
      json.writeObjectPropertyStart("resultsBody");
      json.writeArrayPropertyStart("eventList");
      for (Entry entry : entries) {
        writeEvent(json, entry, shared, format);
      }
      json.writeEndArray();
      json.writeEndObject();
      json.writeEndObject();
      json.writeEndObject();
      json.writeEndObject();
    }
    return out.toByteArray();
  }

  /** The context of all events where it is one and the same; else each brings its own. */
  private static @Nullable LdContext sharedContext(List<Entry> entries) {
    LdContext first = null;
    for (Entry entry : entries) {
      LdContext context = event(entry).context();
      if (first == null) {
        first = context;
      } else if (!first.equals(context)) {
        return null;
      }
    }
    return first;
  }

  private void writeContext(JsonGenerator json, @Nullable LdContext shared) {
    json.writeArrayPropertyStart(CONTEXT);
    json.writeString(GS1_CONTEXT);
    if (shared != null && !shared.isDefault()) {
      JsonNode parts = shared.toJson();
      if (parts.isArray()) {
        parts.forEach(part -> writePart(json, part));
      } else {
        writePart(json, parts);
      }
    }
    json.writeEndArray();
  }

  private void writePart(JsonGenerator json, JsonNode part) {
    if (!part.isString() || !part.stringValue().equals(GS1_CONTEXT)) {
      mapper.writeTree(json, part);
    }
  }

  private void writeEvent(
      JsonGenerator json, Entry entry, @Nullable LdContext shared, EpcFormat format) {
    EpcisEvent event = event(entry);
    json.writeStartObject();
    if (shared == null && !event.context().isDefault()) {
      json.writeName(CONTEXT);
      mapper.writeTree(json, event.context().toJson());
    }
    JsonNode body = translation.translate(event.body(), event.context(), format);
    for (Map.Entry<String, JsonNode> member : body.properties()) {
      if (!member.getKey().equals(RECORD_TIME)) {
        json.writeName(member.getKey());
        mapper.writeTree(json, member.getValue());
      }
    }
    if (event.eventId() == null) {
      json.writeStringProperty(EVENT_ID, entry.draft().id());
    }
    json.writeStringProperty(RECORD_TIME, entry.recordTime().toString());
    json.writeEndObject();
  }

  private static EpcisEvent event(Entry entry) {
    if (entry.draft().subject() instanceof EventSubject(EpcisEvent event)) {
      return event;
    }
    throw new IllegalStateException("entry " + entry.ref() + " is no event");
  }
}
