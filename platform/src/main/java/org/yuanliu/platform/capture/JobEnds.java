package org.yuanliu.platform.capture;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The jobs that this server took of late, in memory: who asks after one is answered without the
 * database, and may wait for its end instead of asking again and again. What is not here is asked
 * of the database, which has the truth.
 */
@Component
final class JobEnds {
  /** Of some hundred bytes each; more than are asked after between taking and end. */
  private static final int MAX_KEPT = 10_000;

  private final Cache<UUID, Watched> kept = Caffeine.newBuilder().maximumSize(MAX_KEPT).build();

  private record Watched(CaptureJob running, CompletableFuture<CaptureJob> ended) {}

  /** A job begins. */
  void begun(CaptureJob running) {
    kept.put(running.id(), new Watched(running, new CompletableFuture<>()));
  }

  /** It will not be worked on here after all. */
  void dropped(UUID id) {
    kept.invalidate(id);
  }

  /** A server that begins knows of none. */
  void clear() {
    kept.invalidateAll();
  }

  /** How a job ended, once that is stored. Long lists of errors are left to the database. */
  void ended(UUID id, CaptureJob.End end) {
    Watched watched = kept.getIfPresent(id);
    if (watched == null) {
      return;
    }
    watched.ended().complete(watched.running().endedBy(end));
    if (end instanceof CaptureJob.Done done && !done.errors().isEmpty()) {
      kept.invalidate(id);
    }
  }

  /**
   * The reporter's own job as it is now, or when it ends within the wait; empty where it is not
   * known here.
   */
  Optional<CaptureJob> find(UUID id, String reporter, Duration wait) {
    Watched watched = kept.getIfPresent(id);
    if (watched == null || !watched.running().reporter().equals(reporter)) {
      return Optional.empty();
    }
    @Nullable CaptureJob ended = watched.ended().getNow(null);
    if (ended != null || wait.isZero()) {
      return Optional.of(ended == null ? watched.running() : ended);
    }
    try {
      return Optional.of(watched.ended().get(wait.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      return Optional.of(watched.running());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of(watched.running());
    } catch (ExecutionException e) {
      throw new IllegalStateException("a job's end cannot fail", e);
    }
  }
}
