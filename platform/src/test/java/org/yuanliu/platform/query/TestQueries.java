package org.yuanliu.platform.query;

import org.yuanliu.platform.journal.Projection;

/** The index behind queries for tests of other capabilities. */
public final class TestQueries {
  private TestQueries() {}

  /**
   * @param sliceEvents positions of a slice
   */
  public static Projection index(int sliceEvents) {
    return new EventIndex(new SliceWriter(sliceEvents));
  }
}
