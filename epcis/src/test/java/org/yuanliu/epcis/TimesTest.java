package org.yuanliu.epcis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-11-20T05:31:07Z",
        "2024-02-29T23:59:59.999999999+14:00",
        "2000-02-29T00:00:00-00:00",
        "0001-01-01T00:00:00.1-14:00",
        "9999-12-31T23:59:59Z",
        "1969-12-31T23:59:59.5+00:30"
      })
  void agreesWithTheJdk(String text) {
    assertThat(Times.parse(text))
        .isEqualTo(OffsetDateTime.parse(text.replace("-00:00", "Z")).toInstant());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2026-11-20",
        "2026-11-20T05:31:07",
        "2026-11-20T05:31Z",
        "2026-11-20 05:31:07Z",
        "2026-11-20t05:31:07z",
        "2026-11-20T05:31:07.Z",
        "2026-11-20T05:31:07.1",
        "2026-11-20T05:31:07+08",
        "2026-11-20T05:31:07+0800",
        "2026-11-20T05:31:07+15:00",
        "2026-11-20T05:31:07+14:01",
        "2026-11-20T05:31:07+08:60",
        "2026-11-20T05:31:07ZZ",
        "2026-11-20T05:31:07,5Z",
        "2026-11-20T24:00:00Z",
        "2026-11-20T23:60:00Z",
        "2026-11-20T23:59:60Z",
        "2026-13-20T05:31:07Z",
        "2026-00-20T05:31:07Z",
        "2026-02-29T05:31:07Z",
        "1900-02-29T05:31:07Z",
        "2026-04-31T05:31:07Z",
        "0000-01-01T05:31:07Z",
        "-026-11-20T05:31:07Z",
        "２026-11-20T05:31:07Z",
        "12026-11-20T05:31:07Z"
      })
  void refusesWhatIsNoTimeWithZone(String text) {
    assertThat(Times.parse(text)).isNull();
  }

  @Test
  void digitsBeyondTheNinthAreDropped() {
    assertThat(Times.parse("2026-11-20T05:31:07.1234567899999Z"))
        .isEqualTo(Instant.parse("2026-11-20T05:31:07.123456789Z"));
  }

  @ParameterizedTest
  @CsvSource({
    "+08:00, true", "-14:00, true", "+14:00, true", "+00:00, true", "+13:59, true",
    "Z, false", "+8:00, false", "08:00, false", "+14:01, false", "+15:00, false",
    "+08:60, false", "+0800, false", "+08:000, false", "*08:00, false"
  })
  void offsets(String text, boolean valid) {
    assertThat(Times.isOffset(text)).isEqualTo(valid);
  }

  @ParameterizedTest
  @CsvSource({
    "2023-02-02T11:04:03.1415Z, 2023-02-02T11:04:03.142Z",
    "2023-02-02T11:04:03.1414999Z, 2023-02-02T11:04:03.141Z",
    "1969-12-31T23:59:59.9995Z, 1970-01-01T00:00:00.000Z",
    "0001-01-01T00:00:00Z, 0001-01-01T00:00:00.000Z"
  })
  void writesMilliseconds(String instant, String written) {
    PreHashText out = new PreHashText();
    Times.appendMillis(out, Instant.parse(instant));
    assertThat(out).hasToString(written);
  }
}
