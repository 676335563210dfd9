package org.yuanliu.bench;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * Events with frequent and rare values, for queries: most come within minutes of their time, some
 * after days, a few after months. An event depends on its number alone.
 */
final class QueryEvents {
  private static final long SEED = 20_261_129;
  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
  private static final int PLACES = 20_000;
  private static final int LOADED = 10_000;

  /** Of which unit every hundredth event tells. */
  static final String FREQUENT_ITEM = "https://id.gs1.org/01/06901234567892/21/CRATE";

  private QueryEvents() {}

  static String id(long index) {
    return "urn:uuid:" + new UUID(SEED, index);
  }

  static String item(long index) {
    return "https://id.gs1.org/01/06901234567892/21/Q" + index;
  }

  /** Small numbers often, large ones seldom. */
  static String place(int number) {
    return "urn:yuanliu:bench:place-" + number;
  }

  static byte[] document(long from, int count) {
    StringBuilder text = new StringBuilder(700 * count);
    text.append(
            "{\"@context\":[\"https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld\"],")
        .append("\"type\":\"EPCISDocument\",\"schemaVersion\":\"2.0\",\"creationDate\":\"")
        .append(BEGIN)
        .append("\",\"epcisBody\":{\"eventList\":[");
    for (int i = 0; i < count; i++) {
      text.append(i == 0 ? "" : ",").append(event(from + i));
    }
    return text.append("]}}").toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String event(long index) {
    SplittableRandom random = new SplittableRandom(SEED ^ index * 0x9E37_79B9_7F4A_7C15L);
    int kind = random.nextInt(100);
    long late = kind < 90 ? 600 : kind < 99 ? 3 * 86_400 : 90 * 86_400;
    Instant time = BEGIN.plusSeconds(index - random.nextLong(late));
    String step = step(index, random);
    return """
    {"type":"ObjectEvent","eventID":"%s","eventTime":"%s","eventTimeZoneOffset":"+00:00",\
    "action":"%s","bizStep":"%s","disposition":"%s",\
    "epcList":["%s"%s],"readPoint":{"id":"%s"},"bizLocation":{"id":"%s"},\
    "bizTransactionList":[{"type":"inv","bizTransaction":"%s"}]}\
    """
        .formatted(
            id(index),
            time,
            random.nextInt(3) == 0 ? "ADD" : "OBSERVE",
            step,
            disposition(step, random),
            item(index),
            index % 100 == 0 ? ",\"" + FREQUENT_ITEM + "\"" : "",
            place(skewed(random)),
            place(skewed(random)),
            "urn:yuanliu:bench:inv-" + (random.nextInt(50) == 0 ? "all" : index / 8));
  }

  private static int skewed(SplittableRandom random) {
    double x = random.nextDouble();
    return (int) (x * x * x * PLACES);
  }

  /** One in 100,000 picks; the first ten thousand load, and nobody loads again. */
  private static String step(long index, SplittableRandom random) {
    if (index % 100_000 == 7) {
      return "picking";
    }
    if (index < LOADED) {
      return "loading";
    }
    return switch (random.nextInt(10)) {
      case 0, 1, 2 -> "shipping";
      case 3, 4 -> "receiving";
      case 5 -> "inspecting";
      default -> "storing";
    };
  }

  /** What is shipped is never destroyed, though both are frequent. */
  private static String disposition(String step, SplittableRandom random) {
    return switch (random.nextInt(4)) {
      case 0 -> step.equals("shipping") ? "in_transit" : "destroyed";
      case 1 -> "active";
      default -> "in_progress";
    };
  }
}
