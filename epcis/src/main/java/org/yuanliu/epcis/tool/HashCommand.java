package org.yuanliu.epcis.tool;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.yuanliu.epcis.CbvVersion;
import org.yuanliu.epcis.DocumentHeader;
import org.yuanliu.epcis.DocumentReader.Summary;
import org.yuanliu.epcis.EventHasher;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Prints the event hash ids of a document. */
@Command(
    name = "hash",
    mixinStandardHelpOptions = true,
    description = "Print the hash id of every event, one a line, in document order.")
final class HashCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "FILE",
      description = "A document or a single event; - is the standard input.")
  private Path file = Path.of("");

  @Option(
      names = "--cbv",
      paramLabel = "VERSION",
      defaultValue = "2.0",
      description = "Profile of the hash: 2.0 (default) or 2.1.")
  private String cbv = "2.0";

  @Option(
      names = "--ignore",
      paramLabel = "NAME",
      description = "Full name of an extension to leave out, beside those the document names.")
  private Set<String> ignored = new LinkedHashSet<>();

  @Option(
      names = "--all-fields",
      description = "Leave nothing out, whatever ignoreFields of the document asks for.")
  private boolean allFields;

  @Option(names = "--prehash", description = "Print the strings before hashing instead.")
  private boolean preHash;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    CbvVersion version = version();
    PrintWriter out = spec.commandLine().getOut();
    try (Input input = Input.of(file)) {
      EventHasher hasher = new EventHasher(version, ignored(input));
      Summary summary =
          input.each(event -> out.println(preHash ? hasher.preHash(event) : hasher.id(event)));
      // A document may be faulty and its events still say what they say: so both is told. Only a
      // line that is missing makes the lines wrong.
      Files.print(spec.commandLine().getErr(), file, summary.violations());
      boolean all =
          summary.unreadable() == 0 && (summary.violations().isEmpty() || summary.events() > 0);
      return all ? EpcisTools.RIGHT : EpcisTools.WRONG;
    }
  }

  /** What the document asks to leave out may stand behind its events: so it is asked first. */
  private Set<String> ignored(Input input) {
    Set<String> without = new LinkedHashSet<>(ignored);
    if (!allFields && input.holds("ignoreFields")) {
      DocumentHeader header = input.each(event -> {}).header();
      if (header != null) {
        without.addAll(header.ignoredFields());
      }
    }
    return without;
  }

  private CbvVersion version() {
    List<CbvVersion> fitting =
        List.of(CbvVersion.values()).stream()
            .filter(version -> version.label().equals("CBV" + cbv))
            .toList();
    if (fitting.isEmpty()) {
      throw new TypeConversionException("--cbv is 2.0 or 2.1, not " + cbv);
    }
    return fitting.getFirst();
  }
}
