package org.yuanliu.platform.backup;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Tasks that run several at a time. */
final class SideBySide {
  /**
   * Threads of a backup or restore: one reads while the other digests. More would take the cores
   * from the server that goes on storing.
   */
  static final int THREADS = 2;

  private SideBySide() {}

  /**
   * Runs all, begun in their order.
   *
   * @return their results in the same order
   * @throws IOException as the first that failed threw it; those that were not begun are left out
   * @throws SQLException in the same way
   */
  static <T> List<T> run(List<Callable<T>> tasks) throws IOException, SQLException {
    try (ExecutorService threads =
        Executors.newFixedThreadPool(
            THREADS, Thread.ofPlatform().daemon().name("backup-", 0).factory())) {
      List<Future<T>> running = tasks.stream().map(threads::submit).toList();
      List<T> results = new ArrayList<>();
      try {
        for (Future<T> one : running) {
          results.add(one.get());
        }
      } catch (ExecutionException e) {
        running.forEach(one -> one.cancel(false));
        throw asThrown(requireNonNull(e.getCause()));
      } catch (InterruptedException e) {
        running.forEach(one -> one.cancel(true));
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted");
      }
      return results;
    }
  }

  private static IOException asThrown(Throwable cause) throws SQLException {
    return switch (cause) {
      case IOException io -> io;
      case SQLException sql -> throw sql;
      case RuntimeException runtime -> throw runtime;
      case Error error -> throw error;
      default -> throw new IllegalStateException(cause);
    };
  }
}
