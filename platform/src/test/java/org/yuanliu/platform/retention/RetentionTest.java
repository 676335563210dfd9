package org.yuanliu.platform.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.yuanliu.platform.retention.RetentionWorld.BEGIN;
import static org.yuanliu.platform.retention.RetentionWorld.event;
import static org.yuanliu.platform.retention.RetentionWorld.json;
import static org.yuanliu.platform.retention.RetentionWorld.path;
import static org.yuanliu.platform.retention.RetentionWorld.unit;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.yuanliu.industry.Level;
import org.yuanliu.platform.ServerSettings;
import org.yuanliu.platform.access.Permission;
import org.yuanliu.platform.access.ViewerKind;
import org.yuanliu.platform.journal.EntryRanges;
import org.yuanliu.platform.journal.EntryRanges.Range;
import org.yuanliu.platform.journal.Rebuild;
import org.yuanliu.platform.journal.TreeCheck;
import tools.jackson.databind.JsonNode;

/** Six years of a small history, told by a clock that the test moves. */
class RetentionTest {
  private static final int MONTHS = 72;

  /** A month that a case holds. */
  private static final int HELD = 5;

  private static final Map<Level, String> LAST_WORDS =
      Map.of(
          Level.COMPLETE, "来路完整",
          Level.INCOMPLETE, "来路有缺口",
          Level.PROBLEM, "记录有问题",
          Level.UNKNOWN, "无法判断来路");

  @Test
  void sixYears() throws Exception {
    try (RetentionWorld world = RetentionWorld.open()) {
      pass(world);
    }
  }

  private void pass(RetentionWorld world) throws Exception {
    RetentionJob job = world.job();
    JdbcClient jdbc = world.jdbc();
    String security =
        world.key("urn:yuanliu:test:security", ViewerKind.OPERATOR, EnumSet.of(Permission.SECURE));
    HttpResponse<String> hold =
        world.post(
            "/api/v1/holds",
            security,
            """
            {"kind": "unit", "target": "%s", "reference": "C-1", "reason": "事故调查",
             "law": "安全生产法第八十六条"}\
            """
                .formatted(unit(1, HELD)));
    assertThat(hold.statusCode()).as(hold.body()).isEqualTo(201);

    List<Long> explosives = new ArrayList<>();
    List<Long> earths = new ArrayList<>();
    List<Long> lifts = new ArrayList<>();
    long dropped = 0;
    for (int month = 0; month < MONTHS; month++) {
      world.moveTo(BEGIN.plusMonths(month));
      dropped += job.run().dropped();
      explosives.add(world.store(1, month, "dangerous-goods"));
      earths.add(world.store(2, month, "rare-earths"));
      lifts.add(world.store(3, month, "special-equipment"));
    }
    world.moveTo(BEGIN.plusMonths(MONTHS).minusDays(1));
    dropped += job.run().dropped();

    // Two years and five are over for these months; what is kept for ever stays.
    int overTwo = MONTHS - 24;
    int overFive = MONTHS - 60;
    List<Long> gone = new ArrayList<>(explosives.subList(0, overTwo));
    gone.remove(explosives.get(HELD));
    gone.addAll(earths.subList(0, overFive));
    List<Long> kept =
        jdbc.sql("select position from entry where kind = 1 order by position")
            .query(Long.class)
            .list();
    List<Long> expected = new ArrayList<>();
    expected.addAll(explosives);
    expected.addAll(earths);
    expected.addAll(lifts);
    expected.removeAll(gone);
    assertThat(kept).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(dropped).isEqualTo(gone.size());
    List<Range> ranges = world.bean(EntryRanges.class).all();
    assertThat(ranges).hasSizeBetween(MONTHS - 2, MONTHS + 2);
    assertThat(ranges.stream().filter(Range::isOpen)).hasSize(1);
    assertThat(world.acts()).isEqualTo(gone.size());

    world.assertSound(gone.size());
    answers(world, explosives);
    world.bean(Rebuild.class).rebuild();
    world.assertSound(gone.size());
    answers(world, explosives);

    // The case is over: the next run takes what it held.
    assertThat(
            world
                .post(
                    "/api/v1/holds/" + json(hold).get("id").asString() + "/lifting",
                    security,
                    "{\"reason\": \"结案\", \"law\": \"安全生产法第八十六条\"}")
                .statusCode())
        .isEqualTo(200);
    assertThat(job.run().dropped()).isEqualTo(1);
    assertThat(job.run().dropped()).isZero();
    world.assertSound(gone.size() + 1);

    String operator =
        world.key(
            "urn:yuanliu:test:operator", ViewerKind.OPERATOR, EnumSet.of(Permission.ADMINISTER));
    JsonNode report = json(world.get("/api/v1/retention", operator));
    assertThat(report.get("drops").booleanValue()).isTrue();
    assertThat(report.toString()).contains("two_years", "five_years", "forever");

    // Whoever takes a row more than the acts say is found out, though its range is named.
    jdbc.sql("delete from entry where position = :at").param("at", lifts.getFirst()).update();
    assertThat(world.bean(TreeCheck.class).check())
        .isInstanceOfSatisfying(
            TreeCheck.Broken.class,
            broken -> assertThat(broken.what()).contains("more entries are missing"));
  }

  private static void answers(RetentionWorld world, List<Long> explosives) {
    HttpResponse<String> old = world.get(path(1, 0), "");
    assertThat(old.statusCode()).isEqualTo(410);
    assertThat(old.body()).contains("已过保存期", "2026年12月15日", "two_years", "民用爆炸物品安全管理条例");
    // What the page said last, and on which day: that of a unit alike whose records are there yet.
    Level said = world.bean(LastVerdict.class).of(unit(1, MONTHS - 1)).orElseThrow();
    assertThat(old.body()).contains("销毁前最后一次核对是 2028年12月15日：", LAST_WORDS.get(said));
    assertThat(world.get(path(1, 0) + "?lang=en", "").body())
        .contains("retention", "Last checked before that on 15 Dec 2028: ")
        .doesNotContain("已过保存期");
    assertThat(world.get(path(1, MONTHS - 1), "").statusCode()).isEqualTo(200);
    assertThat(world.get(path(1, HELD), "").statusCode()).isEqualTo(200);
    assertThat(world.get(path(3, 0), "").statusCode()).isEqualTo(200);
    assertThat(world.get(path(9, 0), "").statusCode()).isEqualTo(404);
    String log = world.bean(ServerSettings.class).log();
    assertThat(world.get("/ledger/" + log + "/proof/" + explosives.getFirst(), "").statusCode())
        .isEqualTo(200);
    assertThat(
            json(world.get("/epcis/events?perPage=1000", world.firm()))
                .findPath("eventList")
                .size())
        .isEqualTo((int) world.stored());
    // Sent again, what went is the same record still.
    HttpResponse<String> again =
        world.post("/epcis/events", world.firm(), event(1, 0, "dangerous-goods"));
    assertThat(again.statusCode()).as(again.body()).isIn(200, 201);
    assertThat(json(again).get("duplicate").booleanValue()).isTrue();
    assertThat(json(again).get("position").asLong()).isEqualTo(explosives.getFirst());
  }
}
