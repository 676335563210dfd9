package org.yuanliu.ledger.tool;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.yuanliu.ledger.receipt.Finding;
import org.yuanliu.ledger.receipt.ReceiptException;
import org.yuanliu.ledger.receipt.ReceiptJson;
import org.yuanliu.ledger.receipt.SealedReceiptJson;
import org.yuanliu.ledger.receipt.Trust;
import org.yuanliu.ledger.receipt.Verification;
import org.yuanliu.ledger.receipt.Verifier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code yuanliu verify RECEIPT --key KEY}: offline, with nothing but the file and the keys. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    exitCodeOnInvalidInput = LedgerTools.FAILED,
    description = "Checks a receipt offline and says what it proves and what it does not.")
final class VerifyCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Parameters(paramLabel = "RECEIPT", description = "the receipt's file; - for standard input")
  private String receipt = "";

  @Option(
      names = "--key",
      required = true,
      paramLabel = "KEY",
      description = "a public key of the log or of a witness, or a file of keys; may be repeated")
  private List<String> keys = List.of();

  @Option(names = "--lang", description = "zh or en; default: the machine's")
  private Language language = Language.ofMachine();

  @Override
  public Integer call() throws IOException {
    PrintWriter out = Commands.out(spec);
    Trust trust = Trust.of(Keys.of(keys));
    try {
      byte[] bytes = bytes();
      Verification verification =
          SealedReceiptJson.isSealed(bytes)
              ? Verifier.verify(SealedReceiptJson.read(bytes), trust)
              : Verifier.verify(ReceiptJson.read(bytes), trust);
      print(verification, out);
      return verification.holds() ? LedgerTools.HELD : LedgerTools.FAILED;
    } catch (ReceiptException e) {
      out.println(language.of("这不是一份凭证：", "This is not a receipt: ") + e.getMessage());
      return LedgerTools.FAILED;
    }
  }

  private byte[] bytes() throws IOException {
    try (InputStream in =
        receipt.equals("-") ? System.in : Files.newInputStream(Path.of(receipt))) {
      return in.readNBytes(ReceiptJson.MAX_BYTES + 1);
    }
  }

  private void print(Verification verification, PrintWriter out) {
    section(verification, Finding.Kind.REFUTED, language.of("不成立：", "Does not hold:"), "✗", out);
    section(verification, Finding.Kind.PROVED, language.of("已经证明：", "Proved:"), "✓", out);
    section(verification, Finding.Kind.NOT_PROVED, language.of("没有证明：", "Not proved:"), "·", out);
    out.println();
    out.println(
        verification.holds()
            ? language.of("结论：凭证有效。", "Result: the receipt holds.")
            : language.of("结论：凭证无效，不要相信。", "Result: the receipt does NOT hold. Do not trust it."));
  }

  private void section(
      Verification verification, Finding.Kind kind, String title, String mark, PrintWriter out) {
    List<Finding> findings =
        verification.findings().stream().filter(finding -> finding.kind() == kind).toList();
    if (!findings.isEmpty()) {
      out.println(title);
      findings.forEach(
          finding -> out.println("  " + mark + " " + language.of(finding.zh(), finding.en())));
    }
  }
}
