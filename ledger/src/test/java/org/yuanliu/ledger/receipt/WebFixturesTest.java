package org.yuanliu.ledger.receipt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.yuanliu.ledger.Suite;
import org.yuanliu.ledger.note.VerifierKey;

/**
 * The receipts that the browser's verifier is tested with are ours. They are written anew by this
 * test with {@code -Dyuanliu.fixtures=write}.
 */
class WebFixturesTest {
  private static final Path FOLDER = Path.of("..", "web", "src", "proof", "fixtures");

  @ParameterizedTest
  @EnumSource
  void areWhatTheLedgerWrites(Suite suite) throws Exception {
    compare(suite.id() + ".json", ReceiptJson.write(TestReceipts.receipt(suite)));
    compare(suite.id() + "-erased.json", ReceiptJson.write(TestReceipts.erased(suite)));
    compare(suite.id() + "-sealed.json", SealedReceiptJson.write(TestReceipts.sealed(suite)));
    compare(
        suite.id() + ".pub",
        (TestReceipts.log(suite).key() + "\n" + TestReceipts.witness(suite).key() + "\n")
            .getBytes(UTF_8));
    assertThat(
            Verifier.verify(
                    ReceiptJson.read(Files.readAllBytes(FOLDER.resolve(suite.id() + ".json"))),
                    TestReceipts.trust(suite))
                .holds())
        .isTrue();
    String first =
        Files.readString(FOLDER.resolve(suite.id() + ".pub")).lines().findFirst().orElseThrow();
    assertThat(VerifierKey.parse(first)).isEqualTo(TestReceipts.log(suite).key());
  }

  /** Byte by byte, but for SM2's signatures, which hold a random number. */
  private static void compare(String name, byte[] expected) throws IOException {
    Path file = FOLDER.resolve(name);
    if ("write".equals(System.getProperty("yuanliu.fixtures"))) {
      Files.createDirectories(FOLDER);
      Files.write(file, expected);
    }
    assertThat(withoutSm2(Files.readString(file)))
        .isEqualTo(withoutSm2(new String(expected, UTF_8)));
  }

  private static String withoutSm2(String text) {
    return text.contains("sm3-sm2") ? text.replaceAll("(\u2014 \\S+) [A-Za-z0-9+/=]+", "$1") : text;
  }
}
