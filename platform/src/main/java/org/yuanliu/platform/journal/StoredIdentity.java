package org.yuanliu.platform.journal;

import java.time.Instant;
import java.util.Arrays;

/**
 * An identity that is taken, and by which entry.
 *
 * @param content digest of what that entry says
 */
@SuppressWarnings("ArrayRecordComponent") // read only, and only here
record StoredIdentity(EntryRef ref, Instant recordTime, byte[] content) {
  boolean says(byte[] other) {
    return Arrays.equals(content, other);
  }
}
