package org.yuanliu.platform.subscription;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.yuanliu.platform.ServerSettings;
import org.yuanliu.platform.access.Caller;
import org.yuanliu.platform.journal.EntrySearch;
import org.yuanliu.platform.journal.Journal;
import org.yuanliu.platform.query.NamedQueryRemoval;

/** Subscriptions with webhooks, each party's own: made, listed, removed. */
@Component
public class Subscriptions implements NamedQueryRemoval {
  /** Chars; stands in addresses. */
  public static final int MAX_ID = 128;

  /** Chars; a longer secret than the digest's block of 64 bytes makes nothing safer. */
  static final int MAX_TOKEN = 256;

  private static final Pattern ID = Pattern.compile("[\\p{L}\\p{N}\\p{P}\\p{S} ]{1,128}");

  private final SubscriptionStore store;
  private final Destinations destinations;
  private final Journal journal;
  private final EntrySearch entries;
  private final TransactionTemplate transactions;
  private final SubscriptionSettings settings;
  private final ServerSettings server;
  private final Clock clock;

  Subscriptions(
      SubscriptionStore store,
      Destinations destinations,
      Journal journal,
      EntrySearch entries,
      PlatformTransactionManager transactionManager,
      SubscriptionSettings settings,
      ServerSettings server,
      Clock clock) {
    this.store = requireNonNull(store, "store is null");
    this.destinations = requireNonNull(destinations, "destinations is null");
    this.journal = requireNonNull(journal, "journal is null");
    this.entries = requireNonNull(entries, "entries is null");
    this.transactions = new TransactionTemplate(transactionManager);
    this.settings = requireNonNull(settings, "settings is null");
    this.server = requireNonNull(server, "server is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /**
   * Keeps a subscription; it delivers from now on, in the name of the caller's account.
   *
   * @throws org.yuanliu.platform.problem.ProblemException SubscriptionControlsException,
   *     InvalidURIException, SubscribeNotPermittedException where there are too many,
   *     DuplicateSubscriptionException where the party has one of this id
   */
  public Subscription create(Caller caller, Subscription.Asked asked) {
    check(asked);
    destinations.check(asked.dest());
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    Instant dueAt = due(asked.rhythm(), now);
    Instant initial = asked.initialRecordTime();
    long head = journal.head().size();
    long from = initial == null ? head : entries.firstRecorded(initial, head);
    Subscription subscription =
        new Subscription(
            UUID.randomUUID(),
            caller.party(),
            caller.account(),
            asked,
            now,
            initial == null ? now : initial,
            null);
    transactions.executeWithoutResult(status -> insert(subscription, from, dueAt));
    return subscription;
  }

  private void insert(Subscription subscription, long from, @Nullable Instant dueAt) {
    if (store.countAlone(subscription.owner()) >= settings.perParty()) {
      throw SubscriptionProblems.notPermitted(
          "一个主体最多 " + settings.perParty() + " 个订阅。",
          "a party has at most " + settings.perParty() + " subscriptions.");
    }
    if (!store.insert(subscription, from, dueAt, settings.batchEvents())) {
      throw SubscriptionProblems.duplicate();
    }
  }

  private static void check(Subscription.Asked asked) {
    if (!ID.matcher(asked.id()).matches()) {
      throw SubscriptionProblems.controls(
          "subscriptionID 应为 1 至 " + MAX_ID + " 个可见字符。",
          "subscriptionID has 1 to " + MAX_ID + " visible characters.");
    }
    String token = asked.signatureToken();
    if (token != null && (token.isEmpty() || token.length() > MAX_TOKEN)) {
      throw SubscriptionProblems.controls(
          "signatureToken 应为 1 至 " + MAX_TOKEN + " 字符。",
          "signatureToken has 1 to " + MAX_TOKEN + " characters.");
    }
    check(asked.rhythm(), asked.reportIfEmpty());
  }

  /** What holds for webhooks and WebSockets alike. */
  static void check(Rhythm rhythm, boolean reportIfEmpty) {
    switch (rhythm) {
      case Rhythm.Stream() -> {
        if (reportIfEmpty) {
          throw SubscriptionProblems.controls(
              "stream 只报告事件，不能与 reportIfEmpty 一起使用。",
              "a stream reports events only; reportIfEmpty goes with a schedule or trigger.");
        }
      }
      case Rhythm.Triggered(String uri) -> {
        if (!uri.equals(Rhythm.Triggered.STORED)) {
          throw SubscriptionProblems.controls(
              "没有此触发条件；可用 " + Rhythm.Triggered.STORED + "。",
              "there is no such trigger; there is " + Rhythm.Triggered.STORED + ".");
        }
      }
      case Rhythm.Scheduled(Schedule schedule) -> {
        // Checked when it was read.
      }
    }
  }

  /**
   * When a query is to run, from what was asked for: exactly one of the three.
   *
   * @param schedule its fields; empty: there is none
   * @throws org.yuanliu.platform.problem.ProblemException SubscriptionControlsException
   */
  public static Rhythm rhythm(
      @Nullable Boolean stream, Map<String, String> schedule, @Nullable String trigger) {
    return SubscriptionJson.rhythm(stream, schedule, trigger);
  }

  /**
   * @throws org.yuanliu.platform.problem.ProblemException SubscriptionControlsException where the
   *     text is no time with its zone
   */
  public static @Nullable Instant moment(@Nullable String text) {
    return SubscriptionJson.moment(text);
  }

  private @Nullable Instant due(Rhythm rhythm, Instant now) {
    return switch (rhythm) {
      case Rhythm.Scheduled(Schedule schedule) ->
          schedule.next(now, server.zone()).orElseThrow(Subscriptions::never);
      case Rhythm.Stream stream -> null;
      case Rhythm.Triggered triggered -> null;
    };
  }

  private static RuntimeException never() {
    return SubscriptionProblems.controls("schedule 永远不会到时。", "the schedule never falls due.");
  }

  public Optional<Subscription> find(String owner, String id) {
    return store.find(owner, id);
  }

  /**
   * A party's subscriptions to a query in order of id.
   *
   * @param after ids up to this one are left out; empty: none
   */
  public List<Subscription> list(String owner, String queryName, String after, int limit) {
    return store.list(owner, queryName, after, limit);
  }

  /**
   * Ends a subscription: nothing more is sent, but what is on its way.
   *
   * @return false where there was none
   */
  public boolean remove(String owner, String id) {
    return store.remove(owner, id);
  }

  @Override
  public void removed(String owner, String name) {
    store.endOf(owner, name);
  }
}
