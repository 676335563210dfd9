package org.yuanliu.ledger.tool;

import static java.util.Objects.requireNonNull;

import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** Where commands print, as picocli hands it over. */
final class Commands {
  private Commands() {}

  static PrintWriter out(@Nullable CommandSpec spec) {
    return requireNonNull(spec, "picocli has set no spec").commandLine().getOut();
  }

  static PrintWriter err(@Nullable CommandSpec spec) {
    return requireNonNull(spec, "picocli has set no spec").commandLine().getErr();
  }
}
