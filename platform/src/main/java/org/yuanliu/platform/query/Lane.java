package org.yuanliu.platform.query;

import java.util.Map;

/**
 * One index that can lead a search: for each value its rows in order of event time.
 *
 * @param rank smaller is likelier to be rare
 * @param rows a select of {@code l.event_time, l.position} for one value {@code v.value}, to which
 *     further conditions on {@code l} can be added
 * @param values an array of values for JDBC
 * @param parameters further parameters of {@code rows}
 */
record Lane(int rank, String rows, Object[] values, Map<String, Object> parameters) {
  static final int UNIT = 1;
  static final int TERM = 2;
  static final int PARTY = 3;
  static final int PLACE = 4;
  static final int WORD = 5;
  static final int KIND = 6;
  static final int TIME = 7;

  Lane {
    parameters = Map.copyOf(parameters);
  }

  static Lane column(int rank, String column, Long[] values) {
    return new Lane(
        rank,
        "select l.event_time, l.position from query_event l where l." + column + " = v.value",
        values,
        Map.of());
  }

  static Lane terms(int rank, Long[] terms) {
    return new Lane(
        rank,
        "select l.event_time, l.position from query_term l where l.term = v.value",
        terms,
        Map.of());
  }
}
