package org.yuanliu.platform.access;

import java.util.Map;

/**
 * @param sql a boolean expression over the alias {@code e} of the table {@code entry}, with named
 *     parameters
 * @param parameters values for JdbcClient
 */
public record SqlCondition(String sql, Map<String, Object> parameters) {
  public SqlCondition {
    parameters = Map.copyOf(parameters);
  }
}
