package org.yuanliu.platform.journal;

import static java.util.Objects.requireNonNull;

import org.yuanliu.epcis.EpcisEvent;

/**
 * The subject of entries of the kind {@link EntryKind#EVENT}: what happened, decoded.
 *
 * <p>It stands here and not with the door, because views read events and the door reads views: the
 * type that both know belongs below both.
 */
public record EventSubject(EpcisEvent event) implements Subject {
  public EventSubject {
    requireNonNull(event, "event is null");
  }
}
