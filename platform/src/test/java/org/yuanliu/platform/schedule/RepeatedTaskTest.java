package org.yuanliu.platform.schedule;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RepeatedTaskTest {
  private static final Duration PAUSE = Duration.ofMillis(1);
  private static final long PATIENT_S = 30;

  @Test
  void whatFailsIsTriedAgainUntilItIsStopped() throws InterruptedException {
    BlockingQueue<Thread> times = new LinkedBlockingQueue<>();
    AtomicInteger count = new AtomicInteger();
    RepeatedTask task =
        new RepeatedTask(
            "repeated",
            Duration.ZERO,
            PAUSE,
            () -> {
              times.add(Thread.currentThread());
              if (count.incrementAndGet() % 2 == 1) {
                throw new IllegalStateException("this time it fails");
              }
            });
    assertThat(task.isRunning()).isFalse();
    task.start();
    assertThat(task.isRunning()).isTrue();
    Thread thread = requireNonNull(times.poll(PATIENT_S, TimeUnit.SECONDS), "it did not begin");
    assertThat(thread.getName()).isEqualTo("repeated");
    for (int i = 0; i < 3; i++) {
      assertThat(times.poll(PATIENT_S, TimeUnit.SECONDS)).isSameAs(thread);
    }
    // A second start begins nothing beside it.
    task.start();
    assertThat(times.poll(PATIENT_S, TimeUnit.SECONDS)).isSameAs(thread);

    task.stop();
    assertThat(task.isRunning()).isFalse();
    assertThat(thread.join(Duration.ofSeconds(PATIENT_S))).isTrue();
    task.stop();

    task.start();
    times.clear();
    assertThat(times.poll(PATIENT_S, TimeUnit.SECONDS)).isNotNull();
    task.stop();
  }
}
