package org.yuanliu.bench;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** First pages of queries of events over HTTP, with as many events stored as asked for. */
@Command(
    name = "query",
    mixinStandardHelpOptions = true,
    description = "Measures the first page of queries of events.")
final class QueryBench implements Callable<Integer> {
  private static final int EVENTS_PER_DOCUMENT = 500;
  private static final int PER_PAGE = 30;

  private static final List<String> ORDERS =
      List.of("eventTime ASC", "eventTime DESC", "recordTime ASC", "recordTime DESC");

  private static final String NEVER = "EQ_bizStep=shipping&EQ_disposition=destroyed";

  private static final List<String> QUERIES =
      List.of(
          "EQ_bizStep=storing",
          "EQ_bizStep=picking",
          "EQ_bizStep=loading",
          "EQ_bizStep=storing&EQ_disposition=in_progress&EQ_action=OBSERVE",
          NEVER,
          NEVER + "&EQ_action=OBSERVE",
          "EQ_readPoint=" + QueryEvents.place(0) + "&EQ_bizStep=picking",
          "WD_bizLocation=" + QueryEvents.place(19_999),
          "EQ_bizTransaction_inv=urn:yuanliu:bench:inv-all&EQ_bizStep=storing",
          "EQ_bizTransaction_inv=urn:yuanliu:bench:inv-17",
          "MATCH_epc=" + QueryEvents.item(4_711),
          "MATCH_anyEPC=" + QueryEvents.FREQUENT_ITEM,
          "MATCH_anyEPC=" + QueryEvents.FREQUENT_ITEM + "&EQ_bizStep=storing");

  @Mixin private Target target = new Target();

  @Option(names = "--stored", description = "events to have stored first; default ${DEFAULT-VALUE}")
  private long stored = 1_000_000;

  @Option(names = "--requests", description = "of each query; default ${DEFAULT-VALUE}")
  private int requests = 200;

  @Override
  public Integer call() throws Exception {
    target.open();
    load();
    for (String query : QUERIES) {
      for (String order : ORDERS) {
        measure(query, order);
      }
    }
    return 0;
  }

  private void measure(String query, String order) throws Exception {
    int space = order.indexOf(' ');
    String path =
        "/epcis/events?perPage=%d&%s&orderBy=%s&orderDirection=%s"
            .formatted(
                PER_PAGE, encoded(query), order.substring(0, space), order.substring(space + 1));
    int found = ask(path);
    Load.run(Math.min(requests, 20), 1, index -> ask(path));
    Load.Result result = Load.run(requests, 1, index -> ask(path));
    System.out.printf(
        Locale.ROOT, "%2d events, %s: %s %s%n", found, result.percentiles(), order, query);
  }

  /** Each value of a query, its names and signs left alone. */
  private static String encoded(String query) {
    StringBuilder text = new StringBuilder();
    for (String part : query.split("&", -1)) {
      int equals = part.indexOf('=');
      text.append(text.isEmpty() ? "" : "&").append(part, 0, equals + 1);
      text.append(URLEncoder.encode(part.substring(equals + 1), StandardCharsets.UTF_8));
    }
    return text.toString();
  }

  /**
   * @return how many events came
   */
  private int ask(String path) throws Exception {
    Target.Answer answer = target.get(path);
    if (answer.status() != 200) {
      throw new IllegalStateException(path + " answered " + answer.status() + ": " + answer.body());
    }
    JsonNode events =
        target.json().readTree(answer.body()).at("/epcisBody/queryResults/resultsBody/eventList");
    if (!events.isArray() || events.size() > PER_PAGE) {
      throw new IllegalStateException(path + " answered no page of events");
    }
    return events.size();
  }

  /** Sends the bench's events; those that an earlier run stored are recognised as the same. */
  private void load() throws Exception {
    if (ask("/epcis/events?" + encoded("EQ_eventID=" + QueryEvents.id(stored - 1))) > 0) {
      System.err.println("the bench's events are stored already");
      return;
    }
    long begin = System.nanoTime();
    Load.run(
        (stored + EVENTS_PER_DOCUMENT - 1) / EVENTS_PER_DOCUMENT,
        4,
        index -> {
          Documents.store(
              target, QueryEvents.document(index * EVENTS_PER_DOCUMENT, EVENTS_PER_DOCUMENT));
          if (index % 100 == 0) {
            System.err.printf(
                Locale.ROOT,
                "stored %,d of %,d events, %.0f s%n",
                index * EVENTS_PER_DOCUMENT,
                stored,
                (System.nanoTime() - begin) / 1e9);
          }
        });
  }
}
