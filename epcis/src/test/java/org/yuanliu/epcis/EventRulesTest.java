package org.yuanliu.epcis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Which fields an event has to have together (EPCIS 2.0 §7.4), every combination, in JSON and in
 * XML: the verdict is the same in both.
 */
class EventRulesTest {
  private static final String PARENT = "parentID";
  private static final String EPC = "urn:epc:id:giai:4000001.12345";
  private static final String CLASS = "urn:epc:class:lgtin:4012345.012345.A";

  /** A field that an event may have: absent, empty or filled. */
  private enum Has {
    NOTHING,
    EMPTY,
    SOMETHING;

    boolean isFilled() {
      return this == SOMETHING;
    }
  }

  /**
   * @param fields in the order of the XSD, each with what it has
   */
  record Sample(String type, String action, List<Field> fields, boolean right) {
    @Override
    public String toString() {
      return (right ? "right: " : "wrong: ") + type + ' ' + action + ' ' + fields;
    }
  }

  record Field(String name, Has has) {
    @Override
    public String toString() {
      return has == Has.NOTHING ? "" : name + (has == Has.EMPTY ? "[]" : "");
    }

    boolean isList() {
      return name.endsWith("List") || name.equals("childEPCs");
    }
  }

  static Stream<Sample> samples() {
    List<Sample> all = new ArrayList<>();
    for (String action : List.of("ADD", "OBSERVE", "DELETE")) {
      boolean gone = action.equals("DELETE");
      for (Has first : Has.values()) {
        for (Has second : Has.values()) {
          boolean things = first.isFilled() || second.isFilled();
          for (boolean parent : new boolean[] {true, false}) {
            Field parentId = new Field(PARENT, parent ? Has.SOMETHING : Has.NOTHING);
            List<Field> children =
                List.of(
                    parentId,
                    new Field("childEPCs", first),
                    new Field("childQuantityList", second));
            boolean childrenAreRight = things || gone;
            all.add(
                new Sample(
                    "AggregationEvent",
                    action,
                    children,
                    childrenAreRight && (parent || action.equals("OBSERVE"))));
            all.add(new Sample("AssociationEvent", action, children, childrenAreRight && parent));
            // A transaction's parent is optional always; an empty epcList says that none is meant.
            List<Field> units =
                List.of(parentId, new Field("epcList", first), new Field("quantityList", second));
            boolean some = first != Has.NOTHING || second.isFilled();
            all.add(new Sample("TransactionEvent", action, units, some || gone));
          }
          List<Field> units =
              List.of(new Field("epcList", first), new Field("quantityList", second));
          all.add(
              new Sample("ObjectEvent", action, units, first != Has.NOTHING || second.isFilled()));
        }
      }
    }
    for (boolean joined : new boolean[] {true, false}) {
      for (int bits = 0; bits < 16; bits++) {
        boolean in = (bits & 3) != 0;
        boolean out = (bits & 12) != 0;
        List<Field> fields =
            List.of(
                new Field("inputEPCList", has(bits & 1)),
                new Field("inputQuantityList", has(bits & 2)),
                new Field("outputEPCList", has(bits & 4)),
                new Field("outputQuantityList", has(bits & 8)),
                new Field("transformationID", has(joined ? 1 : 0)));
        boolean right = joined ? in || out : in && out;
        all.add(new Sample("TransformationEvent", "", fields, right));
      }
    }
    return all.stream();
  }

  private static Has has(int bit) {
    return bit == 0 ? Has.NOTHING : Has.SOMETHING;
  }

