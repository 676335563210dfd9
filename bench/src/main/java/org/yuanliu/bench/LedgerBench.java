package org.yuanliu.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import org.HdrHistogram.Histogram;
import org.bouncycastle.crypto.digests.SM3Digest;
import org.yuanliu.ledger.Leaf;
import org.yuanliu.ledger.MerkleTree;
import org.yuanliu.ledger.Suite;
import org.yuanliu.ledger.TileBuilder;
import org.yuanliu.ledger.TileId;
import org.yuanliu.ledger.TileSource;
import org.yuanliu.ledger.TileTree;
import org.yuanliu.ledger.note.Checkpoint;
import org.yuanliu.ledger.note.PrivateKeys;
import org.yuanliu.ledger.note.SignatureType;
import org.yuanliu.ledger.note.SignedCheckpoint;
import org.yuanliu.ledger.note.Signer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The ledger by itself, on one core: appending beside the bare hash function over the same bytes,
 * and proofs from the tiles of a large tree in a file.
 */
@Command(
    name = "ledger",
    mixinStandardHelpOptions = true,
    description = "Measures the ledger: appending, proofs, storage. Needs no server.")
final class LedgerBench implements Callable<Integer> {
  private static final long SEED = 20261121;

  /** Different leaves that are appended again and again; they stay in the processor's cache. */
  private static final int DISTINCT = 4_096;

  private static final int PROOFS_VERIFIED = 1_000;
  private static final double NANOS_PER_MILLI = 1e6;
  private static final double NANOS_PER_SECOND = 1e9;

  @Option(names = "--leaves", description = "a round appends; default ${DEFAULT-VALUE}")
  private int leaves = 3_000_000;

  @Option(names = "--checkpoint-every", description = "leaves; default ${DEFAULT-VALUE}")
  private int checkpointEvery = 10_000;

  @Option(names = "--rounds", description = "quote the median; default ${DEFAULT-VALUE}")
  private int rounds = 5;

  @Option(names = "--tree", description = "leaves of the tree of proofs; default ${DEFAULT-VALUE}")
  private long tree = 100_000_000;

  @Option(names = "--proofs", description = "default ${DEFAULT-VALUE}")
  private int proofs = 20_000;

  @Override
  public Integer call() throws Exception {
    for (Suite suite : Suite.values()) {
      append(suite);
    }
    prove();
    return 0;
  }

  private void append(Suite suite) {
    byte[][] data = new byte[DISTINCT][Leaf.DATA_BYTES];
    SplittableRandom random = new SplittableRandom(SEED);
    for (byte[] leaf : data) {
      random.nextBytes(leaf);
    }
    Signer signer =
        PrivateKeys.signer(
            "bench", SignatureType.note(suite), PrivateKeys.generate(suite, new SecureRandom()));
    // The first round of each is the compiler's and is not counted.
    bare(suite, data);
    tiles(suite, data, signer);
    List<Double> ratios = new ArrayList<>();
    for (int round = 1; round <= rounds; round++) {
      double bare = bare(suite, data);
      double tiles = tiles(suite, data, signer);
      ratios.add(tiles / bare);
      System.out.printf(
          Locale.ROOT,
          "%s round %d: bare hash, two a leaf: %.0f leaves/s; with tiles and a signed checkpoint"
              + " every %d: %.0f leaves/s; ratio %.2f (per second of one core's time)%n",
          suite.id(),
          round,
          bare,
          checkpointEvery,
          tiles,
          tiles / bare);
    }
    ratios.sort(null);
    System.out.printf(
        Locale.ROOT,
        "%s: median ratio %.2f (target 0.5)%n",
        suite.id(),
        ratios.get(ratios.size() / 2));
  }

  /**
   * The bare function over the bytes of a leaf and of a node. Leaves a second of processor time.
   */
  private double bare(Suite suite, byte[][] data) {
    byte[] leaf = new byte[1 + Leaf.DATA_BYTES];
    byte[] node = new byte[1 + 2 * Suite.HASH_BYTES];
    byte[] out = new byte[Suite.HASH_BYTES];
    Bare bare = bare(suite);
    long begin = cpuNanos();
    for (int i = 0; i < leaves; i++) {
      System.arraycopy(data[i % DISTINCT], 0, leaf, 1, Leaf.DATA_BYTES);
      bare.hash(leaf, out);
      // The result goes into the next, so that none can be left out.
      System.arraycopy(out, 0, node, 1, Suite.HASH_BYTES);
      bare.hash(node, out);
      leaf[0] = out[0];
    }
    return leaves * NANOS_PER_SECOND / (cpuNanos() - begin);
  }

  /** What this thread has had of the processor: the same however busy the machine is. */
  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  @FunctionalInterface
  private interface Bare {
    void hash(byte[] in, byte[] out);
  }

  private static Bare bare(Suite suite) {
    return switch (suite) {
      case SHA256_ED25519 -> {
        MessageDigest digest;
        try {
          digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
          throw new IllegalStateException(e);
        }
        yield (in, out) -> {
          digest.update(in);
          try {
            digest.digest(out, 0, out.length);
          } catch (DigestException e) {
            throw new IllegalStateException(e);
          }
        };
      }
      case SM3_SM2 -> {
        SM3Digest digest = new SM3Digest();
        yield (in, out) -> {
          digest.update(in, 0, in.length);
          digest.doFinal(out, 0);
        };
      }
    };
  }

