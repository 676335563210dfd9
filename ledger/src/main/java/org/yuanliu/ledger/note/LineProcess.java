package org.yuanliu.ledger.note;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A program in a process of its own that answers each line in ASCII with one: a service of a crypto
 * card, a script around a vendor's tool. It starts with the first question and is asked one at a
 * time. One that ends, says more than it was asked or does not answer in time is ended, and a new
 * one is started for the next question.
 */
public final class LineProcess implements AutoCloseable {
  /** Some times what the longest key or signature takes in base64. */
  private static final int MAX_LINE_CHARS = 4_096;

  private final List<String> command;
  private final Duration timeout;
  private final ReentrantLock asking = new ReentrantLock();
  private @Nullable Process process;

  /**
   * A process that starts with its first question.
   *
   * @param command program and arguments
   * @param timeout longest wait for an answer, and for one's turn
   * @throws IllegalArgumentException where the command is empty
   */
  public LineProcess(List<String> command, Duration timeout) {
    this.command = List.copyOf(command);
    if (this.command.isEmpty()) {
      throw new IllegalArgumentException("command is empty");
    }
    this.timeout = requireNonNull(timeout, "timeout is null");
  }

  /** The program, for messages. */
  public String program() {
    return command.getFirst();
  }

  /**
   * Its answer.
   *
   * @param line without its end
   * @throws NoAnswerException with the reason, as part of a sentence
   */
  public String ask(String line) throws NoAnswerException {
    try {
      if (!asking.tryLock(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new NoAnswerException("others have waited for " + timeout, null);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NoAnswerException("interrupted", e);
    }
    try {
      return answer(line);
    } finally {
      asking.unlock();
    }
  }

  private String answer(String line) throws NoAnswerException {
    try {
      Process running = running();
      // A reader that waits for ever is freed when the process is ended, which close() does.
      CompletableFuture<String> answer =
          CompletableFuture.supplyAsync(
              () -> exchange(running, line), task -> Thread.ofVirtual().start(task));
      return answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      close();
      throw new NoAnswerException("interrupted", e);
    } catch (TimeoutException e) {
      close();
      throw new NoAnswerException("no answer within " + timeout, e);
    } catch (IOException | ExecutionException e) {
      close();
      throw new NoAnswerException("it cannot be started, or it ended", e);
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
      BufferedReader out = process.inputReader(US_ASCII);
      if (out.ready()) {
        // An answer that nobody asked for: those that follow would be to other questions.
        throw new IOException("it said more than it was asked");
      }
      BufferedWriter in = process.outputWriter(US_ASCII);
      in.write(line);
      in.newLine();
      in.flush();
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

  /** Ends the process once nobody waits for its answer. */
  @Override
  public void close() {
    asking.lock();
    try {
      Process running = process;
      process = null;
      if (running != null) {
        running.destroyForcibly();
      }
    } finally {
      asking.unlock();
    }
  }

  /** No answer came, or more than one; the next question goes to a new process. */
  public static final class NoAnswerException extends Exception {
    private static final long serialVersionUID = 1;

    NoAnswerException(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }
}
