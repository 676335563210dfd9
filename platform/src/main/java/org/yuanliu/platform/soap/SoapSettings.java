package org.yuanliu.platform.soap;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Limits of the SOAP binding, whose answers have no pages.
 *
 * @param maxBytes of a request
 * @param maxEvents of an answer
 * @param maxAnswerBytes of an answer's events as they are stored
 */
@Validated
@ConfigurationProperties("yuanliu.soap")
public record SoapSettings(
    @Min(1_024) @Max(16 << 20) @DefaultValue("1048576") int maxBytes,
    @Min(1) @Max(100_000) @DefaultValue("10000") int maxEvents,
    @Min(1_024) @Max(256 << 20) @DefaultValue("16777216") int maxAnswerBytes) {}
