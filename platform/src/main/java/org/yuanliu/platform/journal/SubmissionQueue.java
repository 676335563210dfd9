package org.yuanliu.platform.journal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * What waits for the writer: bounded in number and in bytes, so that a database that is slow or
 * gone fills neither memory nor the clients' patience.
 */
final class SubmissionQueue {
  private static final int KILOBYTE = 1024;

  /** Stored bytes after which a group takes no further submission: one transaction of them. */
  static final long GROUP_BYTES = 16L * 1024 * 1024;

  private final LinkedBlockingQueue<Pending> queue;
  private final Semaphore kilobytes;
  private final int maxKilobytes;
  private final Duration wait;
  private final int groupEntries;
  private volatile boolean closed;

  SubmissionQueue(int maxSubmissions, int maxMegabytes, Duration wait, int groupEntries) {
    queue = new LinkedBlockingQueue<>(maxSubmissions);
    maxKilobytes = Math.multiplyExact(maxMegabytes, KILOBYTE);
    kilobytes = new Semaphore(maxKilobytes);
    this.wait = wait;
    this.groupEntries = groupEntries;
  }

  /**
   * Puts a submission at the end.
   *
   * @return false if there is no place for it in time, or the journal is stopping
   */
  boolean offer(Pending pending) throws InterruptedException {
    long deadline = System.nanoTime() + wait.toNanos();
    if (closed || !kilobytes.tryAcquire(weight(pending), wait.toNanos(), TimeUnit.NANOSECONDS)) {
      return false;
    }
    boolean taken = false;
    try {
      taken = queue.offer(pending, deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
    } finally {
      if (!taken) {
        kilobytes.release(weight(pending));
      }
    }
    if (taken && closed && queue.remove(pending)) {
      // It came after the writer had cleared up: nobody would ever answer it.
      kilobytes.release(weight(pending));
      return false;
    }
    return taken;
  }

  /** What waits, up to a group; empty if nothing comes in time. */
  List<Pending> take(Duration limit) throws InterruptedException {
    List<Pending> group = new ArrayList<>();
    Pending next = queue.poll(limit.toNanos(), TimeUnit.NANOSECONDS);
    int entries = 0;
    long bytes = 0;
    while (next != null) {
      kilobytes.release(weight(next));
      group.add(next);
      entries += next.drafts().size();
      bytes += next.bytes();
      next = entries < groupEntries && bytes < GROUP_BYTES ? queue.poll() : null;
    }
    return group;
  }

  /** Everything that waits. */
  List<Pending> drain() {
    List<Pending> rest = new ArrayList<>();
    queue.drainTo(rest);
    rest.forEach(pending -> kilobytes.release(weight(pending)));
    return rest;
  }

  int size() {
    return queue.size();
  }

  /** Takes nothing more. */
  void close() {
    closed = true;
  }

  /** One that is larger than the whole queue may go when it goes alone. */
  private int weight(Pending pending) {
    return (int) Math.min(maxKilobytes, 1 + pending.bytes() / KILOBYTE);
  }
}
