package org.yuanliu.platform.demo;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.yuanliu.platform.demo.DemoFile.DemoAccount;

/**
 * Sends waves, some documents at a time. An awaited wave is stored when {@link #send} returns; of
 * the others the last documents may still be on their way while the next wave goes out.
 */
final class DemoSender implements AutoCloseable {
  /** Enough to keep a group commit filled, few enough to leave the server its heap. */
  private static final int AT_A_TIME = 8;

  private final DemoClient client;
  private final LoadingBar bar;
  private final Map<String, String> keys = new HashMap<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore room = new Semaphore(AT_A_TIME);
  private final Deque<Pending> pending = new ArrayDeque<>();
  private boolean finished;

  DemoSender(DemoClient client, List<DemoAccount> accounts, LoadingBar bar) {
    this.client = requireNonNull(client, "client is null");
    this.bar = requireNonNull(bar, "bar is null");
    accounts.forEach(account -> keys.put(account.party(), account.apiKey()));
  }

  void send(DemoWave wave) throws IOException, InterruptedException {
    List<Pending> sent = new ArrayList<>();
    for (DemoDocument document : wave.documents()) {
      room.acquire();
      sent.add(new Pending(wave.number(), threads.submit(() -> capture(document))));
      // A failure ends the loading at the next document, not after hundreds more.
      forgetStored();
    }
    if (wave.awaited()) {
      for (Pending one : sent) {
        await(one);
      }
    } else {
      pending.addAll(sent);
    }
  }

  /** The first wave of which something may not be stored yet; {@code next} if there is none. */
  int stored(int next) throws IOException, InterruptedException {
    forgetStored();
    return pending.isEmpty() ? next : pending.getFirst().wave();
  }

  void awaitAll() throws IOException, InterruptedException {
    while (!pending.isEmpty()) {
      await(pending.removeFirst());
    }
    finished = true;
  }

  @Override
  public void close() {
    if (!finished) {
      threads.shutdownNow();
    }
    threads.close();
  }

  private Void capture(DemoDocument document) throws IOException, InterruptedException {
    try {
      String key = keys.get(document.reporter());
      if (key == null) {
        throw new IllegalStateException("no key of " + document.reporter());
      }
      client.capture(key, document);
      bar.add(document.events().size());
      return null;
    } finally {
      room.release();
    }
  }

  private void forgetStored() throws IOException, InterruptedException {
    while (!pending.isEmpty() && pending.getFirst().future().isDone()) {
      await(pending.removeFirst());
    }
  }

  private static void await(Pending one) throws IOException, InterruptedException {
    try {
      one.future().get();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException io -> throw io;
        case InterruptedException interrupted -> throw interrupted;
        case RuntimeException runtime -> throw runtime;
        case Error error -> throw error;
        case null, default -> throw new IllegalStateException(e);
      }
    }
  }

  private record Pending(int wave, Future<Void> future) {}
}
