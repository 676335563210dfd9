package org.yuanliu.industry;

/** What a pack may let the public see of a step. What is not named here can't be shown to them. */
public enum PublicField {
  EVENT_TIME("eventTime"),
  PLACE("place"),
  PARTY("party"),
  DOCUMENTS("documents"),
  TESTS("tests"),
  STANDING("standing");

  private final String id;

  PublicField(String id) {
    this.id = id;
  }

  /** The word for it in a pack. */
  public String id() {
    return id;
  }
}
