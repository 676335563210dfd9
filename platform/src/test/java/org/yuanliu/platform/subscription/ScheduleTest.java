package org.yuanliu.platform.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When schedules fall due (QuerySchedule), and when failures are tried again. */
class ScheduleTest {
  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

  /** 2026-03-04 is a Wednesday; times are those of the zone. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "hour=1;minute=5         | 2026-03-04T00:00:00 | 2026-03-04T01:05:00",
        "hour=1;minute=5         | 2026-03-04T01:05:00 | 2026-03-05T01:05:00",
        "second=0/30             | 2026-03-04T00:00:01 | 2026-03-04T00:00:30",
        "second=15               | 2026-03-04T00:00:15 | 2026-03-04T00:01:15",
        "minute=[10-12]          | 2026-03-04T00:10:00 | 2026-03-04T00:11:00",
        "minute=5,[20-21],40     | 2026-03-04T00:21:00 | 2026-03-04T00:40:00",
        "hour=[8-10]             | 2026-03-04T10:00:00 | 2026-03-05T08:00:00",
        "dayOfWeek=1             | 2026-03-04T00:00:00 | 2026-03-09T00:00:00",
        "dayOfWeek=7             | 2026-03-04T00:00:00 | 2026-03-08T00:00:00",
        "dayOfWeek=[6-7];hour=9  | 2026-03-07T09:00:00 | 2026-03-08T09:00:00",
        "dayOfMonth=31           | 2026-04-01T00:00:00 | 2026-05-31T00:00:00",
        "month=2;dayOfMonth=29   | 2026-03-04T00:00:00 | 2028-02-29T00:00:00",
        "month=6                 | 2026-03-04T00:00:00 | 2026-06-01T00:00:00",
        "dayOfMonth=1;dayOfWeek=1 | 2026-03-04T00:00:00 | 2026-06-01T00:00:00",
        "second=*                | 2026-03-04T00:00:00 | 2026-03-04T00:00:01",
        "minute=*/15             | 2026-03-04T00:01:00 | 2026-03-04T00:15:00"
      })
  void falls(String fields, String after, String due) {
    assertThat(new Schedule(fields(fields)).next(at(after), ZONE)).hasValue(at(due));
  }

  @ParameterizedTest
  @CsvSource({
    "second=60",
    "minute=-1",
    "minute=[5-3]",
    "hour=24",
    "dayOfMonth=0",
    "dayOfMonth=32",
    "month=13",
    "dayOfWeek=0",
    "dayOfWeek=8",
    "dayOfWeek=MON",
    "hour=",
    "hour=1 2",
    "'hour=1,'",
    "hour=[1-2",
    "hour=?",
    "dayOfMonth=L",
    "dayOfMonth=30;month=2",
    "week=1",
    "second=1;week=1"
  })
  void refuses(String fields) {
    assertThatThrownBy(() -> new Schedule(fields(fields)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void takesFieldsOfSomeLengthOnly() {
    String most = "1,".repeat(99) + "10";
    assertThat(most).hasSize(Schedule.MAX_FIELD);
    new Schedule(Map.of("second", most));
    assertThatThrownBy(() -> new Schedule(Map.of("second", most + "1")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Schedule(Map.of())).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void pausesDoubleUpToTheLongest() {
    Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(10));
    RandomGenerator random = RandomGenerator.getDefault();
    for (int round = 0; round < 1_000; round++) {
      assertThat(backoff.after(1, random)).isBetween(Duration.ofMillis(500), Duration.ofSeconds(1));
      assertThat(backoff.after(4, random)).isBetween(Duration.ofSeconds(4), Duration.ofSeconds(8));
      assertThat(backoff.after(1_000_000, random))
          .isBetween(Duration.ofMinutes(5), Duration.ofMinutes(10));
    }
  }

  private static Map<String, String> fields(String text) {
    Map<String, String> fields = new TreeMap<>();
    for (String field : text.strip().split(";")) {
      int equals = field.indexOf('=');
      fields.put(field.substring(0, equals), field.substring(equals + 1));
    }
    return fields;
  }

  private static Instant at(String local) {
    return java.time.LocalDateTime.parse(local).atZone(ZONE).toInstant();
  }
}
