package org.yuanliu.platform.codes;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Service;
import org.yuanliu.codes.CodeException;
import org.yuanliu.codes.CodeRange;
import org.yuanliu.codes.CodeRange.Drawn;
import org.yuanliu.codes.ExemptedCode;
import org.yuanliu.codes.Exemption;
import org.yuanliu.codes.Issuable;
import org.yuanliu.codes.Refusal;
import org.yuanliu.codes.Scheme;
import org.yuanliu.codes.UnitKey;
import org.yuanliu.platform.ServerSettings;
import org.yuanliu.platform.access.Caller;
import org.yuanliu.platform.access.PartyCodes;
import org.yuanliu.platform.access.PartyDivisions;
import org.yuanliu.platform.access.Permission;
import org.yuanliu.platform.access.Viewer;
import org.yuanliu.platform.codes.CodeChange.CodesDrawn;
import org.yuanliu.platform.codes.CodeChange.ExemptionEnded;
import org.yuanliu.platform.codes.CodeChange.ExemptionGranted;
import org.yuanliu.platform.codes.CodeChange.RangeRegistered;
import org.yuanliu.platform.codes.CodeStore.DrawRow;
import org.yuanliu.platform.codes.CodeStore.ExemptionRow;
import org.yuanliu.platform.codes.CodeStore.RangeRow;
import org.yuanliu.platform.journal.Draft;
import org.yuanliu.platform.journal.EntryKind;
import org.yuanliu.platform.journal.Hot;
import org.yuanliu.platform.journal.Identity;
import org.yuanliu.platform.journal.Journal;
import org.yuanliu.platform.journal.Outcome;
import org.yuanliu.platform.journal.Scope;
import org.yuanliu.platform.journal.Submission;

/**
 * Grants exemptions, registers ranges and gives out codes from them. One change after another in
 * one server; of two servers the journal's identities let only one draw the same numbers, and the
 * other draws anew.
 */
@Service
class CodeOffice {
  private static final String HASH = "SHA-256";
  private static final String CHANGE_PREFIX = "urn:yuanliu:codes:";

  /** Ranges read at once to find those of a department's divisions; there are some thousands. */
  private static final int RANGES_READ = 500;

  /** Drawings of other servers that may come between; each makes us look again. */
  private static final int MAX_TRIES = 10;

  private final Journal journal;
  private final CodeStore store;
  private final HeldExemptions held;
  private final PartyCodes partyCodes;
  private final PartyDivisions partyDivisions;
  private final Clock clock;
  private final ZoneId zone;
  private final Counter drawn;
  private final SecureRandom random = new SecureRandom();
  private final ReentrantLock lock = new ReentrantLock(true);