  @ParameterizedTest
  @MethodSource("samples")
  void everyCombinationHasOneVerdictInBothSyntaxes(Sample sample) {
    byte[] json = json(sample).getBytes(UTF_8);
    byte[] xml = xml(sample).getBytes(UTF_8);
    ReadResult fromJson = Documents.READER.readDocument(json, DocumentFormat.JSON);
    ReadResult fromXml = Documents.READER.readDocument(xml, DocumentFormat.XML);
    assertThat(fromJson instanceof ReadResult.Accepted)
        .as(() -> new String(json, UTF_8) + fromJson)
        .isEqualTo(sample.right());
    assertThat(fromXml instanceof ReadResult.Accepted)
        .as(() -> new String(xml, UTF_8) + fromXml)
        .isEqualTo(sample.right());
    if (fromJson instanceof ReadResult.Accepted one && fromXml instanceof ReadResult.Accepted two) {
      for (CbvVersion version : CbvVersion.values()) {
        assertThat(EventHash.preHash(two.events().getFirst(), version))
            .isEqualTo(EventHash.preHash(one.events().getFirst(), version));
      }
    } else {
      assertThat(Documents.refused(fromJson))
          .extracting(Violation::code)
          .isEqualTo(Documents.refused(fromXml).stream().map(Violation::code).toList());
    }
  }

  private static String json(Sample sample) {
    StringBuilder out = new StringBuilder("{\"type\": \"").append(sample.type()).append('"');
    out.append(", \"eventTime\": \"2026-11-20T01:00:00Z\", \"eventTimeZoneOffset\": \"+08:00\"");
    if (!sample.action().isEmpty()) {
      out.append(", \"action\": \"").append(sample.action()).append('"');
    }
    if (sample.type().equals("TransactionEvent")) {
      out.append(", \"bizTransactionList\": [{\"bizTransaction\": \"urn:a:b\"}]");
    }
    for (Field field : sample.fields()) {
      if (field.has() == Has.NOTHING) {
        continue;
      }
      out.append(", \"").append(field.name()).append("\": ");
      if (field.isList()) {
        String item =
            field.name().contains("uantity")
                ? "{\"epcClass\": \"" + CLASS + "\", \"quantity\": 2}"
                : '"' + EPC + '"';
        out.append('[').append(field.has().isFilled() ? item : "").append(']');
      } else {
        out.append("\"urn:a:parent\"");
      }
    }
    return Documents.document(Documents.tree(out.append('}').toString())).toString();
  }

  private static String xml(Sample sample) {
    StringBuilder out = new StringBuilder(1024);
    out.append("<e:EPCISDocument xmlns:e=\"urn:epcglobal:epcis:xsd:2\" schemaVersion=\"2.0\"");
    out.append(" creationDate=\"2026-11-20T06:00:00Z\"><EPCISBody><EventList><");
    out.append(sample.type()).append("><eventTime>2026-11-20T01:00:00Z</eventTime>");
    out.append("<eventTimeZoneOffset>+08:00</eventTimeZoneOffset>");
    if (sample.type().equals("TransactionEvent")) {
      out.append("<bizTransactionList><bizTransaction>urn:a:b</bizTransaction>");
      out.append("</bizTransactionList>");
    }
    // The schema has the action before the quantities, but for the newest type behind them.
    boolean last = sample.type().equals("AssociationEvent");
    String action = sample.action().isEmpty() ? "" : "<action>" + sample.action() + "</action>";
    for (Field field : sample.fields()) {
      boolean quantities = field.name().contains("uantity");
      if (quantities && !last) {
        out.append(action);
        action = "";
      }
      if (field.has() != Has.NOTHING) {
        field(field, quantities, out);
      }
    }
    out.append(action);
    out.append("</").append(sample.type()).append("></EventList></EPCISBody></e:EPCISDocument>");
    return out.toString();
  }

  private static void field(Field field, boolean quantities, StringBuilder out) {
    out.append('<').append(field.name()).append('>');
    if (!field.isList()) {
      out.append("urn:a:parent");
    } else if (field.has().isFilled()) {
      out.append(
          quantities
              ? "<quantityElement><epcClass>"
                  + CLASS
                  + "</epcClass><quantity>2</quantity></quantityElement>"
              : "<epc>" + EPC + "</epc>");
    }
    out.append("</").append(field.name()).append('>');
  }
}
