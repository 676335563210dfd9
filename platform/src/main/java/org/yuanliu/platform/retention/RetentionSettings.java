package org.yuanliu.platform.retention;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Retention.
 *
 * @param drop whether records whose class is over are dropped; else it is only told which are
 * @param verdicts whether what the public page says of a unit is kept when its records go, at the
 *     price of a walk for each unit
 * @param every how often it is looked
 * @param unnamedExpiryMonths how long the shelf life is taken to be of what names none, where a
 *     term runs from its end
 * @param rangeEntries a range is closed when it has so many, or when a month is over
 * @param cutMargin positions that the writer may take while a range is closed, at least
 */
@Validated
@ConfigurationProperties("yuanliu.retention")
public record RetentionSettings(
    @DefaultValue("false") boolean drop,
    @DefaultValue("true") boolean verdicts,
    @NotNull @DefaultValue("1h") Duration every,
    @Min(0) @DefaultValue("24") int unnamedExpiryMonths,
    @Min(1) @DefaultValue("50000000") long rangeEntries,
    @Min(0) @DefaultValue("1000") long cutMargin) {}
