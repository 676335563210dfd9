package org.yuanliu.platform.binding;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Pages of the EPCIS interface.
 *
 * @param pageEvents what a page shows where the request asks for no number
 * @param maxPageEvents what a page shows at most; a request for more gets this many
 * @param pageBytes a page ends early when its events reach this size
 * @param pageTokenValidity how long the link to the next page holds
 */
@Validated
@ConfigurationProperties("yuanliu.binding")
public record BindingSettings(
    @Min(1) @DefaultValue("" + DEFAULT_PAGE_EVENTS) int pageEvents,
    @Min(1) @Max(10_000) @DefaultValue("" + DEFAULT_MAX_PAGE_EVENTS) int maxPageEvents,
    @Min(1) @DefaultValue("" + DEFAULT_PAGE_BYTES) int pageBytes,
    @NotNull @DefaultValue("24h") Duration pageTokenValidity) {

  /** As the standard's interface description has it. */
  public static final int DEFAULT_PAGE_EVENTS = 30;

  /** About a megabyte of ordinary events. */
  public static final int DEFAULT_MAX_PAGE_EVENTS = 1_000;

  public static final int DEFAULT_PAGE_BYTES = 4 << 20;

  public BindingSettings {
    if (pageEvents > maxPageEvents) {
      throw new IllegalArgumentException(
          "page-events (%d) is over max-page-events (%d)".formatted(pageEvents, maxPageEvents));
    }
    if (!pageTokenValidity.isPositive()) {
      throw new IllegalArgumentException("page-token-validity is to be positive");
    }
  }
}
