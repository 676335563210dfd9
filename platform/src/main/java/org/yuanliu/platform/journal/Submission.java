package org.yuanliu.platform.journal;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.UUID;

/** Drafts that are stored all or not at all, in this order. */
public record Submission(UUID captureId, List<Draft> drafts) {
  public Submission {
    requireNonNull(captureId, "captureId is null");
    drafts = List.copyOf(drafts);
  }
}
