package org.yuanliu.epcis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Whatever the bytes, reading gives a result; what it accepts can be hashed and stored. */
class DocumentReaderFuzzTest {
  private static final String[] SPLINTERS = {
    "null",
    "true",
    "0",
    "-1e-5",
    "1e999",
    "[]",
    "{}",
    "\"\"",
    "\"x:y\"",
    "\"urn:epc:id:sgtin:\"",
    "\"https://id.gs1.org/01/\"",
    "\"http://\"",
    "[[[[[]]]]]",
    "{\"@context\": {}}",
    "\"%\"",
    "{\"@value\": 1, \"@type\": 2}",
    "\"2026-02-30T00:00:00Z\"",
    "\"\\uD83D\\uDC37\"",
    "[null]"
  };

  @Provide
  Arbitrary<String> events() {
    return Arbitraries.of(Documents.ALL_EVENTS);
  }

  @Property(tries = 1000)
  void changedBytesNeverThrow(
      @ForAll @From("events") String event,
      @ForAll Random random,
      @ForAll @IntRange(min = 1, max = 8) int changes) {
    byte[] json = Documents.utf8(Documents.document(Documents.tree(event)).toString());
    for (int i = 0; i < changes; i++) {
      int at = random.nextInt(json.length);
      switch (random.nextInt(4)) {
        case 0 -> json[at] = (byte) random.nextInt(256);
        case 1 -> json = Arrays.copyOf(json, Math.max(1, at));
        case 2 -> json[at] = (byte) "{}[]\",:\\0-e".charAt(random.nextInt(11));
        default -> {
          byte[] longer = Arrays.copyOf(json, json.length + 7);
          System.arraycopy(json, at, longer, at + 7, json.length - at);
          json = longer;
        }
      }
    }
    holds(Documents.READER.readDocument(json));
    holds(Documents.READER.readEvent(json));
  }

  @Property(tries = 2000)
  void changedTreesNeverThrow(
      @ForAll @From("events") String event,
      @ForAll Random random,
      @ForAll @IntRange(min = 1, max = 4) int changes) {
    ObjectNode document = Documents.document(Documents.tree(event));
    for (int i = 0; i < changes; i++) {
      spoil(document, random);
    }
    holds(Documents.READER.readDocument(Documents.utf8(document.toString())));
  }

  private static void spoil(JsonNode node, Random random) {
    JsonNode splinter = Documents.MAPPER.readTree(SPLINTERS[random.nextInt(SPLINTERS.length)]);
    if (node instanceof ObjectNode object && !object.isEmpty()) {
      String[] names = object.propertyNames().toArray(new String[0]);
      String name = names[random.nextInt(names.length)];
      JsonNode child = object.get(name);
      if (child.isContainer() && !child.isEmpty() && random.nextInt(6) > 0) {
        spoil(child, random);
      } else {
        switch (random.nextInt(4)) {
          case 0 -> object.remove(name);
          case 1 -> object.set(name + (char) random.nextInt(0xD800), child);
          case 2 -> object.set(names[random.nextInt(names.length)], child.deepCopy());
          default -> object.set(name, splinter);
        }
      }
    } else if (node instanceof ArrayNode array && !array.isEmpty()) {
      int at = random.nextInt(array.size());
      if (array.get(at).isContainer() && !array.get(at).isEmpty() && random.nextInt(6) > 0) {
        spoil(array.get(at), random);
      } else {
        array.set(at, splinter);
      }
    }
  }

  private static void holds(ReadResult result) {
    switch (result) {
      case ReadResult.Refused refused -> {
        assertThat(refused.violations()).isNotEmpty();
        assertThat(refused.violations()).hasSizeLessThanOrEqualTo(Limits.DEFAULT_MAX_VIOLATIONS);
      }
      case ReadResult.Accepted accepted -> {
        for (EpcisEvent event : accepted.events()) {
          EpcisEvent back = StoredEvent.decode(StoredEvent.encode(event));
          assertThat(back).isEqualTo(event);
          for (CbvVersion version : CbvVersion.values()) {
            assertThat(EventHash.of(back, version)).isEqualTo(EventHash.of(event, version));
          }
        }
      }
    }
  }
}
