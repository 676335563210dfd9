package org.yuanliu.industry;

import static java.util.Objects.requireNonNull;

/** What a data element becomes in an EPCIS event. */
public sealed interface Target {
  /** Members of an event that hold one value. */
  enum Member {
    EVENT_TIME("eventTime"),
    BIZ_LOCATION("bizLocation"),
    READ_POINT("readPoint"),
    PARENT("parent"),
    TRANSFORMATION_ID("transformationID"),
    DISPOSITION("disposition"),
    /** Who answers for the event where he does not report himself: {@code yl:principal}. */
    PRINCIPAL("principal");

    private final String id;

    Member(String id) {
      this.id = id;
    }

    /** The word for it in a pack. */
    public String id() {
      return id;
    }
  }

  /**
   * Lists that name units. An item or logistic unit goes to the list of EPCs, a lot or a product to
   * the list of quantities: the code itself tells.
   */
  enum UnitList {
    /** {@code epcList} and {@code quantityList}. */
    UNITS("units", "epcList", "quantityList"),
    CHILDREN("children", "childEPCs", "childQuantityList"),
    INPUTS("inputs", "inputEPCList", "inputQuantityList"),
    OUTPUTS("outputs", "outputEPCList", "outputQuantityList");

    private final String id;
    private final String items;
    private final String lots;

    UnitList(String id, String items, String lots) {
      this.id = id;
      this.items = items;
      this.lots = lots;
    }

    /** The word for it in a pack. */
    public String id() {
      return id;
    }

    /** The EPCIS list of instances. */
    public String items() {
      return items;
    }

    /** The EPCIS list of classes with quantities. */
    public String lots() {
      return lots;
    }
  }

  /** One member of the event. */
  record Single(Member member) implements Target {
    public Single {
      requireNonNull(member, "member is null");
    }
  }

  /** The units of a list. */
  record Units(UnitList list) implements Target {
    public Units {
      requireNonNull(list, "list is null");
    }
  }

  /** A document that is cited. */
  record BizTransaction() implements Target {}

  /**
   * An end of a transfer.
   *
   * @param source whether it is where the goods come from
   * @param type CBV word: owning_party, possessing_party or location
   */
  record Transfer(boolean source, String type) implements Target {
    public Transfer {
      requireNonNull(type, "type is null");
    }
  }

  /**
   * An extension field, or a member of one.
   *
   * @param ilmd whether it describes the units once and for all rather than the event
   * @param name full name of the field
   * @param member full name of the member within the field's object, or an empty text
   */
  record Extension(boolean ilmd, String name, String member) implements Target {
    public Extension {
      requireNonNull(name, "name is null");
      requireNonNull(member, "member is null");
    }
  }

  /**
   * A sensor report.
   *
   * @param measure a GS1 measurement type, {@code Temperature}
   * @param field value, minValue, maxValue or meanValue
   */
  record Sensor(String measure, String field) implements Target {
    public Sensor {
      requireNonNull(measure, "measure is null");
      requireNonNull(field, "field is null");
    }
  }

  /** Nothing by itself: the quantity of another element, or shown in the form alone. */
  record None() implements Target {}
}
