package org.yuanliu.platform.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuanliu.platform.journal.Entry;
import org.yuanliu.platform.journal.EntryKind;
import org.yuanliu.platform.journal.Journal;
import org.yuanliu.platform.opendata.OpenData;
import org.yuanliu.platform.registry.Registry;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The demonstration in the real server, by its real door. Long: it starts a database of its own, as
 * durable as in earnest, and sends some 3,000 events.
 */
final class DemoEndToEndTest {
  @TempDir Path folder;

  @Test
  void loadsOnceAndStays() throws Exception {
    try (LoadedDemo demo = LoadedDemo.start(folder)) {
      Journal journal = demo.bean(Journal.class);
      Map<EntryKind, Integer> entries = new HashMap<>();
      Map<String, String> reporterByPrincipal = new HashMap<>();
      journal.replay(
          0,
          batch -> {
            for (Entry entry : batch) {
              entries.merge(entry.draft().kind(), 1, Integer::sum);
              reporterByPrincipal.put(entry.draft().principal(), entry.draft().reporter());
            }
          });
      DemoOptions options = DemoFile.Progress.read(folder).orElseThrow().options();
      Stream<DemoDocument> others =
          Stream.concat(
                  new Industries(options).waves(0),
                  new ScriptedChains().waves(options.today(), options.now(), 0).stream())
              .flatMap(wave -> wave.documents().stream());
      long events =
          Stream.concat(DemoEvents.stream(options), others)
              .mapToLong(document -> document.events().size())
              .sum();
      assertThat(entries.get(EntryKind.EVENT)).isEqualTo((int) events);
      assertThat(entries.get(EntryKind.CATALOGUE)).isEqualTo(1);
      assertThat(journal.head().size())
          .isEqualTo(
              events + entries.get(EntryKind.REGISTRY_CHANGE) + entries.get(EntryKind.CATALOGUE));

      Cast cast = new Cast();
      Registry registry = demo.bean(Registry.class);
      for (Actor actor : cast.all()) {
        for (String code : actor.codes()) {
          assertThat(registry.party(code)).as(code).isPresent();
          assertThat(registry.party(code).orElseThrow().name(LocalDate.now(DemoOptions.OFFSET)))
              .isEqualTo(actor.name());
        }
      }
      Actor stall = cast.stalls.getFirst();
      assertThat(reporterByPrincipal).containsEntry(stall.id(), cast.retailMarket.id());

      assertIsOpenData(demo);

      JsonNode first = demo.file();
      long size = journal.head().size();
      demo.load(new DemoOptions(1, options.now().plusDays(3), 7));
      assertThat(journal.head().size()).isEqualTo(size);
      assertThat(demo.file()).isEqualTo(first);

      assertSignsIn(demo);
    }
  }

  /** The days that are over have figures, and some that are withheld. */
  private static void assertIsOpenData(LoadedDemo demo) throws Exception {
    assertThat(demo.bean(OpenData.class).publish()).isPositive();
    String set = "/api/v1/open-data/farm-products/retail_quantity";
    try (HttpClient http = HttpClient.newHttpClient()) {
      JsonNode periods = get(http, demo, set).path("periods");
      assertThat(periods.size()).isPositive();
      JsonNode table = get(http, demo, periods.path(0).path("url").asString() + "data.json");
      assertThat(table.path("cells").findValuesAsString("withheld"))
          .as(table.toPrettyString())
          .contains("true", "false");
    }
  }

  private static JsonNode get(HttpClient http, LoadedDemo demo, String path) throws Exception {
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(demo.baseUrl().resolve(path)).build(), BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JsonMapper.shared().readTree(answer.body());
  }

  /** Every account that has a password. */
  private static void assertSignsIn(LoadedDemo demo) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      for (JsonNode account : demo.file().get("accounts")) {
        if (account.get("password").isNull()) {
          continue;
        }
        String credentials =
            "{\"name\":%s,\"password\":%s}".formatted(account.get("name"), account.get("password"));
        HttpResponse<String> answer =
            http.send(
                HttpRequest.newBuilder(demo.baseUrl().resolve("/api/v1/session"))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(credentials))
                    .build(),
                BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(account.get("name").asString()).isEqualTo(200);
        assertThat(answer.body()).contains(account.get("party").asString());
      }
    }
  }
}
