package org.yuanliu.ledger.tool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuanliu.ledger.Suite;

class FsckCommandTest {
  @TempDir Path folder;
  private ServedLog log;

  @BeforeEach
  void serve() throws IOException {
    log = new ServedLog(Suite.SHA256_ED25519);
    log.serve(log.leaves(2_600, 0));
  }

  @AfterEach
  void stop() {
    log.close();
  }

  private ServedLog.Run fsck(String... more) {
    List<String> args =
        new ArrayList<>(List.of("fsck", "--url", log.url(), "--key", log.signer.key().toString()));
    args.addAll(List.of(more));
    return ServedLog.run(args.toArray(String[]::new));
  }

  @Test
  void anHonestLogHolds() {
    ServedLog.Run run = fsck();
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out()).contains("2600").contains("records/s");
  }

  @Test
  void aChangedTileIsNamedWhereverItIs() {
    flip("0/007", 7);
    assertThat(fsck().err()).contains("tile 1/000.p/10, hash 7").contains("records 1792 to 2047");
    flip("0/007", 7);
    flip("1/000.p/10", 3);
    assertThat(fsck().err()).contains("tile 1/000.p/10, hash 3").contains("第 3 个哈希");
    flip("1/000.p/10", 3);
    flip("0/010.p/40", 39);
    assertThat(fsck().err()).contains("do not lead to the root");
    flip("0/010.p/40", 39);
    assertThat(fsck().status()).isZero();
  }

  /** Three levels: a full tile over full tiles, and one hash over that. */
  @Test
  void everyLevelIsCompared() {
    log.serve(log.leaves(65_800, 0));
    assertThat(fsck().status()).isZero();
    flip("2/000.p/1", 0);
    assertThat(fsck().err()).contains("tile 2/000.p/1, hash 0").contains("records 0 to 65535");
    flip("1/000", 33);
    assertThat(fsck().err()).contains("tile 1/000, hash 33").contains("records 8448 to 8703");
  }

  private void flip(String path, int hash) {
    log.files.get("tile/" + path)[hash * 32] ^= 1;
  }

  @Test
  void aMissingTileIsNamed() {
    byte[] tile = log.files.remove("tile/0/002");
    ServedLog.Run run = fsck();
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("TILES").contains("0/002");
    log.files.put("tile/0/002", tile);
    log.files.remove("tile/1/000.p/10");
    assertThat(fsck().err()).contains("1/000.p/10");
  }

  /** The log's owner may rewrite everything and sign it anew; an older checkpoint tells. */
  @Test
  void aHistoryRewrittenWholeIsToldByAnOlderCheckpoint() throws IOException {
    Path older = folder.resolve("older.txt");
    Path oldest = folder.resolve("oldest.txt");
    Files.write(older, log.checkpoint(log.leaves(2_000, 0)).encode());
    Files.write(oldest, log.checkpoint(log.leaves(1_500, 0)).encode());
    List<byte[]> rewritten = log.leaves(2_600, 0);
    rewritten.set(1_777, rewritten.get(3));
    log.serve(rewritten);
    assertThat(fsck().status()).isZero();
    ServedLog.Run run = fsck("--against", older.toString(), "--against", oldest.toString());
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("the first 2000 records are not those");
    log.serve(log.leaves(1_999, 0));
    assertThat(fsck("--against", older.toString()).err()).contains("ROLLBACK");
  }

  @Test
  void anEmptyLogHolds() {
    log.serve(List.of());
    assertThat(fsck().status()).isZero();
  }

  @Test
  void noAnswerIsTwo() {
    log.close();
    assertThat(fsck().status()).isEqualTo(2);
  }
}