  /** Leaf hash, tree, tiles and signed checkpoints. Leaves a second of processor time. */
  private double tiles(Suite suite, byte[][] data, Signer signer) {
    long[] bytes = new long[1];
    TileBuilder builder = new TileBuilder(suite, (id, tile) -> bytes[0] += tile.length);
    long begin = cpuNanos();
    for (int i = 1; i <= leaves; i++) {
      builder.appendData(data[i % DISTINCT]);
      if (i % checkpointEvery == 0) {
        builder.partials((id, tile) -> bytes[0] += tile.length);
        bytes[0] +=
            SignedCheckpoint.sign(
                    new Checkpoint("bench", builder.size(), builder.root()),
                    List.of(signer),
                    Clock.systemUTC().instant())
                .encode()
                .length;
      }
    }
    double perSecond = leaves * NANOS_PER_SECOND / (cpuNanos() - begin);
    if (bytes[0] < (long) (leaves - TileId.FULL_WIDTH) * Suite.HASH_BYTES) {
      throw new IllegalStateException("too few tiles came out");
    }
    return perSecond;
  }

  private void prove() throws IOException {
    Suite suite = Suite.SHA256_ED25519;
    Path folder = Files.createTempDirectory("yuanliu-bench-ledger");
    try (TileFiles files = new TileFiles(folder)) {
      long begun = System.nanoTime();
      TileBuilder builder = new TileBuilder(suite, files::put);
      byte[] leaf = new byte[Suite.HASH_BYTES];
      SplittableRandom random = new SplittableRandom(SEED);
      for (long i = 0; i < tree; i++) {
        random.nextBytes(leaf);
        builder.append(leaf);
      }
      builder.partials(files::put);
      byte[] root = builder.root();
      System.out.printf(
          Locale.ROOT,
          "tree of %d leaves in tiles on disk: made in %.0f s, %.3f bytes a leaf%n",
          tree,
          (System.nanoTime() - begun) / NANOS_PER_SECOND,
          (double) files.bytes() / tree);
      measure(suite, files, root, new SplittableRandom(SEED + 1));
    }
  }

  private void measure(Suite suite, TileFiles files, byte[] root, SplittableRandom random) {
    Histogram nanos = new Histogram(3);
    Histogram cpu = new Histogram(3);
    for (int i = -proofs / 10; i < proofs; i++) {
      long index = random.nextLong(tree);
      long beginCpu = cpuNanos();
      long begin = System.nanoTime();
      TileTree view = new TileTree(suite, tree, files);
      List<byte[]> proof = view.inclusionProof(index);
      long took = System.nanoTime() - begin;
      long tookCpu = cpuNanos() - beginCpu;
      if (i >= 0) {
        nanos.recordValue(took);
        cpu.recordValue(tookCpu);
      }
      if (i >= 0
          && i < PROOFS_VERIFIED
          && !MerkleTree.verifyInclusion(suite, index, tree, view.leaf(index), proof, root)) {
        throw new IllegalStateException("the proof of " + index + " does not hold");
      }
    }
    System.out.printf(
        Locale.ROOT,
        "%d inclusion proofs at %d leaves, the first %d verified: p50 %.3f ms, p99 %.3f ms, max"
            + " %.3f ms; processor time p50 %.3f ms, p99 %.3f ms (target: p99 < 2 ms)%n",
        proofs,
        tree,
        Math.min(proofs, PROOFS_VERIFIED),
        nanos.getValueAtPercentile(50) / NANOS_PER_MILLI,
        nanos.getValueAtPercentile(99) / NANOS_PER_MILLI,
        nanos.getMaxValue() / NANOS_PER_MILLI,
        cpu.getValueAtPercentile(50) / NANOS_PER_MILLI,
        cpu.getValueAtPercentile(99) / NANOS_PER_MILLI);
  }

  /** One file a level, a tile at 8 KiB times its index; removed when closed. */
  private static final class TileFiles implements TileSource, AutoCloseable {
    private static final int FULL_BYTES = TileId.FULL_WIDTH * Suite.HASH_BYTES;

    private final Path folder;
    private final List<FileChannel> levels = new ArrayList<>();

    TileFiles(Path folder) {
      this.folder = folder;
    }

    void put(TileId id, byte[] hashes) {
      try {
        while (levels.size() <= id.level()) {
          levels.add(
              FileChannel.open(
                  file(levels.size()),
                  StandardOpenOption.CREATE_NEW,
                  StandardOpenOption.READ,
                  StandardOpenOption.WRITE));
        }
        ByteBuffer from = ByteBuffer.wrap(hashes);
        long at = id.index() * FULL_BYTES;
        while (from.hasRemaining()) {
          at += levels.get(id.level()).write(from, at);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public byte[] tile(TileId id) {
      ByteBuffer to = ByteBuffer.allocate(id.bytes());
      try {
        long at = id.index() * FULL_BYTES;
        while (to.hasRemaining()) {
          int read = levels.get(id.level()).read(to, at);
          if (read < 0) {
            throw new IllegalStateException("no tile " + id.path());
          }
          at += read;
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return to.array();
    }

    long bytes() throws IOException {
      long bytes = 0;
      for (FileChannel level : levels) {
        bytes += level.size();
      }
      return bytes;
    }

    private Path file(int level) {
      return folder.resolve("level-" + level);
    }

    @Override
    public void close() throws IOException {
      for (int level = 0; level < levels.size(); level++) {
        levels.get(level).close();
        Files.delete(file(level));
      }
      Files.delete(folder);
    }
  }
}
