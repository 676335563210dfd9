package org.yuanliu.platform.transparency;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.yuanliu.ledger.TileId;
import org.yuanliu.ledger.note.SignedCheckpoint;
import org.yuanliu.ledger.receipt.Receipt;
import org.yuanliu.ledger.receipt.ReceiptJson;
import org.yuanliu.ledger.receipt.SealedReceipt;
import org.yuanliu.ledger.receipt.SealedReceiptJson;
import org.yuanliu.platform.ServerSettings;
import org.yuanliu.platform.access.Caller;
import org.yuanliu.platform.access.Permission;
import org.yuanliu.platform.problem.ProblemException;
import org.yuanliu.platform.problem.StandardProblems;

/**
 * The log for everyone (C2SP tlog-tiles): checkpoint, tiles and keys need no credential, as leaves
 * reveal nothing; a receipt needs the right to see its event. The log's name may hold slashes,
 * plain or encoded.
 */
@RestController
@Tag(name = "Ledger", description = "可信日志 · The transparency log")
final class LedgerApi {
  private static final String BASE = "/ledger/${yuanliu.log}";
  private static final String NAMED = "/ledger/{log}";

  private static final MediaType TEXT = new MediaType("text", "plain", UTF_8);

  /** A full tile never changes. */
  private static final CacheControl FOR_EVER =
      CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable();

  /** A partial tile does not change either, but nobody asks for it again once it has grown. */
  private static final CacheControl SHORT =
      CacheControl.maxAge(Duration.ofMinutes(1)).cachePublic();

  private final ServerSettings server;
  private final PublishedCheckpoints checkpoints;
  private final LedgerTiles tiles;
  private final LedgerKeys keys;
  private final Receipts receipts;
  private final Predecessors predecessors;

  LedgerApi(
      ServerSettings server,
      PublishedCheckpoints checkpoints,
      LedgerTiles tiles,
      LedgerKeys keys,
      Receipts receipts,
      Predecessors predecessors) {
    this.server = requireNonNull(server, "server is null");
    this.checkpoints = requireNonNull(checkpoints, "checkpoints is null");
    this.tiles = requireNonNull(tiles, "tiles is null");
    this.keys = requireNonNull(keys, "keys is null");
    this.receipts = requireNonNull(receipts, "receipts is null");
    this.predecessors = requireNonNull(predecessors, "predecessors is null");
  }

  @GetMapping({BASE + "/checkpoint", NAMED + "/checkpoint"})
  @Operation(summary = "最新检查点 · The newest checkpoint, signed (C2SP tlog-checkpoint)")
  ResponseEntity<byte[]> checkpoint(@PathVariable(required = false) @Nullable String log) {
    requireLog(log);
    SignedCheckpoint served = checkpoints.served().orElseThrow(LedgerApi::notFound);
    return ResponseEntity.ok()
        .contentType(TEXT)
        .cacheControl(CacheControl.noCache())
        .body(served.encode());
  }

  @GetMapping({BASE + "/tile/{*tile}", NAMED + "/tile/{*tile}"})
  @Operation(summary = "哈希瓦片 · A tile of the tree (C2SP tlog-tiles)")
  ResponseEntity<byte[]> tile(
      @PathVariable(required = false) @Nullable String log, @PathVariable String tile) {
    requireLog(log);
    TileId id;
    try {
      id = TileId.parse(tile.substring(1));
    } catch (IllegalArgumentException e) {
      throw notFound();
    }
    long size = checkpoints.newest().map(newest -> newest.checkpoint().size()).orElse(0L);
    if (!id.isIn(size)) {
      throw notFound();
    }
    return ResponseEntity.ok()
        .contentType(MediaType.APPLICATION_OCTET_STREAM)
        .cacheControl(id.isFull() ? FOR_EVER : SHORT)
        .body(tiles.tile(id));
  }

  @GetMapping({BASE + "/predecessor", NAMED + "/predecessor"})
  @Operation(
      summary = "前一日志 · The log that this one took over, and where",
      description = "Each a line of JSON, the last one first; none where this is the first log.")
  ResponseEntity<byte[]> predecessor(@PathVariable(required = false) @Nullable String log) {
    requireLog(log);
    return text(
        predecessors.all().stream()
            .map(one -> one.entry().json() + "\n")
            .collect(Collectors.joining()));
  }

  @GetMapping({BASE + "/key", NAMED + "/key"})
  @Operation(
      summary = "公钥 · The log's public keys, one a line, the one in use first",
      description = "C2SP verifier keys. Rotated keys stay; what they signed verifies under them.")
  ResponseEntity<byte[]> key(@PathVariable(required = false) @Nullable String log) {
    requireLog(log);
    return text(
        keys.published(KeyPurpose.LOG).stream()
            .map(row -> row.key() + "\n")
            .collect(Collectors.joining()));
  }

  @GetMapping({BASE + "/key/succession", NAMED + "/key/succession"})
  @Operation(
      summary = "换钥声明 · What each key signed about the next, newest first",
      description = "Signed notes, one after the other, an empty line between them.")
  ResponseEntity<byte[]> succession(@PathVariable(required = false) @Nullable String log) {
    requireLog(log);
    List<String> notes =
        keys.published(KeyPurpose.LOG).stream()
            .map(KeyRows.KeyRow::succession)
            .filter(note -> note != null)
            .map(String::valueOf)
            .toList();
    return text(String.join("\n", notes));
  }

  @GetMapping({BASE + "/receipt/{eventId}", NAMED + "/receipt/{eventId}"})
  @Operation(
      summary = "凭证 · The receipt of an event, for those who may see it",
      description =
          "Everything that ./yuanliu verify needs, but for the key. 离线可验，只需公钥。 Who sees the"
              + " event without its commercial secrets gets a sealed receipt.")
  ResponseEntity<byte[]> receipt(
      Caller caller,
      @PathVariable(required = false) @Nullable String log,
      @PathVariable String eventId,
      @RequestParam(required = false) @Nullable Long position) {
    requireLog(log);
    if (!caller.may(Permission.QUERY) && !caller.may(Permission.CAPTURE)) {
      throw new ProblemException(StandardProblems.FORBIDDEN);
    }
    if (position != null && position < 0) {
      throw notFound();
    }
    return receipts
        .of(caller.viewer(), eventId, position)
        .map(
            receipt ->
                ResponseEntity.ok()
                    .contentType(MediaType.APPLICATION_JSON)
                    .cacheControl(CacheControl.noStore())
                    .body(
                        switch (receipt) {
                          case Receipts.Told.Open(Receipt whole) -> ReceiptJson.write(whole);
                          case Receipts.Told.Sealed(SealedReceipt alone) ->
                              SealedReceiptJson.write(alone);
                        }))
        .orElseThrow(LedgerApi::notFound);
  }

  private static ResponseEntity<byte[]> text(String text) {
    return ResponseEntity.ok()
        .contentType(TEXT)
        .cacheControl(CacheControl.noCache())
        .body(text.getBytes(UTF_8));
  }

  /** The name as one encoded segment comes in here; as plain segments it is in the mapping. */
  private void requireLog(@Nullable String named) {
    if (named != null && !named.equals(server.log())) {
      throw notFound();
    }
  }

  private static ProblemException notFound() {
    return new ProblemException(StandardProblems.NOT_FOUND);
  }
}
