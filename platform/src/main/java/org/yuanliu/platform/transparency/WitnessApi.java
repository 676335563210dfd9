package org.yuanliu.platform.transparency;

import static java.util.Objects.requireNonNull;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.yuanliu.ledger.witness.AddCheckpoint;
import org.yuanliu.ledger.witness.WitnessAnswer;
import org.yuanliu.platform.problem.ProblemException;
import org.yuanliu.platform.problem.StandardProblems;

/** This server as a witness of other logs (C2SP tlog-witness). */
@RestController
@Tag(name = "Witness", description = "见证 · Cosigning other logs' checkpoints")
final class WitnessApi {
  /** Anyone may ask: so many bodies of half a megabyte are held at once, and no more. */
  private static final int AT_ONCE = 16;

  private static final long PATIENCE_S = 2;

  private final LogWitness witness;
  private final Semaphore room = new Semaphore(AT_ONCE);

  WitnessApi(LogWitness witness) {
    this.witness = requireNonNull(witness, "witness is null");
  }

  @PostMapping("/ledger/witness/add-checkpoint")
  @Operation(
      summary = "见证检查点 · Cosign a checkpoint that continues the last one",
      description = "200 with cosignatures; 400, 403, 404, 409 with the known size, 422.")
  ResponseEntity<byte[]> add(HttpServletRequest request) throws IOException {
    boolean entered = false;
    try {
      entered = room.tryAcquire(PATIENCE_S, TimeUnit.SECONDS);
      if (!entered) {
        throw new ProblemException(StandardProblems.of(503));
      }
      WitnessAnswer answer =
          witness.add(request.getInputStream().readNBytes(AddCheckpoint.MAX_BYTES + 1));
      HttpHeaders headers = new HttpHeaders();
      // As the protocol writes it, to the letter: no character set behind text/x.tlog.size.
      headers.set(HttpHeaders.CONTENT_TYPE, answer.contentType());
      return new ResponseEntity<>(answer.body(), headers, answer.status());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ProblemException(StandardProblems.of(503));
    } finally {
      if (entered) {
        room.release();
      }
    }
  }

  @GetMapping("/ledger/witness/key")
  @Operation(summary = "见证公钥 · The witness's public keys, one a line")
  ResponseEntity<String> key() {
    return ResponseEntity.ok().contentType(MediaType.TEXT_PLAIN).body(witness.keys());
  }
}
