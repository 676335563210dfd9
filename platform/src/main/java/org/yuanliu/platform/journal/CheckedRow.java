package org.yuanliu.platform.journal;

import java.time.Instant;
import java.util.UUID;

/**
 * What a check reads of an entry's row: what its leaf commits to, the body still compressed.
 *
 * @param kind as it stands there, whatever that is
 */
@SuppressWarnings("ArrayRecordComponent") // handed from one method to the next, never shared
record CheckedRow(
    long position,
    short kind,
    short suite,
    short leafVersion,
    Instant recordTime,
    UUID captureId,
    UUID reporter,
    UUID principal,
    String id,
    byte[] hash,
    String hashVersion,
    byte[] salt,
    byte[] storedBody) {}
