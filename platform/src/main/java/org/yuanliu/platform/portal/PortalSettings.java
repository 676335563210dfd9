package org.yuanliu.platform.portal;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the public page.
 *
 * @param baseUrl what QR codes and links lead to, e.g. {@code https://trace.example.gov.cn}; null:
 *     the address that the request came to
 * @param depth flows upstream that a page follows, at most
 * @param events events that a page rests on, at most; beyond, the page says that it was cut
 * @param timeMs how long a page's walk may take, milliseconds
 */
@Validated
@ConfigurationProperties("yuanliu.portal")
record PortalSettings(
    @Nullable String baseUrl,
    @Min(1) @Max(64) int depth,
    @Min(10) @Max(5000) int events,
    @Min(50) @Max(10000) int timeMs) {}
