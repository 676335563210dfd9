package org.yuanliu.platform.journal;

import java.time.Instant;
import java.util.UUID;

/**
 * An entry as it stands in the journal.
 *
 * @param recordTime when the platform committed it, microseconds, never going back within a journal
 * @param captureId the request that brought it
 */
public record Entry(EntryRef ref, Instant recordTime, UUID captureId, Draft draft) {}
