package org.yuanliu.platform.query;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yuanliu.epcis.BizTransaction;
import org.yuanliu.epcis.CbvVocabulary;
import org.yuanliu.epcis.EpcisEvent;
import org.yuanliu.epcis.LdContext;
import org.yuanliu.epcis.SourceOrDestination;
import org.yuanliu.epcis.UnitMention;
import tools.jackson.databind.JsonNode;

/** Values inside an event in the one form in which parameters ask for them. */
final class EventTerms {
  private EventTerms() {}

  /**
   * @param member {@code set} or {@code unset}
   */
  static Set<String> persistent(EventFields fields, String member) {
    JsonNode persistent = fields.member("persistentDisposition");
    JsonNode values = persistent == null ? null : persistent.get(member);
    if (values == null) {
      return Set.of();
    }
    Set<String> found = new HashSet<>();
    List<JsonNode> leaves = new ArrayList<>();
    EventFields.leaves(values, leaves);
    for (JsonNode leaf : leaves) {
      String text = EventTest.text(leaf);
      String word =
          text == null ? null : CbvVocabulary.DISPOSITION.canonical(text, fields.context());
      if (word != null) {
        found.add(word);
      }
    }
    return found;
  }

  static Set<String> sensorTexts(EventFields fields, SensorField field) {
    Set<String> found = new HashSet<>();
    List<JsonNode> holders = new ArrayList<>(fields.sensorReports());
    if (field.inMetadata()) {
      holders.addAll(fields.sensorMetadata());
    }
    for (JsonNode holder : holders) {
      String text = EventTest.text(holder.get(field.member()));
      if (text != null) {
        found.add(sensorText(field, text, fields.context()));
      }
    }
    return found;
  }

  /** The form in which a sensor's text is compared. */
  static String sensorText(SensorField field, String text, LdContext context) {
    return switch (field) {
      case TYPE -> {
        String full = CbvVocabulary.MEASUREMENT_TYPE.canonical(text, context);
        yield full == null ? text : full;
      }
      case STRING_VALUE, BOOLEAN_VALUE -> text;
      case HEX_BINARY_VALUE -> text.toUpperCase(Locale.ROOT);
      case DEVICE_ID,
          DATA_PROCESSING_METHOD,
          BIZ_RULES,
          MICROORGANISM,
          CHEMICAL_SUBSTANCE,
          URI_VALUE ->
          org.yuanliu.codes.CanonicalUri.of(context.expand(text));
    };
  }

  /** What a field names of the vocabularies that master data tell of. */
  static Set<String> elements(FieldName field, EpcisEvent event, EventFields fields) {
    Set<String> found = new HashSet<>();
    switch (field.written()) {
      case "readPoint" -> add(event.readPoint(), found);
      case "bizLocation" -> add(event.bizLocation(), found);
      case "bizStep" -> add(event.bizStep(), found);
      case "disposition" -> add(event.disposition(), found);
      case "bizTransaction" ->
          event.bizTransactions().stream().map(BizTransaction::id).forEach(found::add);
      case "source" -> event.sources().stream().map(SourceOrDestination::id).forEach(found::add);
      case "destination" ->
          event.destinations().stream().map(SourceOrDestination::id).forEach(found::add);
      case "epcClass" ->
          event.units().stream()
              .filter(unit -> unit.lot() || unit.quantity() != null)
              .map(UnitMention::canonical)
              .forEach(found::add);
      default -> {
        List<JsonNode> leaves = new ArrayList<>();
        fields
            .values(Criterion.Scope.EVENT, false, field)
            .forEach(value -> EventFields.leaves(value, leaves));
        leaves.forEach(
            leaf -> {
              String text = EventTest.text(leaf);
              add(text == null ? null : fields.canonical(text), found);
            });
      }
    }
    return found;
  }

  private static void add(@Nullable String value, Set<String> into) {
    if (value != null) {
      into.add(value);
    }
  }
}
