package org.yuanliu.ledger.tool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuanliu.ledger.Suite;

/** Each attack on a log as its monitor sees it. */
class MonitorCommandTest {
  @TempDir Path folder;
  private ServedLog log;

  @BeforeEach
  void serve() throws IOException {
    log = new ServedLog(Suite.SM3_SM2);
  }

  @AfterEach
  void stop() {
    log.close();
  }

  private ServedLog.Run look(String state, String... more) {
    List<String> args =
        new ArrayList<>(
            List.of(
                "monitor",
                "--once",
                "--url",
                log.url(),
                "--key",
                log.signer.key().toString(),
                "--state",
                folder.resolve(state).toString()));
    args.addAll(List.of(more));
    return ServedLog.run(args.toArray(String[]::new));
  }

  @Test
  void aLogThatGrowsIsFollowed() throws IOException {
    int last = 0;
    for (int size : new int[] {0, 1, 255, 256, 257, 257, 700, 1_500}) {
      log.serve(log.leaves(size, 0));
      ServedLog.Run run = look("a.json");
      assertThat(run.status()).as("%d: %s", size, run.err()).isZero();
      if (size > 0 && size != last) {
        assertThat(run.out()).contains("continues 前后一致: " + last + " → " + size);
      }
      last = size;
    }
    assertThat(Files.list(folder)).hasSize(1);
    assertThat(MonitorState.read(folder.resolve("a.json")).orElseThrow().alarms()).isEmpty();
  }

  @Test
  void aChangedRecordIsAFork() {
    List<byte[]> leaves = log.leaves(700, 0);
    log.serve(leaves);
    assertThat(look("a.json").status()).isZero();
    List<byte[]> changed = log.leaves(900, 0);
    changed.set(600, log.leaves(1, 9).getFirst());
    log.serve(changed);
    ServedLog.Run run = look("a.json");
    assertThat(run.status()).isEqualTo(1);
    // 700 = 512 + 128 + 32 + 16 + 8 + 4: the edge names the second subtree.
    assertThat(run.err()).contains("FORK").contains("records 512 to 639").contains("第 512 至 639 位");
    assertThat(look("a.json").status()).as("it stays an alarm").isEqualTo(1);
    MonitorState state = MonitorState.read(folder.resolve("a.json")).orElseThrow();
    assertThat(state.alarms()).hasSize(2);
    assertThat(state.alarms().getFirst().shown())
        .isEqualTo(new String(log.files.get("checkpoint"), UTF_8));
    assertThat(state.seen().orElseThrow().checkpoint().checkpoint().size()).isEqualTo(700);
    log.serve(log.leaves(900, 0));
    assertThat(look("a.json").status()).as("the honest log again").isZero();
  }

  @Test
  void anotherRootOfTheSameSizeIsAFork() {
    log.serve(log.leaves(300, 0));
    assertThat(look("a.json").status()).isZero();
    log.serve(log.leaves(300, 1));
    assertThat(look("a.json").err()).contains("FORK").contains("records 0 to 255");
  }

  @Test
  void removedOrInsertedOrReorderedRecordsAreAFork() {
    log.serve(log.leaves(300, 0));
    assertThat(look("a.json").status()).isZero();
    List<byte[]> removed = log.leaves(400, 0);
    removed.remove(299);
    log.serve(removed);
    assertThat(look("a.json").err()).contains("FORK").contains("records 296 to 299");
    List<byte[]> inserted = log.leaves(400, 0);
    inserted.add(0, log.leaves(1, 9).getFirst());
    log.serve(inserted);
    assertThat(look("a.json").err()).contains("FORK").contains("records 0 to 255");
    List<byte[]> reordered = log.leaves(400, 0);
    Collections.swap(reordered, 257, 258);
    log.serve(reordered);
    assertThat(look("a.json").err()).contains("FORK").contains("records 256 to 287");
  }

  @Test
  void anOlderCheckpointIsARollback() {
    log.serve(log.leaves(300, 0));
    assertThat(look("a.json").status()).isZero();
    log.serve(log.leaves(299, 0));
    ServedLog.Run run = look("a.json");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("ROLLBACK").contains("300").contains("第 299 位起不见了");
  }

  @Test
  void twoHistoriesForTwoMonitorsMeetInOneOfThem() {
    log.serve(log.leaves(300, 0));
    assertThat(look("a.json").status()).isZero();
    log.serve(log.leaves(350, 1));
    assertThat(look("b.json").status()).isZero();
    ServedLog.Run run = look("b.json", "--against", folder.resolve("a.json").toString());
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("FORK").contains("elsewhere");
    log.serve(log.leaves(299, 0));
    assertThat(look("c.json", "--against", folder.resolve("a.json").toString()).err())
        .contains("ROLLBACK");
    log.serve(log.leaves(500, 0));
    assertThat(look("d.json", "--against", folder.resolve("a.json").toString()).status()).isZero();
  }

