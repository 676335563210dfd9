package org.yuanliu.platform.command;

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
}
