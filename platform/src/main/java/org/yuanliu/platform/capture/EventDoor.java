package org.yuanliu.platform.capture;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.IntFunction;
import org.springframework.stereotype.Service;
import org.yuanliu.codes.Exemptions;
import org.yuanliu.epcis.DocumentReader;
import org.yuanliu.epcis.EpcisEvent;
import org.yuanliu.epcis.ReadResult;
import org.yuanliu.ledger.TreeHead;
import org.yuanliu.platform.access.Caller;
import org.yuanliu.platform.access.Permission;
import org.yuanliu.platform.binding.EpcisProblems;
import org.yuanliu.platform.binding.Permissions;
import org.yuanliu.platform.journal.Draft;
import org.yuanliu.platform.journal.EntryRef;
import org.yuanliu.platform.journal.Journal;
import org.yuanliu.platform.journal.Outcome;
import org.yuanliu.platform.journal.Submission;
import org.yuanliu.platform.problem.ProblemException;

/** The same door as that of documents, for events that the platform itself writes for a caller. */
@Service
public final class EventDoor {
  private final DocumentReader reader;
  private final EventDrafts drafts;
  private final Journal journal;

  EventDoor(CaptureSettings settings, Exemptions exemptions, EventDrafts drafts, Journal journal) {
    this.reader = new DocumentReader(settings.limits(), exemptions);
    this.drafts = requireNonNull(drafts, "drafts is null");
    this.journal = requireNonNull(journal, "journal is null");
  }

  /**
   * A stored event.
   *
   * @param duplicate whether the same record was there before; place and time are then the first's
   */
  public record Stored(String eventId, EntryRef ref, Instant recordTime, boolean duplicate) {}

  /** What was stored, and a tree head that includes it. */
  public record Receipt(UUID captureId, List<Stored> events, TreeHead head) {
    public Receipt {
      events = List.copyOf(events);
    }
  }

  /**
   * The events of a document, checked as any other's.
   *
   * @param document an EPCISDocument in JSON, UTF-8
   * @throws ProblemException 400 with every reason
   */
  public List<EpcisEvent> read(byte[] document) {
    return switch (reader.readDocument(document)) {
      case ReadResult.Refused(var violations) ->
          throw new ProblemException(EpcisProblems.refused(violations));
      case ReadResult.Accepted accepted -> accepted.events();
    };
  }

  /**
   * The events as they would be stored, for a caller who asks before he acts. Nothing is stored.
   *
   * @throws ProblemException 400, 403 where the caller may not report for the principal
   */
  public List<Draft> drafts(Caller caller, byte[] document, IntFunction<String> pointer) {
    Permissions.require(caller, Permission.CAPTURE);
    EventDrafts.Origin origin = new EventDrafts.Origin(caller.party(), caller.standing(), false);
    return drafts.of(read(document), origin, pointer);
  }

  /**
   * Stores the events of a document and returns after the commit: all or none.
   *
   * @throws ProblemException 400, 403 where the caller may not report for the principal, 409 where
   *     another record has the identity
   */
  public Receipt store(Caller caller, byte[] document, IntFunction<String> pointer) {
    List<Draft> events = drafts(caller, document, pointer);
    UUID captureId = UUID.randomUUID();
    return switch (journal.append(new Submission(captureId, events))) {
      case Outcome.Committed committed -> {
        List<Stored> stored = new ArrayList<>();
        for (int i = 0; i < events.size(); i++) {
          Outcome.Placed placed = committed.placed().get(i);
          stored.add(
              new Stored(
                  events.get(i).id(), placed.ref(), placed.recordTime(), placed.duplicate()));
        }
        yield new Receipt(captureId, stored, committed.head());
      }
      case Outcome.Conflicted(List<Outcome.Conflict> conflicts) ->
          throw new ProblemException(Conflicts.problem(conflicts, pointer));
    };
  }
}
