package org.yuanliu.epcis.tool;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.yuanliu.epcis.DocumentReader.Summary;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells everything that is wrong with documents. */
@Command(
    name = "validate",
    mixinStandardHelpOptions = true,
    description = "Tell everything that is wrong with documents, each fault with its place.")
final class ValidateCommand implements Callable<Integer> {
  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = "Documents or single events; - is the standard input.")
  private List<Path> files = new ArrayList<>();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    int status = EpcisTools.RIGHT;
    for (Path file : files) {
      try (Input input = Input.of(file)) {
        Summary summary = input.each(event -> {});
        if (summary.violations().isEmpty()) {
          spec.commandLine().getOut().printf("%s: 有效 · valid, %d events%n", file, summary.events());
        } else {
          Files.print(spec.commandLine().getOut(), file, summary.violations());
          status = EpcisTools.WRONG;
        }
      }
    }
    return status;
  }
}
