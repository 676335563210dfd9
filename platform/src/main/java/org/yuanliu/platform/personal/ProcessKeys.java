package org.yuanliu.platform.personal;

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
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Keys that never leave a process of its own: a script around a KMS or a token's PKCS#11 tool. It
 * is started once and spoken to by lines, in base64 after the words:
 *
 * <pre>
 * current                  → ok NAME
 * wrap NAME BOUND KEY      → ok WRAPPED
 * unwrap NAME BOUND WRAPPED → ok KEY
 * </pre>
 *
 * {@code no …} refuses. Anything else, no answer in time, more than one line, or an end is a key
 * that is gone too; then the process is ended and started anew for the next question.
 */
final class ProcessKeys implements KeyHolder {
  private static final int MAX_LINE_CHARS = 4_096;
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  private final List<String> command;
  private final Duration timeout;
  private final ReentrantLock asking = new ReentrantLock();
  private @Nullable Process process;

  ProcessKeys(List<String> command, Duration timeout) {
    this.command = List.copyOf(command);
    if (command.isEmpty()) {
      throw new IllegalArgumentException(
          "yuanliu.personal.keys.command 没有设置 / yuanliu.personal.keys.command is not set");
    }
    this.timeout = requireNonNull(timeout, "timeout is null");
  }

  @Override
  public String next() {
    String name = ask("current");
    if (!NAME.matcher(name).matches()) {
      throw gone("it gave no name of a key");
    }
    return name;
  }

  @Override
  public byte[] wrap(String name, byte[] bound, byte[] key) {
    return bytes(ask("wrap " + name + " " + base64(bound) + " " + base64(key)));
  }

  @Override
  public byte[] unwrap(String name, byte[] bound, byte[] wrapped) {
    return bytes(ask("unwrap " + name + " " + base64(bound) + " " + base64(wrapped)));
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private byte[] bytes(String answer) {
    try {
      return Base64.getDecoder().decode(answer);
    } catch (IllegalArgumentException e) {
      throw gone("its answer is not base64");
    }
  }

  /** One question at a time; who waits longer than an answer may take is told so. */
  private String ask(String line) {
    try {
      if (!asking.tryLock(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
        throw gone("others have waited for " + timeout);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw gone("interrupted");
    }
    try {
      return answer(line);
    } finally {
      asking.unlock();
    }
  }

  private String answer(String line) {
    try {
      Process running = running();
      CompletableFuture<String> answer =
          CompletableFuture.supplyAsync(
              () -> exchange(running, line), task -> Thread.ofVirtual().start(task));
      String got = answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
      if (got.startsWith("no")) {
        throw gone("it refused");
      }
      if (!got.startsWith("ok ")) {
        close();
        throw gone("its answer begins with neither ok nor no");
      }
      return got.substring("ok ".length());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      close();
      throw gone("interrupted");
    } catch (TimeoutException e) {
      close();
      throw gone("no answer within " + timeout);
    } catch (IOException | ExecutionException e) {
      close();
      throw gone("it cannot be started, or it ended");
    }
  }

  private KeyGoneException gone(String why) {
    return new KeyGoneException(
        command.getFirst(), "密钥程序没有给出答复", "the key holder's process gave no key: " + why);
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

  /** Ends the process, whatever it is at. */
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
}
