package org.yuanliu.platform.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.yuanliu.epcis.Limits;
import org.yuanliu.platform.problem.ProblemException;

/** Room for documents: bounded, waited for, given back once. */
class CaptureBudgetTest {
  private static final int ROOM = 10_000;

  /** Longer than a loaded machine leaves a thread alone; only a failing test waits so long. */
  private static final Duration PATIENT = Duration.ofSeconds(30);

  private static final Duration IMPATIENT = Duration.ofMillis(200);

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  @Test
  void whatIsClosedIsGivenBackOnce() {
    CaptureBudget budget = budget(IMPATIENT);
    CaptureBudget.Room first = budget.take(ROOM);
    assertThat(inFlight()).isEqualTo(ROOM);
    first.close();
    first.close();
    assertThat(inFlight()).isZero();

    CaptureBudget.Room again = budget.take(ROOM);
    assertThat(inFlight()).isEqualTo(ROOM);
    again.close();
  }

  @Test
  void whatWasTakenTooMuchIsGivenBackAtOnce() {
    CaptureBudget budget = budget(IMPATIENT);
    CaptureBudget.Room room = budget.take(ROOM);
    room.shrinkTo(1);
    room.shrinkTo(5);
    assertThat(inFlight()).isEqualTo(1);
    budget.take(ROOM - 1).close();
    room.close();
    room.shrinkTo(0);
    assertThat(inFlight()).isZero();
  }

  @Test
  void whoFindsNoRoomWaitsUntilThereIsSome() throws Exception {
    CaptureBudget budget = budget(PATIENT);
    CaptureBudget.Room held = budget.take(1);
    CountDownLatch asking = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      CompletableFuture<CaptureBudget.Room> waiting =
          CompletableFuture.supplyAsync(
              () -> {
                asking.countDown();
                return budget.take(ROOM);
              },
              threads);
      asking.await();
      Thread.sleep(IMPATIENT);
      assertThat(waiting).isNotDone();
      held.close();
      waiting.get(PATIENT.toSeconds(), TimeUnit.SECONDS).close();
    }
    assertThat(inFlight()).isZero();
  }

  @Test
  void whoFindsNoRoomInTimeIsToldToComeBack() {
    CaptureBudget budget = budget(IMPATIENT);
    CaptureBudget.Room held = budget.take(ROOM);
    long begun = System.nanoTime();
    assertThatThrownBy(() -> budget.take(1))
        .isInstanceOfSatisfying(
            ProblemException.class,
            refusal -> assertThat(refusal.problem().status()).isEqualTo(503));
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(IMPATIENT);
    assertThat(inFlight()).isEqualTo(ROOM);
    held.close();
    budget.take(1).close();
  }

  private double inFlight() {
    return meters.get("yuanliu.capture.in.flight").gauge().value();
  }

  private CaptureBudget budget(Duration patience) {
    return new CaptureBudget(
        new CaptureSettings(
            ROOM,
            Limits.DEFAULT_MAX_EVENTS,
            Limits.DEFAULT_MAX_DEPTH,
            Limits.DEFAULT_MAX_STRING_LENGTH,
            Limits.DEFAULT_MAX_UNITS_PER_EVENT,
            ROOM,
            patience,
            false),
        meters);
  }
}
