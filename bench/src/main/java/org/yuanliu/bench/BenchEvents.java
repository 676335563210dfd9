package org.yuanliu.bench;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * Events of three units each, about 700 bytes: chains in which every step turns the lot of the step
 * before and one ingredient into a new lot.
 */
final class BenchEvents {
  static final int CHAIN_STEPS = 10;

  private static final String GTIN = "06901234567892";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSXXX").withZone(ZoneOffset.ofHours(8));
  private final String run;
  private final Instant start;

  /**
   * @param run distinguishes the lots of this run from those of any other: 1 to 8 letters or digits
   */
  BenchEvents(String run, Instant start) {
    this.run = run;
    this.start = start;
  }

  /** The lot that a chain's step makes, as a GS1 Digital Link. */
  String lot(long chain, int step) {
    return "https://id.gs1.org/01/"
        + GTIN
        + "/10/"
        + run
        + "C"
        + Long.toString(chain, 36).toUpperCase(java.util.Locale.ROOT)
        + "S"
        + step;
  }

  /** One event without a context, for a document. */
  String event(long index) {
    long chain = index / CHAIN_STEPS;
    int step = (int) (index % CHAIN_STEPS);
    Instant time = start.plusSeconds(step * 3600L).plusMillis(chain % 3_600_000);
    String before = step == 0 ? lot(chain, 0) + "R" : lot(chain, step - 1);
    return """
        {"type":"TransformationEvent","eventTime":"%s","eventTimeZoneOffset":"+08:00",\
        "inputQuantityList":[{"epcClass":"%s","quantity":%d.5,"uom":"KGM"},{"epcClass":"%sX","quantity":2.25,"uom":"KGM"}],\
        "outputQuantityList":[{"epcClass":"%s","quantity":%d.75,"uom":"KGM"}],\
        "bizStep":"commissioning","disposition":"in_progress",\
        "readPoint":{"id":"https://id.gs1.org/414/6901234567892"},"bizLocation":{"id":"https://id.gs1.org/414/6901234567892"},\
        "bizTransactionList":[{"type":"prodorder","bizTransaction":"urn:yuanliu:document:prodorder:%s-%d"}]}"""
        .formatted(
            TIME.format(time),
            before,
            100 + step,
            lot(chain, step),
            lot(chain, step),
            102 + step,
            run,
            index);
  }

  /** A document of events from an index on. */
  byte[] document(long from, int count) {
    StringBuilder text = new StringBuilder(800 * count);
    text.append(
            "{\"@context\":[\"https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld\"],")
        .append("\"type\":\"EPCISDocument\",\"schemaVersion\":\"2.0\",\"creationDate\":\"")
        .append(TIME.format(start))
        .append("\",\"epcisBody\":{\"eventList\":[");
    for (int i = 0; i < count; i++) {
      text.append(i == 0 ? "" : ",").append(event(from + i));
    }
    return text.append("]}}").toString().getBytes(StandardCharsets.UTF_8);
  }

  /** One event that stands alone. */
  byte[] single(long index) {
    String event = event(index);
    return ("{\"@context\":[\"https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld\"],"
            + event.substring(1))
        .getBytes(StandardCharsets.UTF_8);
  }
}
