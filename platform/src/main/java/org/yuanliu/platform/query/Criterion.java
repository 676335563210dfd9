package org.yuanliu.platform.query;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yuanliu.epcis.Action;

/**
 * One condition of a query of events (EPCIS 2.0 §8.2.7.1), read from one parameter. Several values
 * are alternatives; a query's conditions hold together. Vocabulary, places, documents and units are
 * in canonical form.
 */
public sealed interface Criterion {

  /** Times of an event that a query bounds. */
  enum TimeField {
    EVENT_TIME,
    RECORD_TIME,
    ERROR_DECLARATION_TIME
  }

  /** Fields of CBV words. */
  enum WordField {
    BIZ_STEP,
    DISPOSITION,
    PERSISTENT_DISPOSITION_SET,
    PERSISTENT_DISPOSITION_UNSET,
    ERROR_REASON
  }

  /** Fields of places. */
  enum PlaceField {
    READ_POINT("readPoint"),
    BIZ_LOCATION("bizLocation");

    private final String member;

    PlaceField(String member) {
      this.member = member;
    }

    String member() {
      return member;
    }
  }

  /** Both ends of a transfer. */
  enum EndField {
    SOURCE,
    DESTINATION
  }

  /** Where a field that is not the standard's is looked for. */
  enum Scope {
    EVENT(""),
    ILMD("ILMD_"),
    ERROR_DECLARATION("ERROR_DECLARATION_"),
    SENSOR_ELEMENT("SENSORELEMENT_"),
    SENSOR_METADATA("SENSORMETADATA_"),
    SENSOR_REPORT("SENSORREPORT_"),
    READ_POINT("readPoint_"),
    BIZ_LOCATION("bizLocation_");

    private final String marker;

    Scope(String marker) {
      this.marker = marker;
    }

    /** What stands before the name in a parameter. */
    String marker() {
      return marker;
    }
  }

  /** {@code eventType}: the standard's terms, or full names of extended types. */
  record EventTypes(Set<String> types) implements Criterion {
    public EventTypes {
      types = Set.copyOf(types);
    }
  }

  /** {@code GE_eventTime} and its kin: from a moment on, or before one. */
  record Time(TimeField field, boolean from, Instant moment) implements Criterion {}

  /** {@code EQ_action}. */
  record Actions(Set<Action> actions) implements Criterion {
    public Actions {
      actions = Set.copyOf(actions);
    }
  }

  /** {@code EQ_bizStep} and the like. */
  record Words(WordField field, Set<String> uris) implements Criterion {
    public Words {
      uris = Set.copyOf(uris);
    }
  }

  /** {@code EQ_readPoint}, {@code WD_readPoint} and those of the business location. */
  record Places(PlaceField field, Set<String> places, boolean descendants) implements Criterion {
    public Places {
      places = Set.copyOf(places);
    }
  }

  /**
   * {@code EQ_bizTransaction_type}.
   *
   * @param type full URI; null asks for documents without a type
   */
  record Documents(@Nullable String type, Set<String> ids) implements Criterion {
    public Documents {
      ids = Set.copyOf(ids);
    }
  }

  /** {@code EQ_source_type} and {@code EQ_destination_type}. */
  record Ends(EndField end, String type, Set<String> ids) implements Criterion {
    public Ends {
      ids = Set.copyOf(ids);
    }
  }

  /** {@code EQ_transformationID}. */
  record Transformations(Set<String> ids) implements Criterion {
    public Transformations {
      ids = Set.copyOf(ids);
    }
  }

  /** {@code MATCH_…}. */
  record Match(UnitField field, List<UnitPattern> patterns) implements Criterion {
    public Match {
      patterns = List.copyOf(patterns);
    }
  }

  /**
   * {@code EQ_quantity} and its kin.
   *
   * @param uom null: whatever the unit of measure
   */
  record Quantity(Comparison comparison, @Nullable String uom) implements Criterion {}

  /** {@code EQ_eventID}. */
  record EventIds(Set<String> ids) implements Criterion {
    public EventIds {
      ids = Set.copyOf(ids);
    }
  }

  /** {@code EXISTS_errorDeclaration}. */
  record Declared() implements Criterion {}

  /** {@code EQ_correctiveEventID}. */
  record Correctives(Set<String> ids) implements Criterion {
    public Correctives {
      ids = Set.copyOf(ids);
    }
  }

  /**
   * {@code EQ_fieldname} and its kin, in every scope.
   *
   * @param inner below the fields of the scope, at any depth, instead of among them
   */
  record Field(Scope scope, boolean inner, FieldName name, Comparison comparison)
      implements Criterion {}

  /** {@code EXISTS_fieldname}, in every scope. */
  record Exists(Scope scope, boolean inner, FieldName name) implements Criterion {}

  /**
   * {@code HASATTR_fieldname} and {@code EQATTR_fieldname_attrname}: about the master data of what
   * a field names.
   *
   * @param field a standard field's name, or that of another
   * @param attributes alternatives
   * @param values null: whatever the attribute's value
   */
  record Attribute(FieldName field, Set<String> attributes, @Nullable Set<String> values)
      implements Criterion {
    public Attribute {
      attributes = Set.copyOf(attributes);
      values = values == null ? null : Set.copyOf(values);
    }
  }

  /** {@code EXISTS_sensorElementList}. */
  record Sensors() implements Criterion {}

  /** {@code EQ_type}, {@code EQ_deviceID} and the like. */
  record SensorTexts(SensorField field, Set<String> values) implements Criterion {
    public SensorTexts {
      values = Set.copyOf(values);
    }
  }

  /** {@code GE_startTime} and the like. */
  record SensorTime(SensorMoment field, boolean from, Instant moment) implements Criterion {}

  /**
   * {@code GE_value_CEL} and the like.
   *
   * @param uom null where the field has none
   */
  record SensorNumbers(SensorNumber field, Comparison comparison, @Nullable String uom)
      implements Criterion {}
}
