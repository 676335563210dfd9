package org.yuanliu.platform.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.ByteArrayOutputStream;
import java.util.List;
import org.yuanliu.epcis.YlVocabulary;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/**
 * What one party sends in one request.
 *
 * @param reporter canonical URI of the party whose credential it goes with
 * @param created when it was put together, with offset
 * @param events in the order of their happening, each in JSON
 */
public record DemoDocument(String reporter, String created, List<byte[]> events) {
  private static final String EPCIS_CONTEXT =
      "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld";
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  public DemoDocument {
    requireNonNull(reporter, "reporter is null");
    requireNonNull(created, "created is null");
    events = List.copyOf(events);
    if (events.isEmpty()) {
      throw new IllegalArgumentException("a document without events");
    }
  }

  /** The EPCIS document in JSON-LD, UTF-8. */
  public byte[] json() {
    ByteArrayOutputStream out = new ByteArrayOutputStream(1 << 16);
    try (JsonGenerator json = MAPPER.createGenerator(out)) {
      json.writeStartObject();
      json.writeArrayPropertyStart("@context");
      json.writeString(EPCIS_CONTEXT);
      json.writeStartObject();
      json.writeStringProperty(YlVocabulary.PREFIX, YlVocabulary.NAMESPACE);
      json.writeEndObject();
      json.writeEndArray();
      json.writeStringProperty("type", "EPCISDocument");
      json.writeStringProperty("schemaVersion", "2.0");
      json.writeStringProperty("creationDate", created);
      json.writeObjectPropertyStart("epcisBody");
      json.writeArrayPropertyStart("eventList");
      for (byte[] event : events) {
        json.writeRawValue(new String(event, UTF_8));
      }
      json.writeEndArray();
      json.writeEndObject();
      json.writeEndObject();
    }
    return out.toByteArray();
  }
}
