package org.yuanliu.platform.personal;

import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yuanliu.ledger.note.LineProcess;

/**
 * Keys that never leave a process of its own ({@link LineProcess}): a script around a KMS or a
 * token's PKCS#11 tool. What it is asked, in base64 after the words:
 *
 * <pre>
 * current                  → ok NAME
 * wrap NAME BOUND KEY      → ok WRAPPED
 * unwrap NAME BOUND WRAPPED → ok KEY
 * </pre>
 *
 * {@code no …} refuses. Anything else, or no answer, is a key that is gone too; then the process is
 * started anew for the next question.
 */
final class ProcessKeys implements KeyHolder {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  private final LineProcess process;

  ProcessKeys(List<String> command, Duration timeout) {
    if (command.isEmpty()) {
      throw new IllegalArgumentException(
          "yuanliu.personal.keys.command 没有设置 / yuanliu.personal.keys.command is not set");
    }
    this.process = new LineProcess(command, timeout);
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

  private String ask(String line) {
    String got;
    try {
      got = process.ask(line);
    } catch (LineProcess.NoAnswerException e) {
      throw gone(e.getMessage());
    }
    if (got.startsWith("no")) {
      throw gone("it refused");
    }
    if (!got.startsWith("ok ")) {
      process.close();
      throw gone("its answer begins with neither ok nor no");
    }
    return got.substring("ok ".length());
  }

  private KeyGoneException gone(@Nullable String why) {
    return new KeyGoneException(
        process.program(), "密钥程序没有给出答复", "the key holder's process gave no key: " + why);
  }

  /** Ends the process. */
  @Override
  public void close() {
    process.close();
  }
}
