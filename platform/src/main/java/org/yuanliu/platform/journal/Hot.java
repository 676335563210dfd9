package org.yuanliu.platform.journal;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.yuanliu.epcis.EpcisEvent;

/**
 * The columns that queries filter by, beside the body.
 *
 * @param eventType term of the event type, e.g. {@code ObjectEvent}; null for other kinds
 * @param eventTime when it happened; null where the kind has no such time
 * @param bizStep full URI
 * @param bizLocation canonical URI
 */
public record Hot(
    @Nullable String eventType,
    @Nullable Instant eventTime,
    @Nullable String bizStep,
    @Nullable String bizLocation) {
  public static final Hot NONE = new Hot(null, null, null, null);

  /** Those of an event. */
  public static Hot of(EpcisEvent event) {
    return new Hot(event.type().term(), event.eventTime(), event.bizStep(), event.bizLocation());
  }
}
