package org.yuanliu.platform.subscription;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.yuanliu.platform.ServerSettings;
import org.yuanliu.platform.journal.Entry;
import org.yuanliu.platform.journal.Journal;
import org.yuanliu.platform.problem.ProblemException;

/**
 * Delivers what is due of one subscription that this server has in hand. The positions of a
 * delivery and its id are stored before it is sent, the cursor moves when the receiver has answered
 * 2xx: a crash between the two costs one repetition under the same id, and loses nothing.
 */
@Component
final class Deliveries {
  private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);

  /** Then others get their turn: a receiver that catches up on a year is one among many. */
  static final int MAX_STEPS = 50;

  /** So often a receiver is tried that is to be told the last of its subscription. */
  static final int MAX_FAREWELLS = 5;

  private static final int SUCCESS = 2;
  private static final int HUNDRED = 100;
  private static final int GONE = 410;
  private static final int TOO_LARGE = 413;

  private final Cursors cursors;
  private final StandingQueries queries;
  private final WebhookClient webhooks;
  private final SubscriptionMetrics metrics;
  private final Journal journal;
  private final SubscriptionSettings settings;
  private final ServerSettings server;
  private final Clock clock;
  private final Backoff backoff;
  private final RandomGenerator random = RandomGenerator.getDefault();

  Deliveries(
      Cursors cursors,
      StandingQueries queries,
      WebhookClient webhooks,
      SubscriptionMetrics metrics,
      Journal journal,
      SubscriptionSettings settings,
      ServerSettings server,
      Clock clock) {
    this.cursors = requireNonNull(cursors, "cursors is null");
    this.queries = requireNonNull(queries, "queries is null");
    this.webhooks = requireNonNull(webhooks, "webhooks is null");
    this.metrics = requireNonNull(metrics, "metrics is null");
    this.journal = requireNonNull(journal, "journal is null");
    this.settings = requireNonNull(settings, "settings is null");
    this.server = requireNonNull(server, "server is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.backoff = new Backoff(settings.backoff(), settings.maxBackoff());
  }

  /** Works on a claim until its run has ended, something fails, or others are to have a turn. */
  void work(Cursors.Claim claim, UUID holder) {
    Run run = new Run(claim, holder);
    try {
      if (claim.ending()) {
        run.farewell();
        return;
      }
      for (int step = 0; step < MAX_STEPS; step++) {
        if (!run.step()) {
          return;
        }
      }
    } catch (ProblemException e) {
      // The query itself cannot be answered, such as one over too many places.
      run.unanswerable(Notice.of(e.problem()));
    } finally {
      cursors.release(claim.subscription().key(), holder);
    }
  }

  /** One subscription in hand. */
  private final class Run {
    private final Subscription subscription;
    private final StandingQueries.Standing standing;
    private final UUID key;
    private final UUID holder;
    private final long runTo;
    private final int batchEvents;
    private long next;
    private long taken;
    private final @Nullable String told;
    private int failures;
    private @Nullable Pending pending;

    Run(Cursors.Claim claim, UUID holder) {
      this.subscription = claim.subscription();
      this.standing = StandingQueries.Standing.of(subscription);
      this.key = subscription.key();
      this.holder = holder;
      this.runTo = claim.runTo() == null ? journal.head().size() : claim.runTo();
      this.batchEvents = Math.min(claim.batchEvents(), settings.batchEvents());
      this.next = claim.next();
      this.taken = claim.runDeliveries();
      this.failures = claim.failures();
      this.told = claim.told();
      this.pending =
          claim.deliveryId() == null || claim.deliveryTo() == null
              ? null
              : new Pending(claim.deliveryId(), claim.deliveryTo());
    }

    /**
     * @return whether there is more to do at once
     */
    boolean step() {
      long below = pending == null ? runTo : pending.to();
      return switch (queries.next(standing, next, below, batchEvents, settings.batchBytes())) {
        case StandingQueries.Result.NoAccess() -> unanswerable(Notice.noAccess());
        case StandingQueries.Result.NoQuery() -> farewell();
        case StandingQueries.Result.Found(List<Entry> entries, long to) -> {
          if (!entries.isEmpty()) {
            yield deliver(entries, to);
          }
          if (to > next) {
            yield pass(to);
          }
          boolean report = subscription.asked().reportIfEmpty() && taken == 0;
          yield (pending != null || report) ? deliver(List.of(), to) : end();
        }
      };
    }

    /** The query was deleted: so is the subscription, once its receiver knows or cannot be told. */
    boolean farewell() {
      Notice notice = Notice.queryGone();
      boolean known = status(notice) / HUNDRED == SUCCESS;
      if (known || failures + 1 >= MAX_FAREWELLS) {
        cursors.remove(key, holder);
        return false;
      }
      return failed(notice.en(), null);
    }

    /** Nothing can be delivered for now: the receiver learns why, once, and it is tried again. */
    boolean unanswerable(Notice notice) {
      if (!notice.exception().equals(told)) {
        int status = status(notice);
        if (status == GONE) {
          return gone();
        }
        if (status / HUNDRED == SUCCESS) {
          cursors.told(key, holder, notice.exception());
        }
      }
      return failed(notice.en(), null);
    }

    /** Sends a notice: what the receiver answers, 0 where it answers nothing. */
    private int status(Notice notice) {
      Subscription.Asked asked = subscription.asked();
      try {
        return webhooks
            .send(
                new WebhookClient.Delivery(
                    UUID.randomUUID(),
                    URI.create(asked.dest()),
                    notice.body(
                        asked.queryName(), asked.id(), asked.form().syntax(), clock.instant()),
                    asked.form(),
                    asked.signatureToken(),
                    true))
            .status();
      } catch (IOException e) {
        LOG.debug("a notice did not arrive: {}", reason(e));
        return 0;
      }
    }

    /** Nothing of the subscriber's lies below this position. */
    private boolean pass(long to) {
      pending = null;
      next = to;
      return cursors.passed(key, holder, runTo, to);
    }

    private boolean end() {
      Instant now = clock.instant();
      Instant due =
          subscription.asked().rhythm() instanceof Rhythm.Scheduled(Schedule schedule)
              ? schedule.next(now, server.zone()).orElse(null)
              : null;
      cursors.ended(key, holder, due, now);
      return false;
    }

    private boolean deliver(List<Entry> entries, long to) {
      Pending delivery = new Pending(pending == null ? UUID.randomUUID() : pending.id(), to);
      pending = delivery;
      if (!cursors.begin(key, holder, delivery.id(), to, runTo, settings.lease())) {
        return lost();
      }
      Subscription.Asked asked = subscription.asked();
      WebhookClient.Answer answer;
      long begun = System.nanoTime();
      try {
        answer =
            webhooks.send(
                new WebhookClient.Delivery(
                    delivery.id(),
                    URI.create(asked.dest()),
                    queries.document(asked, entries),
                    asked.form(),
                    asked.signatureToken(),
                    false));
      } catch (IOException e) {
        metrics.delivery(SubscriptionMetrics.Outcome.UNREACHED, System.nanoTime() - begun);
        return failed(reason(e), null);
      }
      boolean accepted = answer.status() / HUNDRED == SUCCESS;
      metrics.delivery(
          accepted ? SubscriptionMetrics.Outcome.ACCEPTED : SubscriptionMetrics.Outcome.REFUSED,
          System.nanoTime() - begun);
      if (accepted) {
        return accepted(delivery, entries.size());
      }
      if (answer.status() == GONE) {
        return gone();
      }
      if (answer.status() == TOO_LARGE && entries.size() > 1) {
        // Another delivery with an id of its own; the next step's claim has the smaller number.
        cursors.halved(key, holder, Math.max(1, Math.min(entries.size(), batchEvents) / 2));
        return false;
      }
      return failed("the receiver answered " + answer.status(), answer.retryAfter());
    }

    private boolean accepted(Pending delivery, int events) {
      metrics.taken(events);
      if (!cursors.delivered(key, holder, delivery.id(), clock.instant())) {
        return lost();
      }
      next = delivery.to();
      pending = null;
      failures = 0;
      taken++;
      return true;
    }

    private boolean gone() {
      if (cursors.remove(key, holder)) {
        metrics.gone();
        LOG.warn(
            "subscription {} of {} has ended: its receiver answered 410",
            subscription.asked().id(),
            subscription.owner());
      }
      return false;
    }

    boolean failed(String error, @Nullable Duration atLeast) {
      failures++;
      Duration pause = backoff.after(failures, random);
      if (atLeast != null && atLeast.compareTo(pause) > 0) {
        pause = atLeast.compareTo(settings.maxBackoff()) < 0 ? atLeast : settings.maxBackoff();
      }
      if (failures == 1) {
        LOG.warn(
            "subscription {} of {} is not delivered: {}",
            subscription.asked().id(),
            subscription.owner(),
            error);
      }
      Instant now = clock.instant();
      cursors.failed(key, holder, error, now, now.plus(pause));
      return false;
    }

    /** Removed meanwhile, or in another server's hand. */
    private boolean lost() {
      return false;
    }
  }

  /**
   * A delivery whose answer is not known.
   *
   * @param to the end of its positions
   */
  private record Pending(UUID id, long to) {}

  /** Without addresses: it is shown to who subscribed, and what a name leads to may be secret. */
  private static String reason(IOException e) {
    return e instanceof AddressGuard.RefusedAddressException
        ? "the receiver's name leads to an address that webhooks may not reach"
        : "the receiver was not reached: " + e.getClass().getSimpleName();
  }
}
