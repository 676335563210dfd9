package org.yuanliu.codes;

import java.util.Set;

/** Parts of a code by name, for rules that compare them with what a record says. */
public final class CodeParts {
  /** Every name that {@link #of} knows; a scheme tells some of them or none. */
  public static final Set<String> NAMES = Set.of("registration", "production", "species");

  private CodeParts() {}

  /**
   * The part of the code that a canonical URI names; an empty text where its scheme has none or the
   * URI is no code of ours.
   */
  public static String of(String canonical, String name) {
    if (!OwnUrn.isOwnUrn(canonical)) {
      return "";
    }
    try {
      return OwnUrn.read(canonical).parts().getOrDefault(name, "");
    } catch (CodeException e) {
      return "";
    }
  }
}
