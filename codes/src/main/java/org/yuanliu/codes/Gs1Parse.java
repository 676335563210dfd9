package org.yuanliu.codes;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yuanliu.codes.Refusal.Reason;

/**
 * What a reader of GS1 forms found, without exceptions because it runs several times an event.
 *
 * @param elements the key and at most one qualifier; empty where there is a problem
 * @param problem null where there are elements
 */
record Gs1Parse(List<Element> elements, @Nullable Reason problem) {
  static Gs1Parse of(Ai key, String value) {
    Reason problem = key.problem(value);
    return problem == null ? new Gs1Parse(List.of(new Element(key, value)), null) : failed(problem);
  }

  static Gs1Parse of(Ai key, String value, Ai qualifier, String qualifierValue) {
    Reason problem = key.problem(value);
    if (problem == null) {
      problem = qualifier.problem(qualifierValue);
    }
    return problem == null
        ? new Gs1Parse(
            List.of(new Element(key, value), new Element(qualifier, qualifierValue)), null)
        : failed(problem);
  }

  static Gs1Parse failed(Reason problem) {
    return new Gs1Parse(List.of(), problem);
  }

  boolean isOk() {
    return problem == null;
  }
}
