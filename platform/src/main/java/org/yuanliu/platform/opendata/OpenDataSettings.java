package org.yuanliu.platform.opendata;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Open data.
 *
 * @param publish whether closed periods are published; what was given out can't be taken back
 * @param every how often it is looked for periods that have closed
 * @param minSubjects subjects in a published figure, at least; more than the built-in number makes
 *     figures coarser, less is refused
 * @param publisher who gives it out, as catalogues name it
 * @param licence under which it may be used, a URL
 * @param tokens requests that one address has at once
 * @param tokensPerSecond and gets back
 */
@Validated
@ConfigurationProperties("yuanliu.open-data")
record OpenDataSettings(
    @DefaultValue("false") boolean publish,
    @NotNull @DefaultValue("1h") Duration every,
    @Min(Threshold.PUBLIC_SUBJECTS) @Max(1000) @DefaultValue("5") int minSubjects,
    @NotBlank @DefaultValue("源流追溯平台") String publisher,
    @NotBlank @DefaultValue("https://creativecommons.org/licenses/by/4.0/") String licence,
    @Min(1) @Max(1_000_000) @DefaultValue("240") int tokens,
    @Min(1) @Max(1_000_000) @DefaultValue("4") int tokensPerSecond) {

  Threshold threshold() {
    return new Threshold(minSubjects, Threshold.DOMINANCE_PERCENT);
  }
}
