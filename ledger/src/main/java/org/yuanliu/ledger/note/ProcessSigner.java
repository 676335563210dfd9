package org.yuanliu.ledger.note;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A signer in a process of its own, which alone holds the key: a service of a crypto card, a script
 * around a vendor's tool. It is started once and then spoken to by lines: a message in base64 goes
 * in, its signature (64 bytes) in base64 comes out, one line for each. A process that ends, answers
 * with anything else or not in time is ended, and a new one is started for the next message.
 */
public final class ProcessSigner implements Signer {
  private static final int MAX_LINE_CHARS = 4_096;

  private final VerifierKey key;
  private final List<String> command;
  private final Duration timeout;
  private @Nullable Process process;

  /**
   * A signer that starts with its first signature.
   *
   * @param key whose private half the process holds
   * @param command program and arguments
   * @param timeout longest wait for a signature
   */
  public ProcessSigner(VerifierKey key, List<String> command, Duration timeout) {
    this.key = requireNonNull(key, "key is null");
    this.command = List.copyOf(command);
    if (this.command.isEmpty()) {
      throw new IllegalArgumentException("command is empty");
    }
    this.timeout = requireNonNull(timeout, "timeout is null");
  }

  @Override
  public VerifierKey key() {
    return key;
  }

  @Override
  public synchronized byte[] sign(byte[] message) {
    String line = Base64.getEncoder().encodeToString(message);
    try {
      Process running = running();
      // A reader that waits for ever is freed when the process is ended, which close() does.
      CompletableFuture<String> answer =
          CompletableFuture.supplyAsync(
              () -> exchange(running, line), task -> Thread.ofVirtual().start(task));
      return Base64.getDecoder().decode(answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      close();
      throw new SignerException("interrupted while " + command.getFirst() + " signed", e);
    } catch (TimeoutException e) {
      close();
      throw new SignerException(command.getFirst() + " did not sign within " + timeout, e);
    } catch (IOException | ExecutionException | IllegalArgumentException e) {
      close();
      throw new SignerException(command.getFirst() + " did not sign", e);
    }
  }

  private Process running() throws IOException {
    Process running = process;
    if (running == null || !running.isAlive()) {
      running = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      process = running;
    }
    return running;
  }

  private static String exchange(Process process, String line) {
    try {
      BufferedWriter in = process.outputWriter(US_ASCII);
      in.write(line);
      in.newLine();
      in.flush();
      BufferedReader out = process.inputReader(US_ASCII);
      StringBuilder answer = new StringBuilder();
      for (int c = out.read(); c != '\n'; c = out.read()) {
        if (c < 0 || answer.length() == MAX_LINE_CHARS) {
          throw new IOException("no line came");
        }
        answer.append((char) c);
      }
      return answer.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends the process. */
  @Override
  public synchronized void close() {
    Process running = process;
    process = null;
    if (running != null) {
      running.destroy();
    }
  }
}
