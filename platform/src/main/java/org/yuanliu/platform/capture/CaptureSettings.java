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
 * Limits of the EPCIS interface.
 *
 * @param maxBytes one request body, bytes after decompression
 * @param maxEvents events in one document
 * @param maxDepth nesting of JSON objects and arrays
 * @param maxStringLength a string or member name, UTF-16 units
 * @param maxUnitsPerEvent identifiers in all lists of one event
 * @param inFlightBytes documents that are being read or wait for their commit, bytes of all
 *     together: a document takes some ten times its size while it is a tree
 * @param patience how long a request waits for room in {@code inFlightBytes}
 * @param pageEvents events on a page where the request asks for no number
 * @param maxPageEvents events on a page at most; a request for more gets this many
 * @param pageBytes a page ends early when its events reach this size
 * @param pageTokenValidity how long the link to the next page holds
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
    @Min(1) @DefaultValue("" + DEFAULT_PAGE_EVENTS) int pageEvents,
    @Min(1) @Max(10_000) @DefaultValue("" + DEFAULT_MAX_PAGE_EVENTS) int maxPageEvents,
    @Min(1) @DefaultValue("" + DEFAULT_PAGE_BYTES) int pageBytes,
    @NotNull @DefaultValue("24h") Duration pageTokenValidity) {

  /** Two documents of the largest size, some 300 MB of heap while they are trees. */
  public static final int DEFAULT_IN_FLIGHT_BYTES = 2 * Limits.DEFAULT_MAX_BYTES;

  /** As the standard's interface description has it. */
  public static final int DEFAULT_PAGE_EVENTS = 30;

  /** About a megabyte of ordinary events. */
  public static final int DEFAULT_MAX_PAGE_EVENTS = 1_000;

  public static final int DEFAULT_PAGE_BYTES = 4 << 20;

  public CaptureSettings {
    if (inFlightBytes < maxBytes) {
      throw new IllegalArgumentException(
          "in-flight-bytes (%d) has no room for one document of max-bytes (%d)"
              .formatted(inFlightBytes, maxBytes));
    }
    if (pageEvents > maxPageEvents) {
      throw new IllegalArgumentException(
          "page-events (%d) is over max-page-events (%d)".formatted(pageEvents, maxPageEvents));
    }
    if (!patience.isPositive() || !pageTokenValidity.isPositive()) {
      throw new IllegalArgumentException("patience and page-token-validity are to be positive");
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
