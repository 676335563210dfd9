package org.yuanliu.platform.access;

/** Tells what of a request's address is a person's, and what the audit keeps of it. */
public interface PersonalWords {
  /** Whether a query parameter of this name holds a person's value. */
  boolean isPersonal(String parameter);

  /** What is kept of such a value: enough to see that the same was asked for, never the value. */
  String kept(String value);

  /** Any other text, without the numbers of persons' documents in it. */
  String without(String text);
}
