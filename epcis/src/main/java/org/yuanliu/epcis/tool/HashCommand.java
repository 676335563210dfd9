package org.yuanliu.epcis.tool;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.yuanliu.epcis.CbvVersion;
import org.yuanliu.epcis.DocumentReader.Reading;
import org.yuanliu.epcis.EpcisEvent;
import org.yuanliu.epcis.EventHash;
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
  @Parameters(paramLabel = "FILE", description = "A document or a single event.")
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
    Reading reading = Files.read(file);
    PrintWriter out = spec.commandLine().getOut();
    Set<String> without = new LinkedHashSet<>(ignored);
    if (reading.header() != null && !allFields) {
      without.addAll(reading.header().ignoredFields());
    }
    for (EpcisEvent event : reading.events()) {
      out.println(
          preHash
              ? EventHash.preHash(event, version, without)
              : EventHash.of(event, version, without));
    }
    // A document may be faulty and its events still say what they say: so both is told. Only a
    // line that is missing makes the lines wrong.
    Files.print(spec.commandLine().getErr(), file, reading.violations());
    boolean all =
        reading.unreadable() == 0
            && (reading.violations().isEmpty() || !reading.events().isEmpty());
    return all ? EpcisTools.RIGHT : EpcisTools.WRONG;
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
