package org.yuanliu.platform.capture;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yuanliu.ledger.TreeHead;
import org.yuanliu.platform.problem.Problem;

/**
 * A document that was taken.
 *
 * @param reporter canonical URI of the party whose credential brought it
 * @param eventCount events in it
 */
record CaptureJob(
    UUID id,
    String reporter,
    Instant receivedAt,
    int eventCount,
    ErrorBehaviour behaviour,
    State state,
    @Nullable End end) {
  CaptureJob {
    requireNonNull(id, "id is null");
    requireNonNull(reporter, "reporter is null");
    requireNonNull(receivedAt, "receivedAt is null");
    requireNonNull(state, "state is null");
    if ((state == State.RUNNING) != (end == null)) {
      throw new IllegalArgumentException("a job has an end exactly when it does not run");
    }
  }

  /** The job with its end. */
  CaptureJob endedBy(End end) {
    State now =
        switch (end) {
          case Done done -> State.DONE;
          case Failed failed -> State.FAILED;
        };
    return new CaptureJob(id, reporter, receivedAt, eventCount, behaviour, now, end);
  }

  /** The codes are stored; they never change their meaning. */
  enum State {
    RUNNING(1),
    DONE(2),
    FAILED(3);

    private final short code;

    State(int code) {
      this.code = (short) code;
    }

    short code() {
      return code;
    }

    static State ofCode(int code) {
      return switch (code) {
        case 1 -> RUNNING;
        case 2 -> DONE;
        case 3 -> FAILED;
        default -> throw new IllegalArgumentException("no state has the code " + code);
      };
    }
  }

  /** How it ended. */
  sealed interface End {
    Instant finishedAt();
  }

  /**
   * All events are in the journal; where the document was to go on past errors, all but those that
   * the errors tell of.
   *
   * @param duplicates how many of them were there before
   * @param positions where they are
   * @param note the head as a signed note; null where nobody signed
   * @param errors what was wrong with events that were not stored
   * @param declaredBefore entries that declared the same records to be in error before
   */
  record Done(
      Instant finishedAt,
      int duplicates,
      PositionRanges positions,
      TreeHead head,
      @Nullable String note,
      List<Problem> errors,
      List<String> declaredBefore)
      implements End {
    public Done {
      errors = List.copyOf(errors);
      declaredBefore = List.copyOf(declaredBefore);
    }
  }

  /** None of its events was stored, for this reason. */
  record Failed(Instant finishedAt, Problem problem) implements End {}
}