  @Test
  void aPrintedCheckpointIsComparedToo() throws IOException {
    Path printed = folder.resolve("2026-11-21.txt");
    Files.write(printed, log.checkpoint(log.leaves(200, 0)).encode());
    log.serve(log.leaves(500, 0));
    assertThat(look("a.json", "--against", printed.toString()).status()).isZero();
    log.serve(log.leaves(500, 1));
    assertThat(look("b.json", "--against", printed.toString()).err()).contains("FORK");
    Files.writeString(printed, Files.readString(printed).replace("\n200\n", "\n201\n"));
    assertThat(look("c.json", "--against", printed.toString()).status()).isEqualTo(1);
  }

  @Test
  void aChangedTileIsNoticedAtTheNextLook() {
    log.serve(log.leaves(300, 0));
    assertThat(look("a.json").status()).isZero();
    log.serve(log.leaves(301, 0));
    byte[] tile = log.files.get("tile/0/001.p/45");
    tile[44 * 32] ^= 1;
    assertThat(look("a.json").status()).isEqualTo(1);
    log.files.remove("tile/0/001.p/45");
    ServedLog.Run missing = look("a.json");
    assertThat(missing.status()).isEqualTo(1);
    assertThat(missing.err()).contains("TILES").contains("0/001.p/45");
    log.files.put("tile/0/001.p/45", Arrays.copyOf(tile, 45 * 32 + 1));
    assertThat(look("a.json").err()).contains("bytes instead of");
  }

  @Test
  void aCheckpointThatTheLogDidNotSignIsRefused() throws IOException {
    log.serve(log.leaves(300, 0));
    try (ServedLog stranger = new ServedLog(Suite.SM3_SM2)) {
      stranger.serve(log.leaves(300, 0));
      log.files.put("checkpoint", stranger.files.get("checkpoint"));
    }
    assertThat(look("a.json").err()).contains("SIGNATURE");
    log.files.put("checkpoint", "nonsense".getBytes(UTF_8));
    assertThat(look("a.json").err()).contains("SIGNATURE");
  }

  @Test
  void aQuorumOfWitnessesIsAskedFor() {
    log.serve(log.leaves(300, 0));
    String witness = log.witness.key().toString();
    assertThat(look("a.json", "--key", witness, "--quorum", "1").status()).isZero();
    String signed = new String(log.files.get("checkpoint"), UTF_8);
    String alone = signed.substring(0, signed.indexOf("\u2014 witness"));
    log.files.put("checkpoint", alone.getBytes(UTF_8));
    ServedLog.Run run = look("a.json", "--key", witness, "--quorum", "1");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("SIGNATURE");
    assertThat(look("a.json", "--key", witness, "--quorum", "2").status()).isEqualTo(1);
  }

  @Test
  void withoutAKeyTheFirstOneShownIsKept() throws IOException {
    log.serve(log.leaves(300, 0));
    String state = folder.resolve("a.json").toString();
    ServedLog.Run first = ServedLog.run("monitor", "--once", "--url", log.url(), "--state", state);
    assertThat(first.status()).isZero();
    assertThat(first.err()).contains("No --key was given").contains(log.signer.key().toString());
    try (ServedLog other = new ServedLog(Suite.SM3_SM2)) {
      other.serve(other.leaves(400, 0));
      log.files.putAll(other.files);
    }
    ServedLog.Run second = ServedLog.run("monitor", "--once", "--url", log.url(), "--state", state);
    assertThat(second.status()).isEqualTo(1);
    assertThat(second.err()).contains("SIGNATURE");
  }

  @Test
  void aLogThatDoesNotAnswerIsNoAlarm() {
    assertThat(look("a.json").status()).isEqualTo(2);
    assertThat(folder.resolve("a.json")).doesNotExist();
  }

  @Test
  void aStateThatWasTamperedWithIsRefused() throws IOException {
    log.serve(log.leaves(300, 0));
    assertThat(look("a.json").status()).isZero();
    Path state = folder.resolve("a.json");
    String good = Files.readString(state);
    for (String bad :
        List.of(
            "{}", "x", good.replace("\\n300\\n", "\\n301\\n"), good.replace("monitor/v1", "x"))) {
      Files.writeString(state, bad);
      assertThat(look("a.json").status()).isEqualTo(1);
    }
  }
}
