package org.yuanliu.platform.journal;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * A submission that waits for the writer.
 *
 * @param bytes of stored bodies
 */
record Pending(
    UUID captureId, List<PreparedDraft> drafts, long bytes, CompletableFuture<Outcome> outcome) {

  void done(Outcome result) {
    outcome.complete(result);
  }

  void failed(RuntimeException failure) {
    outcome.completeExceptionally(failure);
  }
}
