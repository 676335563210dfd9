package org.yuanliu.platform.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressBarTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final AtomicLong now = new AtomicLong();

  @Test
  void aFileGetsALineEveryFiveSecondsWithTheTimeThatIsLeft() {
    ProgressBar bar = bar(false, " MB", 1_000_000);
    bar.begin(4_000_000_000L);
    bar.done(0);
    after(4);
    bar.done(100_000_000);
    assertThat(said()).isEmpty();
    after(1);
    bar.done(250_000_000);
    assertThat(said()).isEqualTo("  6.3 %  250 / 4,000 MB  50 MB/s  还需约 left about 0:01:15\n");
    after(1);
    bar.done(300_000_000);
    assertThat(said()).isEmpty();
    after(4);
    // Less was expected than there is.
    bar.done(5_000_000_000L);
    assertThat(said()).isEqualTo("100.0 %  5,000 / 5,000 MB  500 MB/s\n");
    assertThat(bar.end()).isEqualTo(Duration.ofSeconds(10));
    assertThat(said()).isEmpty();
  }

  @Test
  void aTerminalGetsOneLineThatChangesAndGoesAway() {
    ProgressBar bar = bar(true, "", 1);
    bar.begin(10_000_000);
    // What was cut off goes on in the middle: what was done before was not done that fast.
    bar.done(4_000_000);
    after(2);
    bar.done(5_000_000);
    assertThat(said())
        .isEqualTo(
            "\r[###############               ]  50.0 %  5,000,000 / 10,000,000  500,000/s"
                + "  还需约 left about 0:00:10\033[K");
    after(8);
    bar.done(10_000_000);
    String second = said();
    assertThat(second)
        .startsWith("\r[##############################] 100.0 %")
        .endsWith("\033[K")
        .doesNotContain("\n");
    var _ = bar.end();
    assertThat(said()).isEqualTo("\r\033[K");
  }

  @Test
  void ofNothingAllIsDone() {
    ProgressBar bar = bar(false, "", 1);
    bar.begin(0);
    after(6);
    bar.done(0);
    assertThat(said()).isEqualTo("100.0 %  0 / 0  0/s\n");
  }

  private ProgressBar bar(boolean terminal, String unit, long perUnit) {
    return new ProgressBar(new PrintStream(out, true, UTF_8), terminal, unit, perUnit, now::get);
  }

  private void after(long seconds) {
    now.addAndGet(Duration.ofSeconds(seconds).toNanos());
  }

  private String said() {
    String said = out.toString(UTF_8);
    out.reset();
    return said;
  }
}
