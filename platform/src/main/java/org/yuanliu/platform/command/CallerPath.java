package org.yuanliu.platform.command;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The launcher runs the server in the root of the checkout; paths are meant from where one stood.
 */
final class CallerPath {
  /** Set by the launcher. */
  private static final String VARIABLE = "YUANLIU_CALLER_DIR";

  private CallerPath() {}

  static Path of(Path given) {
    String caller = System.getenv(VARIABLE);
    Path path = caller == null ? given : Path.of(caller).resolve(given);
    return path.toAbsolutePath().normalize();
  }

  /**
   * A file that is there.
   *
   * @throws IllegalArgumentException if it is not; with a message for whoever named it
   */
  static Path ofFile(Path given) {
    Path file = of(given);
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException("找不到文件 %1$s    no such file: %1$s".formatted(file));
    }
    return file;
  }
}
