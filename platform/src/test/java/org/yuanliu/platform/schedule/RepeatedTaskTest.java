package org.yuanliu.platform.schedule;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
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

  @Test
  void whatHasBegunComesToItsEndWhenItIsStoppedAndIsCutOffWhenItIsInterrupted()
      throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(2);
    CountDownLatch go = new CountDownLatch(1);
    BlockingQueue<String> ends = new LinkedBlockingQueue<>();
    RepeatedTask.Work work =
        () -> {
          begun.countDown();
          try {
            go.await();
            ends.add("came to its end");
          } catch (InterruptedException e) {
            ends.add("was cut off");
            throw e;
          }
        };
    RepeatedTask stopped = new RepeatedTask("stopped", Duration.ZERO, PAUSE, work);
    RepeatedTask interrupted = new RepeatedTask("interrupted", Duration.ZERO, PAUSE, work);
    stopped.start();
    interrupted.start();
    assertThat(begun.await(PATIENT_S, TimeUnit.SECONDS)).isTrue();

    stopped.stop();
    interrupted.interrupt(Duration.ofSeconds(PATIENT_S));
    assertThat(interrupted.isRunning()).isFalse();
    // It was waited for: what it says is there.
    assertThat(ends).containsExactly("was cut off");
    ends.clear();
    go.countDown();
    assertThat(ends.poll(PATIENT_S, TimeUnit.SECONDS)).isEqualTo("came to its end");
    interrupted.interrupt(Duration.ZERO);
  }

  @Test
  void whoHearsNoInterruptIsNotWaitedForBeyondPatience() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    AtomicBoolean go = new AtomicBoolean();
    CountDownLatch ended = new CountDownLatch(1);
    RepeatedTask deaf =
        new RepeatedTask(
            "deaf",
            Duration.ZERO,
            PAUSE,
            () -> {
              begun.countDown();
              while (!go.get()) {
                Thread.onSpinWait();
              }
              ended.countDown();
            });
    deaf.start();
    assertThat(begun.await(PATIENT_S, TimeUnit.SECONDS)).isTrue();
    deaf.interrupt(Duration.ofMillis(20));
    assertThat(deaf.isRunning()).isFalse();
    assertThat(ended.getCount()).isEqualTo(1);
    go.set(true);
    assertThat(ended.await(PATIENT_S, TimeUnit.SECONDS)).isTrue();
  }
}
