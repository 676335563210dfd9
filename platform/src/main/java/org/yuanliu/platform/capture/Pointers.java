package org.yuanliu.platform.capture;

import java.util.function.IntFunction;
import org.yuanliu.epcis.DocumentFormat;

/** Places of events in what was sent: JSON pointers (RFC 6901), in XML XPaths. */
final class Pointers {
  private Pointers() {}

  static IntFunction<String> inDocument(DocumentFormat format) {
    return switch (format) {
      case JSON -> index -> "/epcisBody/eventList/" + index;
      // Wherever 1.2 wraps it: the wrapper then counts with the events.
      case XML -> index -> "/*/EPCISBody/EventList/*[" + (index + 1) + "]";
    };
  }

  /** A request with one event is that event. */
  static String single(int index) {
    return "";
  }
}
