package org.yuanliu.platform.capture;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;
import org.yuanliu.epcis.Limits;

/**
 * Limits of capture.
 *
 * @param maxBytes one request body, bytes after decompression
 * @param maxEvents events in one document
 * @param maxDepth nesting of JSON objects and arrays
 * @param maxStringLength a string or member name, UTF-16 units
 * @param maxUnitsPerEvent identifiers in all lists of one event
 * @param inFlightBytes documents that are being read or wait for their commit, bytes of all
 *     together: a document takes some ten times its size while it is a tree
 * @param patience how long a request waits for room in {@code inFlightBytes}
 * @param queryDocuments whether the results of an EPCISQueryDocument are captured (openapi.yaml:
 *     "should"). Else it is refused: whoever sends one back has often mistaken an answer for a
 *     record of his own
 */
@Validated
@ConfigurationProperties("yuanliu.capture")
public record CaptureSettings(
    @Min(1_024) @Max(256 << 20) @DefaultValue("" + Limits.DEFAULT_MAX_BYTES) int maxBytes,
    @Min(1) @Max(1_000_000) @DefaultValue("" + Limits.DEFAULT_MAX_EVENTS) int maxEvents,
    @Min(8) @Max(Limits.MAX_DEPTH_CEILING) @DefaultValue("" + Limits.DEFAULT_MAX_DEPTH)
        int maxDepth,
    @Min(256) @DefaultValue("" + Limits.DEFAULT_MAX_STRING_LENGTH) int maxStringLength,
    @Min(1) @DefaultValue("" + Limits.DEFAULT_MAX_UNITS_PER_EVENT) int maxUnitsPerEvent,
    @Min(1_024) @DefaultValue("" + DEFAULT_IN_FLIGHT_BYTES) int inFlightBytes,
    @NotNull @DefaultValue("5s") Duration patience,
    @DefaultValue("false") boolean queryDocuments) {

  /** Two documents of the largest size, some 300 MB of heap while they are trees. */
  public static final int DEFAULT_IN_FLIGHT_BYTES = 2 * Limits.DEFAULT_MAX_BYTES;

  public CaptureSettings {
    if (inFlightBytes < maxBytes) {
      throw new IllegalArgumentException(
          "in-flight-bytes (%d) has no room for one document of max-bytes (%d)"
              .formatted(inFlightBytes, maxBytes));
    }
    if (!patience.isPositive()) {
      throw new IllegalArgumentException("patience is to be positive");
    }
  }

  Limits limits() {
    return new Limits(
        maxBytes,
        maxEvents,
        maxDepth,
        maxStringLength,
        maxUnitsPerEvent,
        Limits.DEFAULT_MAX_NUMBER_EXPONENT,
        Limits.DEFAULT_MAX_VIOLATIONS);
  }
}
