package org.yuanliu.industry;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * An event that a link makes.
 *
 * @param id name within the link
 * @param type EPCIS name of the event type
 * @param action ADD, OBSERVE or DELETE; null for a transformation
 * @param bizStep full URI
 * @param disposition full URI; null if an element or nobody tells it
 * @param when the element whose presence makes this event be made; null if it always is
 */
public record EventTemplate(
    String id,
    String type,
    @Nullable String action,
    String bizStep,
    @Nullable String disposition,
    @Nullable String when) {
  /** The name of a link's only event. */
  public static final String ONLY = "event";

  public EventTemplate {
    requireNonNull(id, "id is null");
    requireNonNull(type, "type is null");
    requireNonNull(bizStep, "bizStep is null");
  }
}
