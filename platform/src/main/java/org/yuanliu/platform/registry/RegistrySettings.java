package org.yuanliu.platform.registry;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the registry.
 *
 * @param identityKeyFile key of the digests by which natural persons are found again, 32 bytes;
 *     null for {@code keys/identity.key} in the data folder. Made at the first start; whoever loses
 *     it no longer recognises persons who register again
 * @param cacheSize parties, places, products, documents and lists of mandates in memory
 */
@Validated
@ConfigurationProperties("yuanliu.registry")
public record RegistrySettings(
    @Nullable Path identityKeyFile,
    @DefaultValue("50000") @Min(100) @Max(10_000_000) int cacheSize) {}
