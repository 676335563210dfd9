package org.yuanliu.platform.journal;

import org.springframework.stereotype.Component;
import org.yuanliu.epcis.StoredEvent;

/** Reads stored events back: {@link StoredEvent} tells their form. */
@Component
public final class EventSubjectCodec implements SubjectCodec {
  @Override
  public EntryKind kind() {
    return EntryKind.EVENT;
  }

  @Override
  public EventSubject decode(byte[] body) {
    return new EventSubject(StoredEvent.decode(body));
  }
}
