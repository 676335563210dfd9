package org.yuanliu.platform.capture;

/** JSON pointers (RFC 6901) to events in what was sent. */
final class Pointers {
  private Pointers() {}

  static String inDocument(int index) {
    return "/epcisBody/eventList/" + index;
  }

  /** A request with one event is that event. */
  static String single(int index) {
    return "";
  }
}