  CodeOffice(
      Journal journal,
      CodeStore store,
      HeldExemptions held,
      PartyCodes partyCodes,
      PartyDivisions partyDivisions,
      Clock clock,
      ServerSettings server,
      MeterRegistry meters) {
    this.journal = requireNonNull(journal, "journal is null");
    this.store = requireNonNull(store, "store is null");
    this.held = requireNonNull(held, "held is null");
    this.partyCodes = requireNonNull(partyCodes, "partyCodes is null");
    this.partyDivisions = requireNonNull(partyDivisions, "partyDivisions is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.zone = server.zone();
    this.drawn =
        Counter.builder("yuanliu.codes.drawn")
            .baseUnit("codes")
            .description("Codes that were given out from ranges")
            .register(meters);
    Gauge.builder("yuanliu.codes.ranges.low", this, CodeOffice::nearlyUsedUp)
        .baseUnit("ranges")
        .description("Ranges that have given out at least 80 % of their numbers")
        .register(meters);
  }

  private LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), zone);
  }

  private double nearlyUsedUp() {
    try {
      return store.rangesUsed(CodeRange.WARNING_PERCENT);
    } catch (DataAccessException e) {
      return Double.NaN;
    }
  }

  ExemptionRow grant(
      Caller caller,
      Scheme scheme,
      String value,
      String reason,
      @Nullable LocalDate from,
      @Nullable LocalDate to) {
    requireOperator(caller);
    LocalDate begins = from == null ? today() : from;
    if (to != null && !begins.isBefore(to)) {
      throw CodeProblems.invalid(
          "/to", "period-reversed", "结束日期须晚于开始日期。", "It ends after it begins.");
    }
    Exemption exemption = new Exemption(scheme, value, reason, caller.name(), begins, to);
    try {
      ExemptedCode.of(exemption);
    } catch (CodeException e) {
      throw CodeProblems.invalid("/value", e.refusal());
    } catch (IllegalArgumentException e) {
      throw CodeProblems.invalid(
          "/value", "check-holds", "该编码校验正确，不需要豁免。", "The code's check holds; nothing to exempt.");
    }
    lock.lock();
    try {
      boolean overlapping =
          store.exemptionsOf(scheme, value).stream()
              .map(ExemptionRow::exemption)
              .anyMatch(given -> overlap(given, exemption));
      if (overlapping) {
        throw CodeProblems.conflict(
            "exemption-exists", "该编码在此期间已有豁免。", "The code is exempted in that time already.");
      }
      UUID id = UUID.randomUUID();
      append(
          caller,
          "exemption:" + id,
          new ExemptionGranted(id, scheme.id(), value, reason, caller.name(), begins, to));
      held.changed();
      return new ExemptionRow(id, exemption);
    } finally {
      lock.unlock();
    }
  }

  private static boolean overlap(Exemption one, Exemption other) {
    return (other.to() == null || one.from().isBefore(other.to()))
        && (one.to() == null || other.from().isBefore(one.to()));
  }

  /** Ends an exemption; one that has ended stays as it is. */
  void end(Caller caller, UUID id, String reason) {
    requireOperator(caller);
    lock.lock();
    try {
      ExemptionRow row = store.exemption(id).orElseThrow(CodeProblems::absent);
      LocalDate today = today();
      LocalDate to = row.exemption().to();
      if (to != null && !to.isAfter(today)) {
        return;
      }
      // At once; where it began today or later it keeps one day, as a period of no days is none.
      LocalDate firstEnd = row.exemption().from().plusDays(1);
      LocalDate last = today.isAfter(firstEnd) ? today : firstEnd;
      if (to != null && !last.isBefore(to)) {
        return;
      }
      append(
          caller,
          "exemption:" + id + "#ended:" + last,
          new ExemptionEnded(id, last, reason, caller.name()));
      held.changed();
    } finally {
      lock.unlock();
    }
  }

  RangeRow register(
      Caller caller,
      Issuable issuable,
      String stem,
      @Nullable Long first,
      @Nullable Long last,
      @Nullable String party) {
    requireOperator(caller);
    if (issuable == Issuable.OPERATOR) {
      throw CodeProblems.invalid(
          "/scheme",
          "issued-by-registry",
          "经营者主体码在登记主体时由平台编制，不设号段。",
          "The registry gives out operator codes when it registers a party; they have no ranges.");
    }
    CodeRange range;
    try {
      CodeRange whole = CodeRange.whole(issuable, stem);
      range =
          CodeRange.of(
              issuable,
              stem,
              first == null ? whole.first() : first,
              last == null ? whole.last() : last);
    } catch (CodeException e) {
      throw CodeProblems.invalid("/stem", e.refusal());
    }
    lock.lock();
    try {
      if (store.rangesUnder(issuable, stem).stream().anyMatch(row -> row.range().overlaps(range))) {
        throw CodeProblems.conflict(
            "range-overlaps",
            "与已登记的号段重叠，会发出重复编码。",
            "It overlaps a range that is registered; codes would be given out twice.");
      }
      UUID id = UUID.randomUUID();
      append(
          caller,
          // By its first number: two servers cannot both begin a range there.
          "range:" + issuable.scheme().id() + ":" + stem + "#" + range.first(),
          new RangeRegistered(
              id, issuable.scheme().id(), stem, range.first(), range.last(), party));
      return new RangeRow(id, range, party);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Gives out the next codes; after the commit, so that what was answered is used up for good.
   *
   * @param key of the caller's own choice: with the same one he gets the same codes again
   * @throws org.yuanliu.platform.problem.ProblemException 404 where the caller may not draw, 409
   *     where too few are left or the key came with another count
   */
  Drawn draw(Caller caller, UUID id, int count, @Nullable String key) {
    lock.lock();
    try {
      for (int tries = 0; tries < MAX_TRIES; tries++) {
        // The range first: what another server draws by this key from now on takes its numbers.
        RangeRow row = visible(caller, id);
        if (!mayDraw(caller, row)) {
          throw CodeProblems.forbidden();
        }
        CodeRange range = row.range();
        if (key != null) {
          Optional<DrawRow> before = store.draw(id, caller.name(), key);
          if (before.isPresent()) {
            return again(before.get(), count, range);
          }
        }
        String seed = key == null ? null : seed();
        Drawn codes;
        try {
          codes = range.draw(count, seed == null ? random : new SeededDigits(seed));
        } catch (CodeException e) {
          throw e.refusal().reason() == Refusal.Reason.EXHAUSTED
              ? CodeProblems.exhausted(range.remaining())
              : CodeProblems.invalid("/count", e.refusal());
        }
        if (tryAppend(
            caller,
            "range:" + id + "#" + range.next(),
            new CodesDrawn(UUID.randomUUID(), id, range.next(), count, caller.name(), key, seed))) {
          drawn.increment(count);
          return codes;
        }
      }
      throw CodeProblems.conflict(
          "range-busy", "号段正被他人领取，请重试。", "Others draw from the range right now; try again.");
    } finally {
      lock.unlock();
    }
  }

  private String seed() {
    byte[] seed = new byte[SeededDigits.SEED_BYTES];
    random.nextBytes(seed);
    return HexFormat.of().formatHex(seed);
  }

  private static Drawn again(DrawRow before, int count, CodeRange now) {
    if (before.count() != count) {
      throw CodeProblems.conflict(
          "idempotency-key-reused",
          "这个幂等键已用于领取%d个编码，请换一个键。".formatted(before.count()),
          "This key came with a drawing of %d codes; take another key.".formatted(before.count()));
    }
    CodeRange then =
        new CodeRange(now.issuable(), now.stem(), now.first(), now.last(), before.from());
    return new Drawn(then.draw(count, new SeededDigits(before.seed())).codes(), now);
  }

  RangeRow visible(Caller caller, UUID id) {
    RangeRow row = store.range(id).orElseThrow(CodeProblems::absent);
    return switch (caller.viewer()) {
      case Viewer.Operator operator -> row;
      case Viewer.Regulator regulator -> {
        if (!isInCare(regulator, row)) {
          throw CodeProblems.absent();
        }
        yield row;
      }
      case Viewer.Enterprise enterprise -> {
        if (!isOwn(caller, row)) {
          throw CodeProblems.absent();
        }
        yield row;
      }
      case Viewer.Consumer consumer -> throw CodeProblems.absent();
      case Viewer.PublicPage page -> throw CodeProblems.absent();
    };
  }

  List<RangeRow> ranges(Caller caller, @Nullable UUID after, int limit) {
    return switch (caller.viewer()) {
      case Viewer.Operator operator -> store.ranges(after, limit);
      case Viewer.Regulator regulator -> inCare(regulator, after, limit);
      case Viewer.Enterprise enterprise ->
          store.rangesOf(partyCodes.codesOf(caller.party()), after, limit);
      case Viewer.Consumer consumer -> List.of();
      case Viewer.PublicPage page -> List.of();
    };
  }

  /**
   * How much of a range was drawn tells how much its holder makes: departments see the ranges of
   * those in their divisions.
   */
  private boolean isInCare(Viewer.Regulator regulator, RangeRow row) {
    String party = row.party();
    return regulator.divisionPrefix().isEmpty()
        || (party != null
            && partyDivisions
                .divisionOf(party)
                .filter(division -> division.startsWith(regulator.divisionPrefix()))
                .isPresent());
  }

  private List<RangeRow> inCare(Viewer.Regulator regulator, @Nullable UUID after, int limit) {
    List<RangeRow> found = new ArrayList<>();
    UUID last = after;
    List<RangeRow> page;
    do {
      page = store.ranges(last, RANGES_READ);
      for (RangeRow row : page) {
        last = row.id();
        if (found.size() < limit && isInCare(regulator, row)) {
          found.add(row);
        }
      }
    } while (page.size() == RANGES_READ && found.size() < limit);
    return found;
  }

  private boolean mayDraw(Caller caller, RangeRow row) {
    boolean operator = caller.viewer() instanceof Viewer.Operator;
    return caller.may(Permission.CAPTURE) && (operator || isOwn(caller, row));
  }

  private boolean isOwn(Caller caller, RangeRow row) {
    return row.party() != null && partyCodes.codesOf(caller.party()).contains(row.party());
  }

  static void requireOperator(Caller caller) {
    caller.require(Permission.ADMINISTER);
    if (!(caller.viewer() instanceof Viewer.Operator)) {
      throw CodeProblems.forbidden();
    }
  }

  private void append(Caller caller, String name, CodeChange change) {
    if (!tryAppend(caller, name, change)) {
      throw CodeProblems.conflict(
          "codes-changed-meanwhile",
          "该内容刚被他人修改，请刷新后重试。",
          "Somebody changed this a moment ago; look again and repeat.");
    }
  }

  private boolean tryAppend(Caller caller, String name, CodeChange change) {
    byte[] body = CodeJson.encode(change);
    byte[] digest = sha256(body);
    String id = CHANGE_PREFIX + name;
    Draft draft =
        new Draft(
            EntryKind.CODE_CHANGE,
            new Identity(UnitKey.of(id).value(), digest),
            caller.party(),
            caller.party(),
            id,
            digest,
            HASH,
            caller.standing(),
            new Scope(null, null, Set.of(UnitKey.of(caller.party()).value())),
            Hot.NONE,
            body,
            change);
    return switch (journal.append(new Submission(UUID.randomUUID(), List.of(draft)))) {
      case Outcome.Committed committed -> true;
      case Outcome.Conflicted conflicted -> false;
    };
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance(HASH).digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has " + HASH, e);
    }
  }
}
