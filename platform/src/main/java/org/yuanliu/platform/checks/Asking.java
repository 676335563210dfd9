package org.yuanliu.platform.checks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.yuanliu.codes.UnitKey;
import org.yuanliu.epcis.EpcisEvent;
import org.yuanliu.industry.CheckFinding;
import org.yuanliu.industry.CheckLevel;
import org.yuanliu.industry.EventFact;
import org.yuanliu.platform.access.Caller;
import org.yuanliu.platform.checks.FactStore.Places;
import org.yuanliu.platform.journal.Draft;
import org.yuanliu.platform.journal.EntryKind;
import org.yuanliu.platform.journal.EntryRef;
import org.yuanliu.platform.journal.EventSubject;
import org.yuanliu.platform.journal.Hot;
import org.yuanliu.platform.journal.Identity;
import org.yuanliu.platform.journal.Journal;
import org.yuanliu.platform.journal.Outcome;
import org.yuanliu.platform.journal.Submission;
import org.yuanliu.platform.problem.Problem;
import org.yuanliu.platform.problem.ProblemException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Answers before an act, by everything that is recorded; every answer is a journal entry. */
@Service
final class Asking {
  /** Who asks stands at a till or a filling station. */
  private static final Duration WAIT = Duration.ofSeconds(5);

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final DataSource dataSource;
  private final Catalogues catalogues;
  private final CheckFollower follower;
  private final Journal journal;
  private final Clock clock;

