package org.yuanliu.platform.query;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yuanliu.epcis.Action;
import org.yuanliu.epcis.BizTransaction;
import org.yuanliu.epcis.EpcisEvent;
import org.yuanliu.epcis.ErrorDeclaration;
import org.yuanliu.epcis.SourceOrDestination;
import org.yuanliu.epcis.UnitMention;
import org.yuanliu.platform.journal.Scope;
import tools.jackson.databind.JsonNode;

/**
 * All terms of an event. Few values come again and again, so their digests are remembered.
 *
 * <p>For the journal's one writer thread.
 */
final class TermsOfEvent {
  /** Values in memory, some 10 MB; beyond, all are forgotten and learnt again. */
  private static final int MAX_KNOWN = 50_000;

  /** Of a GTIN in canonical form: items and lots have their qualifier behind it. */
  private static final String GTIN = "https://id.gs1.org/01/";

  private static final int GTIN_LENGTH = GTIN.length() + 14;

  private final Map<String, Long> known = new HashMap<>();

  /** Each once, rising. */
  long[] of(EventIndex.Row row) {
    EpcisEvent event = row.event();
    Found terms = new Found();
    terms.add(Terms.of(Terms.Kind.EVENT));
    add(Terms.Kind.TYPE, event.type().term(), terms);
    Action action = event.action();
    add(Terms.Kind.ACTION, action == null ? null : action.name(), terms);
    add(Terms.Kind.BIZ_STEP, event.bizStep(), terms);
    add(Terms.Kind.DISPOSITION, event.disposition(), terms);
    add(Terms.Kind.READ_POINT, event.readPoint(), terms);
    add(Terms.Kind.BIZ_LOCATION, event.bizLocation(), terms);
    add(Terms.Kind.TRANSFORMATION, event.transformationId(), terms);
    for (UUID party : row.parties()) {
      terms.add(Terms.of(Terms.Kind.PARTY, party));
    }
    addScope(row.entry().draft().scope(), terms);
    for (BizTransaction one : event.bizTransactions()) {
      terms.add(typed(Terms.Kind.DOCUMENT, one.type(), one.id()));
    }
    for (SourceOrDestination one : event.sources()) {
      terms.add(typed(Terms.Kind.SOURCE, one.type(), one.id()));
      add(Terms.Kind.PARTY, one.id(), terms);
    }
    for (SourceOrDestination one : event.destinations()) {
      terms.add(typed(Terms.Kind.DESTINATION, one.type(), one.id()));
      add(Terms.Kind.PARTY, one.id(), terms);
    }
    for (UnitMention unit : event.units()) {
      add(Terms.Kind.PRODUCT, product(unit.canonical()), terms);
    }
    addDeclaration(event.errorDeclaration(), terms);
    EventFields fields = new EventFields(event);
    addQuantities(fields, terms);
    addPersistent(fields, terms);
    addSensors(fields, terms);
    return terms.sorted();
  }

  /** Terms as they are found. */
  private static final class Found {
    /** More than an ordinary event has. */
    private long[] terms = new long[64];

    private int count;

    void add(long term) {
      if (count == terms.length) {
        terms = Arrays.copyOf(terms, count * 2);
      }
      terms[count++] = term;
    }

    long[] sorted() {
      Arrays.sort(terms, 0, count);
      int kept = 0;
      for (int i = 0; i < count; i++) {
        if (kept == 0 || terms[kept - 1] != terms[i]) {
          terms[kept++] = terms[i];
        }
      }
      return Arrays.copyOf(terms, kept);
    }
  }

  private void addScope(Scope scope, Found terms) {
    String division = scope.division();
    if (division != null) {
      for (int length : Terms.DIVISION_LENGTHS) {
        if (division.length() >= length) {
          add(Terms.Kind.DIVISION, division.substring(0, length), terms);
        }
      }
    }
    add(Terms.Kind.INDUSTRY, scope.industry(), terms);
  }

  private void addDeclaration(@Nullable ErrorDeclaration declaration, Found terms) {
    if (declaration != null) {
      terms.add(Terms.of(Terms.Kind.DECLARED));
      add(Terms.Kind.ERROR_REASON, declaration.reason(), terms);
      declaration.correctiveEventIds().forEach(id -> add(Terms.Kind.CORRECTIVE, id, terms));
    }
  }

  private void addQuantities(EventFields fields, Found terms) {
    for (String list : UnitField.ANY_CLASS.members()) {
      JsonNode elements = fields.member(list);
      if (elements == null) {
        continue;
      }
      for (JsonNode element : elements) {
        addNumber(
            Terms.Kind.QUANTITY, "", element.get("quantity"), element.get("uom"), true, terms);
      }
    }
  }

  private void addNumber(
      Terms.Kind kind,
      String field,
      @Nullable JsonNode number,
      @Nullable JsonNode uom,
      boolean absolute,
      Found terms) {
    BigDecimal value = EventTest.number(number);
    if (value != null) {
      Magnitude.names(field, value, EventTest.text(uom), absolute)
          .forEach(name -> add(kind, name, terms));
    }
  }

  private void addPersistent(EventFields fields, Found terms) {
    EventTerms.persistent(fields, "set")
        .forEach(word -> add(Terms.Kind.PERSISTENT_SET, word, terms));
    EventTerms.persistent(fields, "unset")
        .forEach(word -> add(Terms.Kind.PERSISTENT_UNSET, word, terms));
  }

  private void addSensors(EventFields fields, Found terms) {
    if (fields.sensorElements().isEmpty()) {
      return;
    }
    terms.add(Terms.of(Terms.Kind.SENSOR));
    for (SensorField field : SensorField.values()) {
      for (String text : EventTerms.sensorTexts(fields, field)) {
        terms.add(sensorText(field, text));
      }
    }
    for (JsonNode report : fields.sensorReports()) {
      for (SensorNumber number : SensorNumber.values()) {
        addNumber(
            Terms.Kind.SENSOR_NUMBER,
            number.member(),
            report.get(number.member()),
            report.get("uom"),
            number.absolute(),
            terms);
      }
    }
  }

  static long sensorText(SensorField field, String text) {
    return Terms.of(Terms.Kind.SENSOR_TEXT, field.member() + "\n" + text);
  }

  /** GTIN and kind of qualifier of an item or a lot, as in {@code …/01/0…/21/}; else null. */
  static @Nullable String product(String unit) {
    if (!unit.startsWith(GTIN) || unit.length() <= GTIN_LENGTH) {
      return null;
    }
    int end = unit.indexOf('/', GTIN_LENGTH + 1);
    return end < 0 ? null : unit.substring(0, end + 1);
  }

  private void add(Terms.Kind kind, @Nullable String value, Found terms) {
    if (value != null) {
      terms.add(Terms.of(kind, digest(value)));
    }
  }

  private long typed(Terms.Kind kind, @Nullable String type, String value) {
    return Terms.of(kind, type == null ? null : digest(type), digest(value));
  }

  private long digest(String value) {
    Long found = known.get(value);
    if (found == null) {
      if (known.size() >= MAX_KNOWN) {
        known.clear();
      }
      found = Terms.value(value);
      known.put(value, found);
    }
    return found;
  }
}
