package org.yuanliu.platform.query;

import java.util.Map;

/**
 * An index outside the slices that can lead a search: for each value its rows in order of event
 * time.
 *
 * @param rows a select of {@code l.event_time, l.position} for one value {@code v.value}, to which
 *     further conditions on {@code l} can be added
 * @param values an array of values for JDBC
 * @param parameters further parameters of {@code rows}
 */
record Lane(String rows, Object[] values, Map<String, Object> parameters) {
  Lane {
    parameters = Map.copyOf(parameters);
  }
}
