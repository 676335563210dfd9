package org.yuanliu.platform.transparency;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.yuanliu.ledger.Suite;
import org.yuanliu.ledger.TileTree;
import org.yuanliu.ledger.note.Note;
import org.yuanliu.ledger.note.NoteException;
import org.yuanliu.ledger.note.NoteSignature;
import org.yuanliu.ledger.note.SignedCheckpoint;
import org.yuanliu.ledger.note.VerifierKey;
import org.yuanliu.ledger.witness.AddCheckpoint;
import org.yuanliu.ledger.witness.WitnessAnswer;
import org.yuanliu.platform.journal.JournalSettings;

/**
 * Asks the configured witnesses to cosign what is published (C2SP tlog-witness), each on a thread
 * of its own and one question at a time. Addresses come from the configuration only and redirects
 * are not followed, so nobody makes this server ask elsewhere.
 */
@Component
final class Cosigners {
  private static final Logger LOG = LoggerFactory.getLogger(Cosigners.class);

  /** The first question may meet another size than ours, the second not. */
  private static final int ATTEMPTS = 2;

  private static final int OK = 200;
  private static final int CONFLICT = 409;

  private final List<Cosigner> cosigners;
  private final LedgerTiles tiles;
  private final Suite suite;
  private final TransparencySettings.Witnesses settings;
  private final WitnessWatch watch;
  private final HttpClient http;
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("ledger-cosigner-", 0).factory());

  Cosigners(
      LedgerTiles tiles,
      JournalSettings journal,
      TransparencySettings settings,
      WitnessWatch watch) {
    this.tiles = requireNonNull(tiles, "tiles is null");
    this.suite = Suite.ofId(journal.suite());
    this.settings = settings.witnesses();
    this.watch = requireNonNull(watch, "watch is null");
    this.cosigners = this.settings.list().stream().map(Cosigner::of).toList();
    this.http =
        HttpClient.newBuilder()
            .connectTimeout(this.settings.timeout())
            .followRedirects(HttpClient.Redirect.NEVER)
            .executor(threads)
            .build();
  }

  /** A witness, and what it has cosigned of this log as far as we know. */
  private static final class Cosigner {
    private final URI url;
    private final VerifierKey key;
    private final AtomicBoolean busy = new AtomicBoolean();
    private volatile long size;
    private volatile @Nullable String failure;

    private Cosigner(URI url, VerifierKey key) {
      this.url = url;
      this.key = key;
    }

    static Cosigner of(TransparencySettings.WitnessOf configured) {
      VerifierKey key;
      try {
        key = VerifierKey.parse(configured.key());
      } catch (NoteException e) {
        throw new IllegalArgumentException(
            "yuanliu.transparency.witnesses: " + configured.url() + " has no verifier key", e);
      }
      if (!key.type().isCosignature()) {
        throw new IllegalArgumentException(
            "yuanliu.transparency.witnesses: " + key.name() + " is not a witness's key");
      }
      String url = configured.url().toString();
      return new Cosigner(
          URI.create((url.endsWith("/") ? url : url + "/") + "add-checkpoint"), key);
    }
  }

  /** Something new is published: nobody has cosigned it yet. */
  void published() {
    watch.cosigned(0);
  }

  /**
   * Asks every witness that has not cosigned the published checkpoint and is not being asked.
   *
   * @param published what is served now; asked anew when answers come in
   * @param cosigned takes the same with further signatures, and how many cosignatures it has
   */
  void ask(
      long size,
      Supplier<@Nullable SignedCheckpoint> published,
      BiConsumer<SignedCheckpoint, Integer> cosigned) {
    for (Cosigner cosigner : cosigners) {
      SignedCheckpoint now = published.get();
      if (now == null || has(now, cosigner) || !cosigner.busy.compareAndSet(false, true)) {
        continue;
      }
      try {
        threads.execute(
            () -> {
              try {
                take(now, ask(cosigner, now), published, cosigned);
                cosigner.failure = null;
              } catch (IOException | NoteException | RuntimeException e) {
                if (cosigner.failure == null) {
                  LOG.warn("witness {} does not cosign: {}", cosigner.key.name(), e.toString());
                }
                cosigner.failure = e.toString();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              } finally {
                cosigner.busy.set(false);
              }
            });
      } catch (RejectedExecutionException e) {
        cosigner.busy.set(false); // the server stops
      }
    }
    if (cosigners.isEmpty()) {
      watch.cosigned(0);
    }
  }

  /** The witnesses that do not answer as they should, with the reason. */
  List<String> failures() {
    return cosigners.stream()
        .filter(cosigner -> cosigner.failure != null)
        .map(cosigner -> cosigner.key.name() + ": " + cosigner.failure)
        .toList();
  }

  int count() {
    return cosigners.size();
  }

  void stop() {
    threads.shutdown();
  }

  private List<NoteSignature> ask(Cosigner cosigner, SignedCheckpoint checkpoint)
      throws IOException, NoteException, InterruptedException {
    long size = checkpoint.checkpoint().size();
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      long old = cosigner.size;
      if (old > size) {
        throw new IOException(
            "the witness has seen " + old + " entries of this log, which has " + size);
      }
      List<byte[]> proof = new TileTree(suite, size, tiles).consistencyProof(old);
      AddCheckpoint request = new AddCheckpoint(old, proof, checkpoint);
      HttpResponse<InputStream> response =
          http.send(
              HttpRequest.newBuilder(cosigner.url)
                  .timeout(settings.timeout())
                  .header("Content-Type", "text/plain; charset=utf-8")
                  .POST(HttpRequest.BodyPublishers.ofByteArray(request.encode()))
                  .build(),
              HttpResponse.BodyHandlers.ofInputStream());
      byte[] body;
      try (InputStream in = response.body()) {
        body = in.readNBytes(Note.MAX_BYTES + 1);
      }
      if (response.statusCode() == OK) {
        List<NoteSignature> signatures = request.cosignatures(body, List.of(cosigner.key));
        cosigner.size = size;
        return signatures;
      }
      if (response.statusCode() != CONFLICT) {
        throw new IOException("status " + response.statusCode());
      }
      if (!response
          .headers()
          .firstValue("Content-Type")
          .orElse("")
          .equals(WitnessAnswer.Conflict.CONTENT_TYPE)) {
        throw new IOException("the witness has cosigned another tree of " + size + " entries");
      }
      cosigner.size = AddCheckpoint.conflictSize(body);
    }
    throw new IOException("the witness names another size each time");
  }

  private synchronized void take(
      SignedCheckpoint asked,
      List<NoteSignature> signatures,
      Supplier<@Nullable SignedCheckpoint> published,
      BiConsumer<SignedCheckpoint, Integer> cosigned) {
    SignedCheckpoint now = published.get();
    boolean newest = now != null && now.checkpoint().equals(asked.checkpoint());
    SignedCheckpoint with = (newest ? requireNonNull(now) : asked).with(signatures);
    int count = (int) cosigners.stream().filter(cosigner -> has(with, cosigner)).count();
    cosigned.accept(with, count);
    // A slow witness signs what meanwhile is not the newest: it answers all the same.
    if (newest || count >= settings.required()) {
      watch.cosigned(count);
    }
  }

  private static boolean has(SignedCheckpoint checkpoint, Cosigner cosigner) {
    return checkpoint.note().signatures().stream().anyMatch(line -> line.isBy(cosigner.key));
  }
}
