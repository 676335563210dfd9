package org.yuanliu.platform.command;

import java.io.Console;
import org.jspecify.annotations.Nullable;

/** The terminal that the process runs at, if it runs at one. */
final class Terminal {
  private Terminal() {}

  /** Null where input or output is redirected: so it is on JDK 25, whatever the checker says. */
  @SuppressWarnings("SystemConsoleNull")
  static @Nullable Console console() {
    Console console = System.console();
    return console == null || !console.isTerminal() ? null : console;
  }
}
