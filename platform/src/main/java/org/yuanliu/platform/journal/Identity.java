package org.yuanliu.platform.journal;

import static java.util.Objects.requireNonNull;

import java.util.UUID;

/**
 * What makes two drafts the same record: (principal, event id, digest of the error declaration or
 * none), and what they say.
 *
 * @param key 128 bits of SHA-256 over the identity's parts
 * @param content SHA-256 of what is said; same key and other content is a conflict (409)
 */
public record Identity(UUID key, byte[] content) {
  public static final int CONTENT_BYTES = 32;

  public Identity {
    requireNonNull(key, "key is null");
    if (content.length != CONTENT_BYTES) {
      throw new IllegalArgumentException("content digest has " + content.length + " bytes");
    }
  }
}
