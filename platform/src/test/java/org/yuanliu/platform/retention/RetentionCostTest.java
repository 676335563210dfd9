package org.yuanliu.platform.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.yuanliu.platform.retention.RetentionWorld.BEGIN;
import static org.yuanliu.platform.retention.RetentionWorld.send;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What capture pays while records are dropped: documents one after the other, a round without and a
 * round while the job takes a range away, in turn, in one run. Printed, not judged: figures by the
 * clock of a busy machine tell nothing.
 */
class RetentionCostTest {
  private static final int RANGES = Integer.getInteger("retention.ranges", 4);
  private static final int EVENTS_A_RANGE = Integer.getInteger("retention.events", 20_000);
  private static final int EVENTS_A_DOCUMENT = 500;

  /** Of a round without. */
  private static final int DOCUMENTS = 20;

  private int drawn;

  @Test
  @Tag("long")
  void captureWhileRecordsAreDropped() throws Exception {
    try (RetentionWorld world = RetentionWorld.open("--yuanliu.retention.verdicts=false")) {
      for (int month = 0; month < RANGES; month++) {
        world.moveTo(BEGIN.plusMonths(month));
        assertThat(world.job().run().dropped()).isZero();
        for (int i = 0; i < EVENTS_A_RANGE / EVENTS_A_DOCUMENT; i++) {
          store(world, "dangerous-goods");
        }
      }
      world.moveTo(BEGIN.plusMonths(RANGES));
      assertThat(world.job().run().dropped()).isZero();
      List<Double> without = new ArrayList<>();
      List<Double> with = new ArrayList<>();
      double longest = 0;
      long dropped = 0;
      try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
        // A cut lies a little ahead of what is stored, so a range ends with records of the month
        // after and is over with those; the last one, which is followed by others, with its own.
        for (int step = 0; step < Math.max(1, RANGES - 1); step++) {
          for (int i = 0; i < DOCUMENTS; i++) {
            without.add(store(world, "special-equipment"));
          }
          world.moveTo(BEGIN.plusMonths(25L + step).plusDays(1));
          long begin = System.nanoTime();
          Future<RetentionJob.Run> running = thread.submit(() -> world.job().run());
          do {
            double took = store(world, "special-equipment");
            with.add(took);
            longest = Math.max(longest, took);
          } while (!running.isDone());
          long gone = running.get().dropped();
          assertThat(gone).isPositive();
          dropped += gone;
          System.out.printf(
              Locale.ROOT,
              "step %d: %d entries dropped in %.1f s%n",
              step,
              gone,
              (System.nanoTime() - begin) / 1e9);
        }
      }
      System.out.printf(
          Locale.ROOT,
          "capture of %d events: %.0f ms without, %.0f ms while a range is dropped (medians of %d"
              + " and %d), ratio %.2f; longest %.0f ms%n",
          EVENTS_A_DOCUMENT,
          median(without),
          median(with),
          without.size(),
          with.size(),
          median(with) / median(without),
          longest);
      assertThat(dropped).isEqualTo((long) RANGES * EVENTS_A_RANGE);
      world.assertSound(dropped);
    }
  }

  /** Milliseconds until the document's events are stored. */
  private double store(RetentionWorld world, String pack) {
    StringBuilder events = new StringBuilder();
    for (int i = 0; i < EVENTS_A_DOCUMENT; i++) {
      events
          .append(i == 0 ? "" : ",")
          .append(
              """
              {"type": "ObjectEvent", "eventTime": "%s", "eventTimeZoneOffset": "+08:00",
               "action": "OBSERVE", "bizStep": "storing", "yl:industry": "%s",
               "epcList": ["https://id.gs1.org/01/09521234543213/21/c%d"]}\
              """
                  .formatted(BEGIN.toInstant(), pack, drawn++));
    }
    String document =
        """
        {"@context": ["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",
                      {"yl": "https://yuanliu.org/ns/"}],
         "type": "EPCISDocument", "schemaVersion": "2.0", "creationDate": "%s",
         "epcisBody": {"eventList": [%s]}}\
        """
            .formatted(BEGIN.toInstant(), events);
    long begin = System.nanoTime();
    HttpResponse<String> taken =
        send(
            world
                .request("/epcis/capture", world.firm())
                .header("Content-Type", "application/ld+json")
                .POST(BodyPublishers.ofString(document)));
    assertThat(taken.statusCode()).as(taken.body()).isEqualTo(202);
    String job = taken.headers().firstValue("Location").orElseThrow();
    HttpResponse<String> told;
    do {
      told = send(world.request(job, world.firm()).header("Prefer", "wait=10").GET());
    } while (told.body().contains("\"running\":true"));
    assertThat(told.body()).contains("\"success\":true");
    return (System.nanoTime() - begin) / 1e6;
  }

  private static double median(List<Double> values) {
    List<Double> sorted = new ArrayList<>(values);
    Collections.sort(sorted);
    return sorted.get(sorted.size() / 2);
  }
}
