package org.yuanliu.platform.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.UUID;
import org.yuanliu.epcis.EpcisEvent;

/**
 * An entry as it stands in the journal.
 *
 * @param recordTime when the platform committed it, microseconds, never going back within a journal
 * @param captureId the request that brought it
 */
public record Entry(EntryRef ref, Instant recordTime, UUID captureId, Draft draft) {
  /**
   * The same entry saying less: as it is shown to one who may not see all of it. Identity, id and
   * hash stay those of the whole.
   */
  public Entry with(EpcisEvent shown) {
    return new Entry(
        ref,
        recordTime,
        captureId,
        new Draft(
            draft.kind(),
            draft.identity(),
            draft.reporter(),
            draft.principal(),
            draft.id(),
            draft.hash(),
            draft.hashVersion(),
            draft.standing(),
            draft.scope(),
            draft.hot(),
            shown.body().toString().getBytes(UTF_8),
            new EventSubject(shown)));
  }
}
