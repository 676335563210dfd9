package org.yuanliu.platform.binding;

/** Page tokens that were given back before they expired (openapi.yaml, nextPageToken). */
public interface ReleasedTokens {
  boolean contains(String token);
}
