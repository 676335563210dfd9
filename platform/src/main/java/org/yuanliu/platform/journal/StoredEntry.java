package org.yuanliu.platform.journal;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A row of the table {@code entry} with what belongs to it from the tables beside it; the body
 * still compressed. Null where the tables beside it lack what they should have.
 *
 * @param identityAt the position that the identity's row names
 */
@SuppressWarnings("ArrayRecordComponent") // handed from one method to the next, never shared
record StoredEntry(
    EntryRef ref,
    EntryKind kind,
    Standing standing,
    short suite,
    short leafVersion,
    Instant recordTime,
    UUID captureId,
    @Nullable String reporter,
    @Nullable String principal,
    Scope scope,
    UUID identity,
    byte @Nullable [] content,
    @Nullable EntryRef identityAt,
    Hot hot,
    String id,
    byte[] hash,
    String hashVersion,
    byte[] salt,
    byte[] storedBody) {}
