package org.yuanliu.platform.capture;

import java.util.function.IntFunction;
import org.yuanliu.epcis.DocumentFormat;
import org.yuanliu.epcis.DocumentKind;

/** Places of events in what was sent: JSON pointers (RFC 6901), in XML XPaths. */
final class Pointers {
  private Pointers() {}

  static IntFunction<String> inDocument(DocumentFormat format, DocumentKind kind) {
    boolean results = kind == DocumentKind.QUERY;
    return switch (format) {
      case JSON -> {
        String list =
            results ? "/epcisBody/queryResults/resultsBody/eventList/" : "/epcisBody/eventList/";
        yield index -> list + index;
      }
      // Wherever 1.2 wraps it: the wrapper then counts with the events.
      case XML -> {
        String list =
            results ? "/*/EPCISBody/*/resultsBody/EventList/*[" : "/*/EPCISBody/EventList/*[";
        yield index -> list + (index + 1) + "]";
      }
    };
  }

  /** A request with one event is that event. */
  static String single(int index) {
    return "";
  }
}
