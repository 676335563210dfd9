package org.yuanliu.platform.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.MessageDigest;
import java.time.LocalDateTime;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.yuanliu.codes.CodeReader;
import org.yuanliu.codes.Divisions;
import org.yuanliu.codes.Reading;
import org.yuanliu.epcis.CbvVersion;
import org.yuanliu.epcis.EventHash;
import org.yuanliu.epcis.UnitMention;
import org.yuanliu.platform.demo.History.Told;

final class DemoEventsTest {
  private static final LocalDateTime NOON = LocalDateTime.of(2026, 11, 20, 12, 0);
  private static final DemoOptions SMALL = new DemoOptions(0.02, NOON, DemoOptions.DEFAULT_SEED);

  @Test
  void equalOptionsGiveEqualBytes() throws Exception {
    assertThat(digest(SMALL)).isEqualTo(digest(SMALL));
  }

  @Test
  void anotherSeedOrTimeGivesOthers() throws Exception {
    assertThat(digest(new DemoOptions(0.02, NOON, 7))).isNotEqualTo(digest(SMALL));
    assertThat(digest(new DemoOptions(0.02, NOON.plusHours(3), SMALL.seed())))
        .isNotEqualTo(digest(SMALL));
  }

  @Test
  void aDefaultDemonstrationHasAbout50_000Events() {
    DemoOptions options = new DemoOptions(1, NOON, DemoOptions.DEFAULT_SEED);
    Map<String, Long> byStep =
        History.of(options).told.stream()
            .collect(
                Collectors.groupingBy(
                    told -> String.valueOf(told.event().bizStep()),
                    TreeMap::new,
                    Collectors.counting()));

    long all = byStep.values().stream().mapToLong(Long::longValue).sum();
    assertThat(all).isBetween(42_000L, 60_000L);
    assertThat(byStep.get(ChainCheck.RETAIL_SELLING)).isGreaterThan(all * 9 / 10);
    // Every kind of event of the convention is there, losses included.
    assertThat(byStep.keySet().stream().map(step -> step.replaceAll(".*BizStep-", "")))
        .containsExactlyInAnyOrder(
            "commissioning",
            "shipping",
            "loading",
            "unloading",
            "receiving",
            "lairage",
            "harmless_disposal",
            "slaughtering",
            "selling",
            "market_entry",
            "rapid_testing",
            "retail_selling",
            "sample_keeping");
  }

  @Test
  void theScaleMakesDaysFullerAndThenMore() {
    assertThat(new DemoOptions(0.1, NOON, 1).days()).isEqualTo(5);
    assertThat(new DemoOptions(1, NOON, 1).days()).isEqualTo(5);
    assertThat(new DemoOptions(3, NOON, 1).days()).isEqualTo(15);
    assertThat(DemoEvents.stream(SMALL).mapToLong(d -> d.events().size()).sum())
        .isLessThan(
            DemoEvents.stream(new DemoOptions(0.2, NOON, 1))
                .mapToLong(d -> d.events().size())
                .sum());
    assertThatThrownBy(() -> new DemoOptions(0, NOON, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new DemoOptions(DemoOptions.MAX_SCALE + 1, NOON, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new DemoOptions(Double.NaN, NOON, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void nothingLiesInTheFuture() {
    History history = History.of(SMALL);

    assertThat(history.told)
        .allSatisfy(
            told ->
                assertThat(told.event().eventTime()).isBefore(NOON.toInstant(DemoOptions.OFFSET)));
    assertThat(history.papers).allSatisfy(paper -> assertThat(paper.issuedAt()).isBefore(NOON));
    // The newest is fresh, and there is something on the road.
    assertThat(history.told)
        .anySatisfy(
            told ->
                assertThat(told.event().eventTime())
                    .isAfter(NOON.minusMinutes(30).toInstant(DemoOptions.OFFSET)));
  }

  @Test
  void everyCodeIsValid() {
    History history = History.of(SMALL);
    CodeReader reader = CodeReader.of(Divisions.standard());

    Set<String> uris =
        history.told.stream()
            .flatMap(told -> told.event().units().stream())
            .map(UnitMention::canonical)
            .collect(Collectors.toSet());
    for (Told told : history.told) {
      uris.add(told.reporter());
      uris.add(told.principal());
      told.event().sources().forEach(source -> uris.add(source.id()));
      told.event().destinations().forEach(destination -> uris.add(destination.id()));
      if (told.event().readPoint() != null) {
        uris.add(told.event().readPoint());
      }
    }
    history.demo.cast().all().forEach(actor -> uris.addAll(actor.codes()));

    assertThat(uris).isNotEmpty();
    for (String uri : uris) {
      assertThat(reader.read(uri, NOON.toLocalDate()))
          .as(uri)
          .isInstanceOfSatisfying(
              Reading.Found.class, found -> assertThat(found.code().canonical()).isEqualTo(uri));
    }
  }

  @Test
  void everyEventIsAnEventOfItsOwn() {
    History history = History.of(SMALL);

    Set<String> hashes =
        history.told.stream()
            .map(told -> EventHash.of(told.event(), CbvVersion.values()[0]))
            .collect(Collectors.toSet());
    assertThat(hashes).hasSameSizeAs(history.told);
  }

  @Test
  void documentsHoldAboutAHundredEvents() {
    List<Integer> sizes =
        DemoEvents.stream(new DemoOptions(0.3, NOON, 1)).map(d -> d.events().size()).toList();

    assertThat(sizes).allSatisfy(size -> assertThat(size).isBetween(1, 100));
    assertThat(sizes.stream().filter(size -> size == 100).count()).isGreaterThan(20);
  }

  @Test
  void examplesAreThere() {
    History history = History.of(SMALL);

    assertThat(history.demo.examples())
        .containsOnlyKeys(
            "pork receipt",
            "vegetable receipt",
            "supermarket pork",
            "canteen",
            "inferred counter",
            "pig ear tag",
            "slaughter batch",
            "lorry");
    Set<String> plain =
        history.byUnit.keySet().stream().map(DemoEvents::plain).collect(Collectors.toSet());
    assertThat(plain).containsAll(history.demo.examples().values());
  }

  private static String digest(DemoOptions options) throws Exception {
    MessageDigest sha = MessageDigest.getInstance("SHA-256");
    new DemoEvents(options)
        .waves()
        .forEach(
            wave -> {
              sha.update(
                  wave.papers().toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
              wave.documents().forEach(document -> sha.update(document.json()));
            });
    return HexFormat.of().formatHex(sha.digest());
  }
}
