package org.yuanliu.platform.journal;

import java.util.UUID;

/**
 * A draft with all that can be computed before its place in the journal is known. Made on the
 * caller's thread, so that the one writer has little left to do.
 *
 * @param storedBody compressed
 * @param bodyDigest of the body as handed over, with the journal's hash function
 * @param salt of its leaf
 */
@SuppressWarnings("ArrayRecordComponent") // handed from one method to the next, never shared
record PreparedDraft(
    Draft draft,
    UUID reporterKey,
    UUID principalKey,
    UUID eventKey,
    byte[] storedBody,
    byte[] bodyDigest,
    byte[] salt) {}
