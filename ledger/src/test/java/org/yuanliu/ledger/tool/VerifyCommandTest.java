package org.yuanliu.ledger.tool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.yuanliu.ledger.Suite;
import org.yuanliu.ledger.receipt.ReceiptJson;
import org.yuanliu.ledger.receipt.TestReceipts;

class VerifyCommandTest {
  @TempDir Path folder;

  private Path receipt(Suite suite) throws IOException {
    return Files.write(
        folder.resolve("receipt.json"), ReceiptJson.write(TestReceipts.receipt(suite)));
  }

  @ParameterizedTest
  @EnumSource
  void aReceiptHolds(Suite suite) throws IOException {
    Path keys =
        Files.writeString(
            folder.resolve("log.pub"),
            "# two keys\n\n"
                + TestReceipts.log(suite).key()
                + "\n"
                + TestReceipts.witness(suite).key()
                + "\n");
    String file = receipt(suite).toString();
    ServedLog.Run zh = ServedLog.run("verify", file, "--key", keys.toString(), "--lang", "zh");
    assertThat(zh.status()).isZero();
    assertThat(zh.out())
        .contains("已经证明")
        .contains("见证方 trace.example/shaanxi 在 2026-11-21T08:00:05Z 签名确认")
        .contains("没有证明")
        .contains("1 项个人信息已删除")
        .contains("结论：凭证有效。");
    ServedLog.Run en =
        ServedLog.run(
            "verify", file, "--key", TestReceipts.log(suite).key().toString(), "--lang", "en");
    assertThat(en.status()).isZero();
    assertThat(en.out())
        .contains("The content is, to the last byte, what was recorded.")
        .contains("No witness was checked")
        .contains("Result: the receipt holds.");
  }

  @Test
  void aChangedReceiptDoesNot() throws IOException {
    Suite suite = Suite.SHA256_ED25519;
    Path file = receipt(suite);
    Files.writeString(file, Files.readString(file).replace("08:00:00.123456", "07:00:00.123456"));
    ServedLog.Run run =
        ServedLog.run("verify", file.toString(), "--key", TestReceipts.log(suite).key().toString());
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out()).contains("✗");
  }

  @Test
  void whatIsWrongWithTheCallIsOneToo() throws IOException {
    String file = receipt(Suite.SM3_SM2).toString();
    String key = TestReceipts.log(Suite.SM3_SM2).key().toString();
    assertThat(ServedLog.run("verify", file).status()).isEqualTo(1);
    assertThat(ServedLog.run("verify", file, "--key", "nonsense").status()).isEqualTo(1);
    assertThat(ServedLog.run("verify", file + ".absent", "--key", key).status()).isEqualTo(1);
    Files.write(Path.of(file), "no receipt".getBytes(UTF_8));
    ServedLog.Run run = ServedLog.run("verify", file, "--key", key, "--lang", "en");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out()).contains("This is not a receipt");
  }
}
