package org.yuanliu.epcis.tool;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yuanliu.epcis.CbvForm;
import org.yuanliu.epcis.CbvVersion;
import org.yuanliu.epcis.DocumentFormat;
import org.yuanliu.epcis.DocumentHeader;
import org.yuanliu.epcis.DocumentReader.Reading;
import org.yuanliu.epcis.DocumentWriter;
import org.yuanliu.epcis.EpcisEvent;
import org.yuanliu.epcis.EventHash;
import org.yuanliu.epcis.Syntax;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * A document written in every syntax and read again.
 *
 * @param differences what is not the same afterwards, in words
 */
record RoundTrip(List<String> differences) {
  RoundTrip {
    differences = List.copyOf(differences);
  }

  static RoundTrip of(Reading reading) {
    List<String> differences = new ArrayList<>();
    DocumentHeader header = reading.header();
    if (header == null) {
      EpcisEvent event = reading.events().getFirst();
      header = DocumentHeader.capture(event.eventTime()).withContext(event.context());
    }
    for (Syntax syntax : Syntax.values()) {
      CbvForm cbv = syntax == Syntax.XML_1_2 ? CbvForm.URN : CbvForm.WEB_URI;
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      try (DocumentWriter writer = DocumentWriter.open(out, syntax, cbv, header)) {
        reading.events().forEach(writer::write);
      }
      byte[] written = out.toByteArray();
      Reading back = Files.READER.readTolerantly(written, DocumentFormat.ofContent(written));
      back.violations()
          .forEach(
              violation ->
                  differences.add(
                      syntax + ": refused at " + violation.pointer() + ": " + violation.en()));
      if (back.violations().isEmpty()) {
        compare(syntax, reading, back, differences);
        TreeDifference.between(masterData(header), masterData(back.header()), header.context())
            .forEach(place -> differences.add(syntax + ": master data: " + place));
      }
    }
    return new RoundTrip(differences);
  }

  private static JsonNode masterData(@Nullable DocumentHeader header) {
    return header == null
        ? MissingNode.getInstance()
        : header.body().at("/epcisHeader/epcisMasterData");
  }

  private static void compare(
      Syntax syntax, Reading before, Reading after, List<String> differences) {
    if (before.events().size() != after.events().size()) {
      differences.add(
          syntax + ": " + before.events().size() + " events became " + after.events().size());
      return;
    }
    for (int i = 0; i < before.events().size(); i++) {
      EpcisEvent one = before.events().get(i);
      EpcisEvent two = after.events().get(i);
      String event = syntax + ": event " + i;
      for (CbvVersion version : CbvVersion.values()) {
        String expected = EventHash.of(one, version, Set.of());
        String found = EventHash.of(two, version, Set.of());
        if (!expected.equals(found)) {
          differences.add(event + ": hash " + expected + " became " + found);
        }
      }
      if (!Objects.equals(one.eventId(), two.eventId())
          || !Objects.equals(one.errorDeclaration(), two.errorDeclaration())) {
        differences.add(event + ": its id or error declaration changed");
      }
      if (one.context().equals(two.context())) {
        TreeDifference.between(one.body(), two.body(), one.context())
            .forEach(place -> differences.add(event + ": " + place));
      }
    }
  }
}