  Asking(
      DataSource dataSource,
      Catalogues catalogues,
      CheckFollower follower,
      Journal journal,
      Clock clock) {
    this.dataSource = requireNonNull(dataSource, "dataSource is null");
    this.catalogues = requireNonNull(catalogues, "catalogues is null");
    this.follower = requireNonNull(follower, "follower is null");
    this.journal = requireNonNull(journal, "journal is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /** In both languages. */
  record Text(String zh, String en) {}

  /**
   * @param severity refuse, alert or warn; one refuse makes the answer no
   * @param source law and clause
   */
  record Reason(String check, String severity, Text message, String source) {}

  /**
   * @param allowed yes, no, or unknown where no pack has a link for the act, or the act as told is
   *     not of the link that was asked about; the reason then says why
   * @param position the answer's entry in the journal
   * @param knownTo everything before this position was taken into account
   */
  record Answer(String allowed, List<Reason> reasons, String position, long knownTo) {}

  /** The link that was asked about by its form. */
  record Meant(String industry, String link) {
    Meant {
      requireNonNull(industry, "industry is null");
      requireNonNull(link, "link is null");
    }

    boolean is(Catalogue.Read read) {
      return read.version().pack().id().equals(industry) && read.fact().link().id().equals(link);
    }
  }

  /**
   * @param meant the link whose form was filled in; null where events were asked about
   */
  Answer ask(Caller caller, List<Draft> drafts, @Nullable Meant meant) {
    if (drafts.isEmpty()) {
      throw new ProblemException(
          Problem.of("ask-wrong", 400, "没有事件可问。", "There is no event to ask about."));
    }
    long head = journal.head().size();
    if (!follower.await(head, WAIT)) {
      throw new ProblemException(
          Problem.of(
              "checks-behind",
              503,
              "检查还没有跟上最新的记录，请稍后再问。",
              "The checks have not caught up with the newest records; ask again soon."),
          Map.of("Retry-After", "5"));
    }
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    List<CheckFinding> findings = new ArrayList<>();
    Recognised recognised = judge(drafts, now, meant, findings);
    boolean refused = findings.stream().anyMatch(found -> found.level() == CheckLevel.REFUSE);
    boolean judged = recognised == Recognised.YES;
    String allowed = refused ? "no" : judged ? "yes" : "unknown";
    List<Reason> reasons =
        Stream.concat(
                findings.stream()
                    .map(
                        found ->
                            new Reason(
                                found.check(),
                                found.level().id(),
                                new Text(found.message().zh(), found.message().en()),
                                found.source())),
                because(recognised).stream())
            .distinct()
            .toList();
    EntryRef ref = record(caller, drafts, allowed, reasons, head, now);
    return new Answer(allowed, reasons, ref.toString(), head);
  }

  /** Whether the act is of a link that the packs know, and of the one that was meant. */
  private enum Recognised {
    YES,
    /** Nobody has registered the place, so nothing tells what is done there. */
    PLACE_UNKNOWN,
    /** At a place of this kind it is something else. */
    OTHERWISE
  }

  /** Why there is neither yes nor no, so that whoever asked can put it right. */
  private static Optional<Reason> because(Recognised recognised) {
    return switch (recognised) {
      case YES -> Optional.empty();
      case PLACE_UNKNOWN ->
          Optional.of(
              unclear(
                  "场所没有登记，认不出是哪个环节，没有核对；登记场所和种类后再问。",
                  "The place is not registered, so the link is not recognised and nothing was"
                      + " checked; register the place with its kind and ask again."));
      case OTHERWISE ->
          Optional.of(
              unclear(
                  "照场所登记的种类和所说的步骤，这不是所问的环节，没有核对；请核对场所。",
                  "By the kind of the place and the step told this is not the link asked about, and"
                      + " nothing was checked; look at the place."));
    };
  }

  private static Reason unclear(String zh, String en) {
    return new Reason("link-not-recognised", CheckLevel.WARN.id(), new Text(zh, en), "");
  }

  private Recognised judge(
      List<Draft> drafts, Instant now, @Nullable Meant meant, List<CheckFinding> into) {
    Catalogue catalogue = catalogues.current();
    boolean judged = false;
    boolean placeKnown = true;
    try (Connection connection = dataSource.getConnection()) {
      FactStore store = new FactStore(connection, catalogue);
      StoredFacts facts = new StoredFacts(store, catalogue);
      Equivalents equivalents = new Equivalents(connection, Equivalents.Whose.FOLLOWED);
      facts.setNow(now);
      Map<UUID, NavigableMap<Long, String>> kinds = kinds(store, drafts);
      int number = 0;
      for (Draft draft : drafts) {
        if (draft.subject() instanceof EventSubject(EpcisEvent event)) {
          String kind =
              CheckRun.kind(
                  kinds,
                  Catalogue.place(event),
                  new EntryRef(CheckFollower.JOURNAL, Long.MAX_VALUE));
          // After everything that is recorded at the same moment.
          String ref = "asked-" + number++;
          Optional<Catalogue.Read> read = catalogue.read(event, draft, ref, now, kind);
          placeKnown &= kind != null || Catalogue.place(event) == null;
          if (read.isPresent()) {
            EventFact own = read.get().fact();
            equivalents.load(JoinedFact.codes(own));
            judged |= meant == null || meant.is(read.get());
            Catalogue.Version version = read.get().version();
            into.addAll(
                version
                    .checks()
                    .ask(JoinedFact.of(own, equivalents).fact(), facts.of(version.pack().id())));
          }
        }
      }
    } catch (SQLException e) {
      throw new StoredFacts.FactsLostException(e);
    }
    return judged ? Recognised.YES : placeKnown ? Recognised.OTHERWISE : Recognised.PLACE_UNKNOWN;
  }

  private static Map<UUID, NavigableMap<Long, String>> kinds(FactStore store, List<Draft> drafts)
      throws SQLException {
    Set<UUID> places = new HashSet<>();
    for (Draft draft : drafts) {
      if (draft.subject() instanceof EventSubject(EpcisEvent event)) {
        String place = Catalogue.place(event);
        if (place != null) {
          places.add(FactKeys.place(place));
        }
      }
    }
    return store.kinds(Places.FOLLOWED, places, CheckFollower.JOURNAL);
  }

  private EntryRef record(
      Caller caller,
      List<Draft> drafts,
      String allowed,
      List<Reason> reasons,
      long head,
      Instant now) {
    String id = "urn:yuanliu:ask:" + UUID.randomUUID();
    ObjectNode json = JSON.createObjectNode();
    json.put("id", id).put("askedAt", now.toString()).put("allowed", allowed);
    json.put("knownTo", Long.toString(head));
    ArrayNode checks = json.putArray("reasons");
    reasons.forEach(
        reason ->
            checks.addObject().put("check", reason.check()).put("severity", reason.severity()));
    ArrayNode events = json.putArray("events");
    drafts.forEach(draft -> events.add(JSON.readTree(draft.body())));
    byte[] body = JSON.writeValueAsBytes(json);
    byte[] digest = sha256(body);
    Draft first = drafts.getFirst();
    Draft decision =
        new Draft(
            EntryKind.DECISION,
            new Identity(UnitKey.of(id).value(), digest),
            caller.party(),
            first.principal(),
            id,
            digest,
            "SHA-256",
            caller.standing(),
            first.scope(),
            Hot.NONE,
            body,
            new AskDecision(new String(body, UTF_8)));
    return switch (journal.append(new Submission(UUID.randomUUID(), List.of(decision)))) {
      case Outcome.Committed committed -> committed.placed().getFirst().ref();
      case Outcome.Conflicted ignored ->
          throw new IllegalStateException("a random id was there before: " + id);
    };
  }

  private static byte[] sha256(byte[] body) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(body);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}
