package org.yuanliu.platform.operations;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.yuanliu.platform.database.TestDatabase;
import org.yuanliu.platform.journal.JournalGrowth;
import org.yuanliu.platform.journal.StoredEntries;
import org.yuanliu.platform.operations.Storage.Day;
import org.yuanliu.platform.operations.Storage.Disk;
import org.yuanliu.platform.operations.Storage.Forecast;

class StorageForecastTest {
  private static final long GB = 1_000_000_000;

  private static List<Day> days(long... entries) {
    List<Day> days = new ArrayList<>();
    for (int i = 0; i < entries.length; i++) {
      days.add(new Day(LocalDate.of(2026, 11, 1).plusDays(i), entries[i]));
    }
    return days;
  }

  @Test
  void theForecastRestsOnTheLastSevenWholeDays() {
    Forecast forecast =
        Storage.forecast(
            1_000_000,
            2 * GB,
            days(9_999_999, 100, 100, 100, 100, 100, 100, 800, 0),
            new Disk(100 * GB, 10 * GB + 256_000, 256_000));
    assertThat(forecast.entriesADay()).isEqualTo(200);
    assertThat(forecast.bytesAnEntry()).isEqualTo(2_000);
    assertThat(forecast.bytesADay()).isEqualTo(400_000);
    assertThat(forecast.daysLeft()).isEqualTo(25_000);
  }

  @Test
  void daysBeforeTheFirstEntryAndTodayDoNotCount() {
    assertThat(Storage.forecast(40, 400, days(0, 0, 0, 10, 30, 7), null).entriesADay())
        .isEqualTo(20);
    // A day without trade counts once there was some.
    assertThat(Storage.forecast(40, 400, days(0, 40, 0, 5), null).entriesADay()).isEqualTo(20);
    // Only today: that is all that is known.
    assertThat(Storage.forecast(8, 80, days(0, 0, 8), null).entriesADay()).isEqualTo(8);
  }

  @Test
  void whatDoesNotGrowOrLiesElsewhereHasNoEnd() {
    assertThat(Storage.forecast(0, 100, days(0, 0), new Disk(9, 9, 1)).daysLeft()).isNull();
    assertThat(Storage.forecast(5, 100, days(5, 0), null).daysLeft()).isNull();
    // Below the reserve already.
    assertThat(Storage.forecast(5, 100, days(5, 0), new Disk(9, 1, 2)).daysLeft()).isZero();
  }

  @Test
  void theJournalsLengthAtATimeIsFound() {
    try (TestDatabase database = TestDatabase.open()) {
      Instant begin = Instant.now();
      StoredEntries.store(database, 0, 120);
      JdbcClient jdbc = JdbcClient.create(database.dataSource());
      // Three groups of fifty and less; each has a record time of its own.
      for (int group = 0; group < 3; group++) {
        jdbc.sql(
                """
                update entry set record_time = cast(:day as timestamptz)
                where position >= :from and position < :to
                """)
            .param("day", "2026-11-0" + (group + 1) + "T00:00:00Z")
            .param("from", group * 50)
            .param("to", group * 50 + 50)
            .update();
      }
      JournalGrowth growth = growth(jdbc);
      assertThat(growth.size()).isEqualTo(120);
      assertThat(growth.sizeAt(Instant.parse("2026-11-01T00:00:00Z"))).isZero();
      assertThat(growth.sizeAt(Instant.parse("2026-11-01T00:00:01Z"))).isEqualTo(50);
      assertThat(growth.sizeAt(Instant.parse("2026-11-02T00:00:01Z"))).isEqualTo(100);
      assertThat(growth.sizeAt(begin.plusSeconds(86_400))).isEqualTo(120);
      // Where entries were dropped, their place counts all the same.
      jdbc.sql("delete from entry where position between 10 and 40").update();
      assertThat(growth.sizeAt(Instant.parse("2026-11-01T00:00:01Z"))).isEqualTo(50);
    }
  }

  private static JournalGrowth growth(JdbcClient jdbc) {
    return org.yuanliu.platform.journal.TestJournal.growth(jdbc);
  }

  @Test
  void settingsTellTheirEffectAndHideWhatIsSecret() throws Exception {
    StandardEnvironment environment = new StandardEnvironment();
    environment
        .getPropertySources()
        .addFirst(
            new MapPropertySource(
                "commandLineArgs",
                java.util.Map.of(
                    "yuanliu.database.password",
                    "hunter2",
                    "yuanliu.database.url",
                    "jdbc:postgresql://u:hunter3@db/x?password=hunter4&ssl=true",
                    "server.port",
                    "9")));
    List<SettingsInForce.Setting> all = new SettingsInForce(environment).all();
    assertThat(all.toString()).doesNotContain("hunter");
    assertThat(all).extracting(SettingsInForce.Setting::name).doesNotHaveDuplicates();
    var port = one(all, "server.port");
    assertThat(port.value()).isEqualTo("9");
    assertThat(port.changed()).isTrue();
    assertThat(port.from()).isEqualTo("command line");
    assertThat(one(all, "yuanliu.database.password").value()).isEqualTo(SettingsInForce.MASK);
    assertThat(one(all, "yuanliu.database.url").value()).contains("db/x").contains("ssl=true");
    assertThat(one(all, "yuanliu.audit.keep").effect()).contains("Six months");
    assertThat(one(all, "yuanliu.packs.folder").effect()).startsWith("Industry packs beside");
    assertThat(one(all, "yuanliu.journal.group-entries").effect())
        .startsWith("A group commit takes");
  }

  @Test
  void everySettingTellsItsEffectInChinese() throws Exception {
    List<SettingsInForce.Setting> all = new SettingsInForce(new StandardEnvironment()).all();
    assertThat(all)
        .allSatisfy(
            one -> assertThat(one.effectZh()).as(one.name()).matches("(?s).*\\p{IsHan}.*。"));
    Properties chinese = new Properties();
    chinese.load(
        new StringReader(
            new ClassPathResource("settings_zh.properties").getContentAsString(UTF_8)));
    // Nothing is explained that is not there any more.
    assertThat(chinese.stringPropertyNames())
        .isSubsetOf(all.stream().map(SettingsInForce.Setting::name).toList());
  }

  private static SettingsInForce.Setting one(List<SettingsInForce.Setting> all, String name) {
    return all.stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
  }
}
