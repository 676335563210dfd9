package org.yuanliu.platform.transparency;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.yuanliu.ledger.receipt.SealedReceiptJson;
import org.yuanliu.platform.ServerSettings;
import org.yuanliu.platform.problem.ProblemException;
import org.yuanliu.platform.problem.StandardProblems;

/** What a consumer's browser asks for: proofs of positions, and whose cosignatures to look for. */
@RestController
@Tag(name = "Ledger", description = "可信日志 · The transparency log")
final class SealedProofApi {
  private static final String BASE = "/ledger/${yuanliu.log}";
  private static final String NAMED = "/ledger/{log}";

  private final ServerSettings server;
  private final SealedProofs proofs;
  private final TransparencySettings settings;

  SealedProofApi(ServerSettings server, SealedProofs proofs, TransparencySettings settings) {
    this.server = requireNonNull(server, "server is null");
    this.proofs = requireNonNull(proofs, "proofs is null");
    this.settings = requireNonNull(settings, "settings is null");
  }

  @GetMapping({BASE + "/proof/{position}", NAMED + "/proof/{position}"})
  @Operation(
      summary = "封存凭证 · The sealed receipt of a position, for everyone",
      description = "Shows that a leaf is in the log, and nothing of what is in it.")
  ResponseEntity<byte[]> proof(
      @PathVariable(required = false) @Nullable String log, @PathVariable String position) {
    requireLog(log);
    return proofs
        .of(parse(position))
        .map(
            receipt ->
                ResponseEntity.ok()
                    .contentType(MediaType.APPLICATION_JSON)
                    .cacheControl(CacheControl.noCache())
                    .body(SealedReceiptJson.write(receipt)))
        .orElseThrow(SealedProofApi::notFound);
  }

  @GetMapping({BASE + "/witnesses", NAMED + "/witnesses"})
  @Operation(
      summary = "见证方公钥 · The public keys of this log's witnesses, one a line",
      description = "The log's own word; who relies on a witness asks it for its key.")
  ResponseEntity<byte[]> witnesses(@PathVariable(required = false) @Nullable String log) {
    requireLog(log);
    return ResponseEntity.ok()
        .contentType(new MediaType("text", "plain", UTF_8))
        .cacheControl(CacheControl.noCache())
        .body(
            settings.witnesses().list().stream()
                .map(witness -> witness.key() + "\n")
                .collect(Collectors.joining())
                .getBytes(UTF_8));
  }

  private void requireLog(@Nullable String named) {
    if (named != null && !named.equals(server.log())) {
      throw notFound();
    }
  }

  private static long parse(String position) {
    try {
      long parsed = Long.parseLong(position);
      if (parsed >= 0 && Long.toString(parsed).equals(position)) {
        return parsed;
      }
    } catch (NumberFormatException e) {
      // answered below, as any address that there is not
    }
    throw notFound();
  }

  private static ProblemException notFound() {
    return new ProblemException(StandardProblems.NOT_FOUND);
  }
}
