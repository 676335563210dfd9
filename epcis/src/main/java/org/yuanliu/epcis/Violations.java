package org.yuanliu.epcis;

import java.util.ArrayList;
import java.util.List;
import org.yuanliu.codes.Exemptions;

/** Gathers what is wrong with one document, up to a limit. */
final class Violations {
  private final int limit;
  private final Exemptions exemptions;
  private final List<Violation> found = new ArrayList<>(0);

  Violations(int limit) {
    this(limit, Exemptions.none());
  }

  /**
   * @param exemptions codes whose failing check is no fault
   */
  Violations(int limit, Exemptions exemptions) {
    this.limit = limit;
    this.exemptions = exemptions;
  }

  Exemptions exemptions() {
    return exemptions;
  }

  void add(ViolationCode code, Where where, String zh, String en) {
    add(code, where.pointer(), zh, en);
  }

  void add(ViolationCode code, String pointer, String zh, String en) {
    add(new Violation(code.code(), pointer, zh, en));
  }

  void add(Violation violation) {
    if (found.size() < limit) {
      found.add(violation);
    }
  }

  void clear() {
    found.clear();
  }

  boolean isEmpty() {
    return found.isEmpty();
  }

  /** Whether looking further can add nothing. */
  boolean isFull() {
    return found.size() >= limit;
  }

  List<Violation> list() {
    return found;
  }
}
