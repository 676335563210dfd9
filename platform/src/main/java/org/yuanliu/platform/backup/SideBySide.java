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
  /** One reads while the other digests. */
  private static final int LEAST_THREADS = 2;

  /** Beyond, one disk serves no faster; and each holds a connection of the database. */
  private static final int MOST_THREADS = 8;

  /** Threads of a backup: the cores are those of a server that goes on storing, too. */
  static final int OF_BACKUP =
      Math.clamp(Runtime.getRuntime().availableProcessors() / 2, LEAST_THREADS, MOST_THREADS);

  /** Threads of a restore: nobody else is there. */
  static final int OF_RESTORE =
      Math.clamp(Runtime.getRuntime().availableProcessors(), LEAST_THREADS, MOST_THREADS);

  private SideBySide() {}

  /**
   * Runs all, begun in their order.
   *
   * @param most that run at a time
   * @return their results in the same order
   * @throws IOException as the first that failed threw it; those that were not begun are left out
   * @throws SQLException in the same way
   */
  static <T> List<T> run(int most, List<Callable<T>> tasks) throws IOException, SQLException {
    try (ExecutorService threads =
        Executors.newFixedThreadPool(
            most, Thread.ofPlatform().daemon().name("backup-", 0).factory())) {
      List<Future<T>> running = tasks.stream().map(threads::submit).toList();
      List<T> results = new ArrayList<>();
      try {
        for (Future<T> one : running) {
          results.add(one.get());
        }
      } catch (ExecutionException e) {
        running.forEach(one -> one.cancel(true)); // who reads or writes a file ends at once
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
