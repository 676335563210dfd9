package org.yuanliu.epcis.tool;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.yuanliu.epcis.CbvForm;
import org.yuanliu.epcis.DocumentFormat;
import org.yuanliu.epcis.DocumentHeader;
import org.yuanliu.epcis.DocumentReader.Summary;
import org.yuanliu.epcis.DocumentWriter;
import org.yuanliu.epcis.EpcisEvent;
import org.yuanliu.epcis.Syntax;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Writes a document in another syntax. */
@Command(
    name = "convert",
    mixinStandardHelpOptions = true,
    description = "Write a document in another syntax; meaning and event hashes stay.")
final class ConvertCommand implements Callable<Integer> {
  private static final String STANDARD_OUTPUT = "-";

  @ParentCommand private @Nullable EpcisTools tools;

  @Parameters(
      index = "0",
      paramLabel = "IN",
      description = "A document or a single event; - is the standard input.")
  private Path in = Path.of("");

  @Parameters(index = "1", paramLabel = "OUT", description = "Where to; - is the standard output.")
  private String out = "";

  @Option(
      names = "--to",
      paramLabel = "SYNTAX",
      description = "json, xml or xml1.2; else the ending of OUT says (.json, .jsonld, .xml).")
  private @Nullable String to;

  @Option(
      names = "--cbv-form",
      paramLabel = "FORM",
      description = "CBV terms in XML: uri (default in 2.0) or urn (always in 1.2).")
  private @Nullable String form;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    Syntax syntax = syntax();
    CbvForm cbv = cbv(syntax);
    try (Input input = Input.of(in)) {
      // Whether all is right is known at the end: so the document is read before it is written.
      List<EpcisEvent> first = new ArrayList<>(1);
      Summary summary =
          input.each(
              event -> {
                if (first.isEmpty()) {
                  first.add(event);
                }
              });
      if (!summary.violations().isEmpty()) {
        Files.print(spec.commandLine().getErr(), in, summary.violations());
        return EpcisTools.WRONG;
      }
      DocumentHeader header =
          summary.header() == null ? around(first.getFirst()) : summary.header();
      if (out.equals(STANDARD_OUTPUT) && tools != null) {
        write(input, syntax, cbv, header, tools.documents());
      } else {
        try (OutputStream stream =
            new BufferedOutputStream(java.nio.file.Files.newOutputStream(Path.of(out)))) {
          write(input, syntax, cbv, header, stream);
        }
      }
    }
    return EpcisTools.RIGHT;
  }

  /** A single event gets a document around it, made when the event was. */
  private static DocumentHeader around(EpcisEvent event) {
    return DocumentHeader.capture(event.eventTime()).withContext(event.context());
  }

  private static void write(
      Input input, Syntax syntax, CbvForm cbv, DocumentHeader header, OutputStream stream) {
    try (DocumentWriter writer = DocumentWriter.open(stream, syntax, cbv, header)) {
      input.each(writer::write);
    }
  }

  private Syntax syntax() {
    if (to != null) {
      Syntax named = Syntax.ofOption(to);
      if (named == null) {
        throw new ParameterException(spec.commandLine(), "--to is json, xml or xml1.2, not " + to);
      }
      return named;
    }
    DocumentFormat format = DocumentFormat.ofFileName(out);
    if (format == null) {
      throw new ParameterException(
          spec.commandLine(), "the ending of " + out + " tells no syntax: say --to");
    }
    return switch (format) {
      case JSON -> Syntax.JSON_LD;
      case XML -> Syntax.XML_2_0;
    };
  }

  private CbvForm cbv(Syntax syntax) {
    if (form == null || syntax == Syntax.XML_1_2) {
      return syntax == Syntax.XML_1_2 ? CbvForm.URN : CbvForm.WEB_URI;
    }
    return switch (form) {
      case "uri" -> CbvForm.WEB_URI;
      case "urn" -> CbvForm.URN;
      default ->
          throw new ParameterException(spec.commandLine(), "--cbv-form is uri or urn, not " + form);
    };
  }
}
