package org.yuanliu.platform;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import java.time.ZoneId;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Settings that several capabilities share; each capability has its own record beside.
 *
 * @param dataDir everything that outlives the process: database, files, keys, demo.json
 * @param log name of the journal's log, in receipts and tree heads
 * @param zone legal days are counted here
 */
@Validated
@ConfigurationProperties("yuanliu")
public record ServerSettings(@NotNull Path dataDir, @NotBlank String log, @NotNull ZoneId zone) {}
