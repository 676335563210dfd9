package org.yuanliu.industry;

import static java.util.Objects.requireNonNull;

/** How much an event moves, as checks add it up. */
public sealed interface Amount {
  /** What can be counted of any event. */
  enum Kind {
    /** The sum of the quantities of its units, inputs or outputs; items count one each. */
    QUANTITY("quantity"),
    INPUTS("inputs"),
    OUTPUTS("outputs"),
    /** The number of items and lots that it names. */
    UNITS("units"),
    /** One for each event. */
    ONE("one");

    private final String id;

    Kind(String id) {
      this.id = id;
    }

    /** The word for it in a pack. */
    public String id() {
      return id;
    }
  }

  /** Something countable of the event. */
  record Counted(Kind kind) implements Amount {
    public Counted {
      requireNonNull(kind, "kind is null");
    }
  }

  /** The value of an element. */
  record OfElement(String element) implements Amount {
    public OfElement {
      requireNonNull(element, "element is null");
    }
  }
}
