package org.yuanliu.platform.query;

import org.yuanliu.platform.journal.Projection;

/** The index behind queries for tests of other capabilities. */
public final class TestQueries {
  private TestQueries() {}

  public static Projection index() {
    return EventIndex.ofRows();
  }
}
