package org.yuanliu.platform.registry;

import java.util.UUID;

/** Names of cached things; one space for all, so that one table of stripes serves. */
final class Keys {
  static final String ANY_EQUIVALENCE = "equivalences";

  private Keys() {}

  static String party(String code) {
    return "party " + code;
  }

  /** By the UnitKey of one of its codes. */
  static String party(UUID key) {
    return "party " + key;
  }

  static String place(String id) {
    return "place " + id;
  }

  static String product(String code) {
    return "product " + code;
  }

  static String document(String id) {
    return "document " + id;
  }

  static String mandates(String principal) {
    return "mandates " + principal;
  }
}
