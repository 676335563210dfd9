package org.yuanliu.epcis;

import com.ctc.wstx.stax.WstxInputFactory;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Gives the places of violations in XML as XPaths. While reading, a place is the number of a start
 * tag, which costs nothing; only for a document that is refused is it walked again and the numbers
 * turned into paths.
 */
final class XPaths {
  /** Elements that come in lists: their position is named even where it is the first. */
  private static final Set<String> REPEATED =
      Set.of(
          "ObjectEvent",
          "AggregationEvent",
          "TransactionEvent",
          "TransformationEvent",
          "AssociationEvent",
          "QuantityEvent",
          "epc",
          "quantityElement",
          "bizTransaction",
          "source",
          "destination",
          "sensorElement",
          "sensorReport",
          "set",
          "unset",
          "correctiveEventID",
          "Vocabulary",
          "VocabularyElement",
          "attribute");

  /** What the items of a list in JSON are called in XML. */
  private static final Map<String, String> ITEMS =
      Map.ofEntries(
          Map.entry("epcList", "epc"),
          Map.entry("childEPCs", "epc"),
          Map.entry("inputEPCList", "epc"),
          Map.entry("outputEPCList", "epc"),
          Map.entry("quantityList", "quantityElement"),
          Map.entry("childQuantityList", "quantityElement"),
          Map.entry("inputQuantityList", "quantityElement"),
          Map.entry("outputQuantityList", "quantityElement"),
          Map.entry("bizTransactionList", "bizTransaction"),
          Map.entry("sourceList", "source"),
          Map.entry("destinationList", "destination"),
          Map.entry("sensorElementList", "sensorElement"),
          Map.entry("correctiveEventIDs", "correctiveEventID"));

  /** Lists that in XML are no element of their own, only repeated elements. */
  private static final Set<String> BARE_LISTS =
      Set.of("sensorReport", "set", "unset", "certificationInfo");

  private final Map<Integer, String> paths = new HashMap<>();
  private final Map<Integer, Map<String, String>> fields = new HashMap<>();

  private XPaths() {}

  /** The violations with XPaths for places. */
  static List<Violation> resolve(
      DocumentSource source, WstxInputFactory factory, List<Violation> found) throws IOException {
    Set<Integer> wanted = new HashSet<>();
    for (Violation violation : found) {
      int ordinal = ordinal(violation.pointer());
      if (ordinal > 0) {
        wanted.add(ordinal);
      }
    }
    XPaths paths = new XPaths();
    if (!wanted.isEmpty()) {
      paths.walk(source, factory, wanted);
    }
    List<Violation> resolved = new ArrayList<>(found.size());
    for (Violation violation : found) {
      resolved.add(
          new Violation(
              violation.code(), paths.path(violation.pointer()), violation.zh(), violation.en()));
    }
    return resolved;
  }

  private static boolean isPlace(String pointer) {
    return !pointer.isEmpty()
        && (pointer.charAt(0) == Where.ELEMENT || pointer.charAt(0) == Where.EVENT);
  }

  private static int ordinal(String pointer) {
    if (!isPlace(pointer)) {
      return 0;
    }
    int end = pointer.indexOf('/');
    return Integer.parseInt(pointer, 1, end < 0 ? pointer.length() : end, 10);
  }

  private String path(String pointer) {
    if (!isPlace(pointer)) {
      return pointer;
    }
    int ordinal = ordinal(pointer);
    int end = pointer.indexOf('/');
    String rest = end < 0 ? "" : pointer.substring(end + 1);
    String base = paths.getOrDefault(ordinal, "");
    if (rest.isEmpty()) {
      return base;
    }
    return pointer.charAt(0) == Where.ELEMENT
        ? base + '/' + rest
        : base + inner(rest.split("/", -1), fields.getOrDefault(ordinal, Map.of()));
  }

  /** A place inside an event's JSON form as one inside its element. */
  private static String inner(String[] steps, Map<String, String> where) {
    String field = unescaped(steps[0]);
    if (field.equals("type")) {
      return "";
    }
    StringBuilder out = new StringBuilder().append('/').append(where.getOrDefault(field, field));
    String list = field;
    boolean attributes = false;
    for (int i = 1; i < steps.length; i++) {
      String step = unescaped(steps[i]);
      if (isIndex(step)) {
        String item = ITEMS.get(list);
        if (item != null) {
          out.append('/').append(item);
        }
        out.append('[').append(Integer.parseInt(step) + 1).append(']');
        continue;
      }
      String item = ITEMS.get(list);
      boolean value = step.equals(item);
      if (value) {
        continue; // The URI of a bizTransaction, source or destination is the element's text.
      }
      boolean typed = step.equals("type") && item != null && !item.startsWith("sensor");
      out.append('/').append(attributes || typed ? "@" : "").append(step);
      attributes |= step.equals("sensorReport") || step.equals("sensorMetadata");
      list = BARE_LISTS.contains(step) ? "" : step;
    }
    return out.toString();
  }

  private static boolean isIndex(String step) {
    // Longer digits are a name: no list has as many items.
    return !step.isEmpty()
        && step.length() <= 9
        && step.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static String unescaped(String step) {
    return step.replace("~1", "/").replace("~0", "~");
  }

  private void walk(DocumentSource source, WstxInputFactory factory, Set<Integer> wanted)
      throws IOException {
    try (InputStream in = source.open()) {
      XMLStreamReader reader = factory.createXMLStreamReader(in);
      try {
        walk(reader, wanted);
      } finally {
        reader.close();
      }
    } catch (XMLStreamException e) {
      // Malformed, as the first reading found: the paths up to there are known by now.
      return;
    }
  }

  private void walk(XMLStreamReader reader, Set<Integer> wanted) throws XMLStreamException {
    Deque<Level> open = new ArrayDeque<>();
    open.push(new Level("", null, ""));
    int ordinal = 0;
    while (reader.hasNext()) {
      switch (reader.next()) {
        case XMLStreamConstants.START_ELEMENT -> {
          ordinal++;
          Level outside = open.element();
          Level inside = outside.enter(reader);
          open.push(inside);
          if (wanted.contains(ordinal)) {
            paths.put(ordinal, inside.path);
            fields.put(ordinal, inside.startFields());
          }
        }
        case XMLStreamConstants.END_ELEMENT -> open.pop();
        default -> {}
      }
    }
  }

  private static final class Level {
    private final String path;
    private final Map<String, Integer> seen = new HashMap<>();

    /** Where the fields of the event around this are, if this is it or a wrapper in it. */
    private @Nullable Map<String, String> fields;

    /** Path from the event to this wrapper, with a slash at its end. */
    private final String fromEvent;

    Level(String path, @Nullable Map<String, String> fields, String fromEvent) {
      this.path = path;
      this.fields = fields;
      this.fromEvent = fromEvent;
    }

    Map<String, String> startFields() {
      fields = fields == null ? new HashMap<>() : fields;
      return fields;
    }

    Level enter(XMLStreamReader reader) {
      String prefix = reader.getPrefix();
      String local = reader.getLocalName();
      String name = prefix == null || prefix.isEmpty() ? local : prefix + ':' + local;
      int position = seen.merge(name, 1, Integer::sum);
      boolean numbered = position > 1 || REPEATED.contains(name);
      String step = numbered ? name + '[' + position + ']' : name;
      boolean wrapper = name.equals("extension") || name.equals("baseExtension");
      if (fields != null && !wrapper) {
        fields.putIfAbsent(name, fromEvent + name);
      }
      return new Level(
          path + '/' + step, wrapper ? fields : null, wrapper ? fromEvent + step + '/' : "");
    }
  }
}
