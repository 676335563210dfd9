package org.yuanliu.epcis.tool;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.yuanliu.epcis.DocumentFormat;
import org.yuanliu.epcis.DocumentReader.Reading;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs a folder of documents through reading, writing and hashing, and reports. */
@Command(
    name = "conformance",
    mixinStandardHelpOptions = true,
    description = {
      "Read every .json, .jsonld and .xml of a folder, write each in every syntax, read it again.",
      "Tells what is accepted, refused and why, what comes back the same, and every difference.",
      "Where a .hashes file stands beside a document, its lines are compared too."
    })
final class ConformanceCommand implements Callable<Integer> {
  @Parameters(paramLabel = "DIR", description = "Looked through with all its folders.")
  private Path folder = Path.of("");

  @Option(names = "--quiet", description = "Only the summary and what differs.")
  private boolean quiet;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    int accepted = 0;
    int refused = 0;
    int same = 0;
    int hashed = 0;
    int events = 0;
    int differences = 0;
    for (Path file : documents()) {
      Path name = folder.relativize(file);
      Reading reading = Files.read(file);
      if (!reading.violations().isEmpty()) {
        refused++;
        out.println("refused   " + name);
        Files.print(out, name, reading.violations());
        continue;
      }
      accepted++;
      events += reading.events().size();
      RoundTrip trip = RoundTrip.of(reading);
      HashFile hashes = HashFile.beside(file, reading);
      hashed += hashes.matching();
      List<String> found =
          Stream.concat(trip.differences().stream(), hashes.differences().stream()).toList();
      if (found.isEmpty()) {
        same++;
        if (!quiet) {
          out.println("same      " + name);
        }
      } else {
        differences += found.size();
        out.println("different " + name);
        found.forEach(difference -> out.println("  " + difference));
      }
    }
    out.printf(
        "%n%d documents: %d accepted (%d events), %d refused; %d round-tripped the same in JSON-LD,"
            + " XML 2.0 and XML 1.2; %d differences; %d published hashes matched%n",
        accepted + refused, accepted, events, refused, same, differences, hashed);
    return differences == 0 ? EpcisTools.RIGHT : EpcisTools.WRONG;
  }

  private List<Path> documents() {
    try (Stream<Path> files = java.nio.file.Files.walk(folder)) {
      return files
          .filter(java.nio.file.Files::isRegularFile)
          .filter(file -> DocumentFormat.ofFileName(String.valueOf(file.getFileName())) != null)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
