package org.yuanliu.platform.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.yuanliu.platform.capture.TestEvents.document;
import static org.yuanliu.platform.capture.TestEvents.event;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What one may not see takes as long to be refused as what is not there: else a clock would tell
 * which codes are in use. Asked in turn, so that whatever else the machine does meets both.
 */
class HiddenTimesTest extends CaptureServer {
  private static final int CODES = 10;
  private static final int EVENTS_OF_EACH = 8;
  private static final int WARM_UPS = 20;
  private static final int ROUNDS = 60;

  /** A busy machine scatters single answers; that one median is twice the other is no scatter. */
  private static final double ALIKE = 2;

  private static final int TRIES = 3;

  @Test
  void hiddenCodesAreRefusedAsFastAsThoseThatNobodyKnows() {
    String owner = key(someParty());
    List<String> hidden = new ArrayList<>();
    List<String> ids = new ArrayList<>();
    for (int code = 0; code < CODES; code++) {
      String epc = "urn:uuid:" + UUID.randomUUID();
      String[] events =
          IntStream.range(0, EVENTS_OF_EACH)
              .mapToObj(hour -> event(id(ids), "2026-01-31T0" + hour + ":00:00+08:00", epc, ""))
              .toArray(String[]::new);
      assertThat(capture(owner, document(events)).get("success").booleanValue()).isTrue();
      hidden.add(epc);
    }
    List<String> absent =
        IntStream.range(0, CODES).mapToObj(i -> "urn:uuid:" + UUID.randomUUID()).toList();
    List<String> noIds =
        IntStream.range(0, CODES).mapToObj(i -> "urn:uuid:" + UUID.randomUUID()).toList();
    assertThat(get("/api/v1/trace/" + encoded(hidden.getFirst()), owner).statusCode())
        .isEqualTo(200);

    String stranger = key(someParty());
    alike(stranger, "trace", hidden, absent, code -> "/api/v1/trace/" + encoded(code));
    alike(stranger, "events", hidden, absent, code -> "/epcis/epcs/" + encoded(code) + "/events");
    alike(stranger, "event", ids.subList(0, CODES), noIds, id -> "/epcis/events/" + encoded(id));
    alike(stranger, "page", hidden, absent, code -> "/t/" + encoded(code));
  }

  private static String id(List<String> ids) {
    ids.add("urn:uuid:" + UUID.randomUUID());
    return ids.getLast();
  }

  private void alike(
      String key,
      String what,
      List<String> hidden,
      List<String> absent,
      UnaryOperator<String> path) {
    // What differs, differs each time; what a busy machine did to one measurement, it did once.
    double ratio = ratio(key, what, hidden, absent, path);
    for (int i = 1; i < TRIES && !isAlike(ratio); i++) {
      ratio = ratio(key, what, hidden, absent, path);
    }
    assertThat(isAlike(ratio)).as("%s: %.2f", what, ratio).isTrue();
  }

  private static boolean isAlike(double ratio) {
    return ratio > 1 / ALIKE && ratio < ALIKE;
  }

  private double ratio(
      String key,
      String what,
      List<String> hidden,
      List<String> absent,
      UnaryOperator<String> path) {
    List<Long> ofHidden = new ArrayList<>();
    List<Long> ofAbsent = new ArrayList<>();
    for (int round = -WARM_UPS; round < ROUNDS; round++) {
      int code = Math.floorMod(round, CODES);
      // Each first as often as the other.
      boolean hiddenFirst = Math.floorMod(round, 2) == 0;
      for (boolean isHidden : List.of(hiddenFirst, !hiddenFirst)) {
        String asked = path.apply(isHidden ? hidden.get(code) : absent.get(code));
        long begun = System.nanoTime();
        HttpResponse<String> answer = get(asked, key);
        long nanos = System.nanoTime() - begun;
        assertThat(answer.statusCode()).as(answer.body()).isIn(200, 404);
        if (round >= 0) {
          (isHidden ? ofHidden : ofAbsent).add(nanos);
        }
      }
    }
    double ratio = (double) median(ofHidden) / median(ofAbsent);
    System.out.printf(
        "%s: hidden %,d µs, absent %,d µs, ratio %.2f%n",
        what, median(ofHidden) / 1_000, median(ofAbsent) / 1_000, ratio);
    return ratio;
  }

  private static long median(List<Long> nanos) {
    return nanos.stream().sorted().toList().get(nanos.size() / 2);
  }
}
