package org.yuanliu.ledger.tool;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.yuanliu.ledger.Frontier;
import org.yuanliu.ledger.Hasher;
import org.yuanliu.ledger.MemoryTiles;
import org.yuanliu.ledger.Suite;
import org.yuanliu.ledger.note.Checkpoint;
import org.yuanliu.ledger.note.PrivateKeys;
import org.yuanliu.ledger.note.SignatureType;
import org.yuanliu.ledger.note.SignedCheckpoint;
import org.yuanliu.ledger.note.Signer;
import org.yuanliu.ledger.note.Signing;

/** A log on a port of this machine whose every byte a test may change. */
final class ServedLog implements AutoCloseable {
  static final String NAME = "log.example/test";

  final Suite suite;
  final Signer signer;
  final Signer witness;

  /** By path below the log's address. */
  final Map<String, byte[]> files = new ConcurrentHashMap<>();

  private final HttpServer server;

  ServedLog(Suite suite) throws IOException {
    this.suite = suite;
    // Headers and body go out apart; without this each answer waits 40 ms for an acknowledgement.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    SecureRandom random = new SecureRandom();
    signer =
        PrivateKeys.signer(NAME, SignatureType.note(suite), PrivateKeys.generate(suite, random));
    witness =
        PrivateKeys.signer(
            "witness.example/w",
            SignatureType.cosignature(suite),
            PrivateKeys.generate(suite, random));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/ledger/test/", this::answer);
    server.start();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body =
          files.get(exchange.getRequestURI().getPath().substring("/ledger/test/".length()));
      if (body == null) {
        exchange.sendResponseHeaders(404, -1);
      } else {
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
      }
    }
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/ledger/test";
  }

  /** Leaf hashes; another seed is another history. */
  List<byte[]> leaves(int count, int seed) {
    Hasher hasher = suite.newHasher();
    List<byte[]> leaves = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      leaves.add(hasher.leaf(new byte[] {(byte) i, (byte) (i >> 8), (byte) seed}));
    }
    return leaves;
  }

  /** Serves these leaves, all tiles and a checkpoint signed by log and witness. */
  void serve(List<byte[]> leaves) {
    files.clear();
    MemoryTiles.of(suite, leaves).byPath().forEach((path, tile) -> files.put("tile/" + path, tile));
    files.put("key", (signer.key() + "\n").getBytes(UTF_8));
    files.put("checkpoint", checkpoint(leaves).encode());
  }

  SignedCheckpoint checkpoint(List<byte[]> leaves) {
    Instant now = Instant.parse("2026-11-21T08:00:00Z");
    Frontier.Builder tree = Frontier.empty(suite).builder();
    leaves.forEach(tree::append);
    Checkpoint checkpoint = new Checkpoint(NAME, leaves.size(), tree.root());
    return SignedCheckpoint.sign(checkpoint, List.of(signer), now)
        .with(List.of(Signing.sign(witness, checkpoint.text(), now)));
  }

  @Override
  public void close() {
    server.stop(0);
  }

  /** What a command printed and how it ended. */
  record Run(int status, String out, String err) {}

  static Run run(String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int status =
        LedgerTools.run(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), args);
    return new Run(status, out.toString(UTF_8), err.toString(UTF_8));
  }
}
