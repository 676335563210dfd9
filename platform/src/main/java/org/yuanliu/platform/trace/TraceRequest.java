package org.yuanliu.platform.trace;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yuanliu.platform.access.Viewer;

/**
 * @param units canonical URIs to begin from
 * @param viewer the walk never passes through what he may not see
 * @param next token of an earlier answer that was cut, to go on from there; null to begin
 */
public record TraceRequest(
    List<String> units,
    Direction direction,
    TraceLimits limits,
    Viewer viewer,
    @Nullable String next) {
  public TraceRequest {
    units = List.copyOf(units);
    requireNonNull(direction, "direction is null");
    requireNonNull(limits, "limits is null");
    requireNonNull(viewer, "viewer is null");
  }
}
