package org.yuanliu.platform.journal;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How much the journal takes at once and how long it waits.
 *
 * @param suite id of the ledger's suite; fixed with the first entry
 * @param queueSubmissions submissions that may wait for the writer
 * @param queueMb body bytes that may wait for the writer, megabytes
 * @param queueWait how long a submission waits for a place in the queue before it is refused
 * @param groupEntries a group commit takes no further submission once it has so many entries
 * @param submissionEntries entries in one submission, at most; one transaction holds them all
 * @param bodyMb body of one entry, at most, megabytes
 * @param leaseWait how long a start waits for an earlier server's session to end
 * @param recoveryWait how long a group whose commit was cut off waits for the database to tell
 *     whether it was stored
 */
@Validated
@ConfigurationProperties("yuanliu.journal")
public record JournalSettings(
    @NotNull @DefaultValue("sha256-ed25519") String suite,
    @Min(1) @Max(1_000_000) @DefaultValue("4096") int queueSubmissions,
    @Min(1) @Max(4096) @DefaultValue("64") int queueMb,
    @NotNull @DefaultValue("2s") Duration queueWait,
    @Min(1) @Max(100_000) @DefaultValue("2000") int groupEntries,
    @Min(1) @Max(1_000_000) @DefaultValue("20000") int submissionEntries,
    @Min(1) @Max(256) @DefaultValue("16") int bodyMb,
    @NotNull @DefaultValue("15s") Duration leaseWait,
    @NotNull @DefaultValue("30s") Duration recoveryWait) {}
