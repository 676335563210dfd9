package org.yuanliu.platform.trace;

import javax.sql.DataSource;

/** The unit view for tests of other capabilities. */
public final class TestUnitView {
  private TestUnitView() {}

  public static UnitIndexCheck check(DataSource dataSource) {
    return new UnitIndexCheck(dataSource, new UnitIndex());
  }
}
