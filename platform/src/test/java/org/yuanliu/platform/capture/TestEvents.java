package org.yuanliu.platform.capture;

import java.util.Arrays;
import java.util.UUID;
import java.util.stream.Collectors;

/** Small documents. */
public final class TestEvents {
  private TestEvents() {}

  public static String document(String... events) {
    return """
    {"@context": ["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",
                  {"yl": "https://yuanliu.org/ns/", "ex": "https://example.com/ns/"}],
     "type": "EPCISDocument", "schemaVersion": "2.0", "creationDate": "2026-01-31T00:00:00Z",
     "epcisBody": {"eventList": [%s]}}\
    """
        .formatted(Arrays.stream(events).collect(Collectors.joining(",")));
  }

  /** One event alone, with the context that its extensions need. */
  public static String single(String event) {
    return "{\"@context\": [\"https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld\","
        + " {\"yl\": \"https://yuanliu.org/ns/\", \"ex\": \"https://example.com/ns/\"}],"
        + event.strip().substring(1);
  }

  public static String some() {
    return event("urn:uuid:" + UUID.randomUUID(), "");
  }

  public static String event(String id, String members) {
    return event(id, "2026-01-31T08:00:00+08:00", "urn:epc:id:sgtin:0614141.107346.2017", members);
  }

  /**
   * @param members further ones, each with a comma before it
   */
  public static String event(String id, String time, String epc, String members) {
    return """
    {"type": "ObjectEvent", "eventID": "%s", "action": "OBSERVE", "bizStep": "shipping",
     "eventTime": "%s", "eventTimeZoneOffset": "+08:00", "epcList": ["%s"]%s}\
    """
        .formatted(id, time, epc, members);
  }

  public static String withoutId(String time, String members) {
    return """
    {"type": "ObjectEvent", "action": "OBSERVE", "bizStep": "shipping",
     "eventTime": "%s", "eventTimeZoneOffset": "+08:00",
     "epcList": ["urn:epc:id:sgtin:0614141.107346.2017"]%s}\
    """
        .formatted(time, members);
  }

  public static String id() {
    return "urn:uuid:" + UUID.randomUUID();
  }
}
