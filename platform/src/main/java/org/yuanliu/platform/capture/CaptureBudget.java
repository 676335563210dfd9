package org.yuanliu.platform.capture;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.BaseUnits;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.stereotype.Component;
import org.yuanliu.platform.binding.EpcisProblems;
import org.yuanliu.platform.problem.ProblemException;

/**
 * Room for documents in memory. A document holds its bytes' worth from the moment it is read until
 * its events are committed; who finds no room in time is told to come back. So memory stays bounded
 * however many send at once, and a slow database slows its senders.
 */
@Component
final class CaptureBudget {
  private final Semaphore free;
  private final long patienceMs;

  CaptureBudget(CaptureSettings settings, MeterRegistry meters) {
    this.free = new Semaphore(settings.inFlightBytes(), true);
    this.patienceMs = settings.patience().toMillis();
    Gauge.builder(
            "yuanliu.capture.in.flight",
            free,
            semaphore -> settings.inFlightBytes() - semaphore.availablePermits())
        .baseUnit(BaseUnits.BYTES)
        .description("documents being read or waiting for their commit")
        .register(meters);
  }

  /**
   * @throws ProblemException 503 where there was no room in time
   */
  Room take(int bytes) {
    try {
      if (!free.tryAcquire(bytes, patienceMs, TimeUnit.MILLISECONDS)) {
        throw EpcisProblems.busy();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw EpcisProblems.busy();
    }
    return new Room(bytes);
  }

  /** What one document holds. Closing twice gives back once. */
  final class Room implements AutoCloseable {
    private final AtomicInteger held;

    private Room(int bytes) {
      this.held = new AtomicInteger(bytes);
    }

    /** Gives back what is more than {@code bytes}. */
    void shrinkTo(int bytes) {
      int before = held.get();
      if (bytes < before && held.compareAndSet(before, bytes)) {
        free.release(before - bytes);
      }
    }

    @Override
    public void close() {
      free.release(held.getAndSet(0));
    }
  }
}
