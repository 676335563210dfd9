package org.yuanliu.platform.subscription;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.apache.tomcat.websocket.server.WsSci;
import org.springframework.boot.tomcat.TomcatContextCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Component;
import org.yuanliu.platform.ServerSettings;
import org.yuanliu.platform.journal.Journal;

/** The WebSockets that results are sent to: how many there are, and what they share. */
@Component
final class QuerySockets {
  private final StandingQueries queries;
  private final SubscriptionMetrics metrics;
  private final Journal journal;
  private final SubscriptionSettings settings;
  private final ServerSettings server;
  private final Clock clock;
  private final Semaphore searches;
  private final Map<String, Integer> byParty = new HashMap<>();
  private int count;

  QuerySockets(
      StandingQueries queries,
      SubscriptionMetrics metrics,
      Journal journal,
      SubscriptionSettings settings,
      ServerSettings server,
      Clock clock) {
    this.queries = requireNonNull(queries, "queries is null");
    this.metrics = requireNonNull(metrics, "metrics is null");
    this.journal = requireNonNull(journal, "journal is null");
    this.settings = requireNonNull(settings, "settings is null");
    this.server = requireNonNull(server, "server is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.searches = new Semaphore(settings.parallel());
  }

  @Configuration(proxyBeanMethods = false)
  static class WebSockets {
    /** Tomcat's WebSockets, without any address of their own: {@link QuerySocketApi} upgrades. */
    @Bean
    TomcatContextCustomizer webSockets() {
      return context -> context.addServletContainerInitializer(new WsSci(), Set.of());
    }
  }

  synchronized int count() {
    return count;
  }

  /**
   * Takes one more.
   *
   * @throws org.yuanliu.platform.problem.ProblemException SubscribeNotPermittedException where
   *     there are too many
   */
  synchronized void enter(String party) {
    int own = byParty.getOrDefault(party, 0);
    if (count >= settings.sockets() || own >= settings.socketsPerParty()) {
      throw SubscriptionProblems.notPermitted(
          "WebSocket 连接过多（每主体最多 " + settings.socketsPerParty() + " 个）。",
          "there are too many WebSockets (at most " + settings.socketsPerParty() + " of a party).");
    }
    byParty.put(party, own + 1);
    count++;
  }

  synchronized void leave(String party) {
    byParty.computeIfPresent(party, (key, own) -> own == 1 ? null : own - 1);
    count--;
  }

  QuerySocket socket(
      StandingQueries.Standing standing,
      Rhythm rhythm,
      boolean reportIfEmpty,
      DeliveryForm form,
      long from) {
    return new QuerySocket(this, standing, rhythm, reportIfEmpty, form, from);
  }

  /** One search, of so many at once. */
  StandingQueries.Result next(StandingQueries.Standing standing, long from, long below) {
    searches.acquireUninterruptibly();
    try {
      return queries.next(standing, from, below, settings.batchEvents(), settings.batchBytes());
    } finally {
      searches.release();
    }
  }

  StandingQueries queries() {
    return queries;
  }

  SubscriptionMetrics metrics() {
    return metrics;
  }

  Journal journal() {
    return journal;
  }

  SubscriptionSettings settings() {
    return settings;
  }

  ServerSettings server() {
    return server;
  }

  Clock clock() {
    return clock;
  }
}
