package org.yuanliu.platform.transparency;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;
import org.yuanliu.ledger.note.NoteSignature;
import org.yuanliu.ledger.note.SignedCheckpoint;
import org.yuanliu.platform.ServerSettings;
import org.yuanliu.platform.problem.ProblemException;
import org.yuanliu.platform.problem.StandardProblems;
import org.yuanliu.platform.qr.QrImages;

/** The last checkpoint of a day: as text, as a QR code, and as a sheet of paper with both. */
@Controller
@Tag(name = "Ledger")
final class AnchorApi {
  private static final String BASE = "/ledger/${yuanliu.log}/anchor/";
  private static final String NAMED = "/ledger/{log}/anchor/";

  /** A day that is over has one checkpoint for ever. */
  private static final CacheControl FOR_EVER =
      CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable();

  private final ServerSettings server;
  private final Anchors anchors;
  private final QrImages qr;

  AnchorApi(ServerSettings server, Anchors anchors, QrImages qr) {
    this.server = requireNonNull(server, "server is null");
    this.anchors = requireNonNull(anchors, "anchors is null");
    this.qr = requireNonNull(qr, "qr is null");
  }

  @GetMapping({BASE + "{day}.txt", NAMED + "{day}.txt"})
  @Operation(summary = "每日检查点 · The last checkpoint of a day as text (2026-11-21.txt)")
  ResponseEntity<byte[]> text(
      @PathVariable(required = false) @Nullable String log, @PathVariable String day) {
    return ResponseEntity.ok()
        .contentType(new MediaType("text", "plain", UTF_8))
        .cacheControl(FOR_EVER)
        .body(of(log, day).encode());
  }

  @GetMapping({BASE + "{day}.svg", NAMED + "{day}.svg"})
  @Operation(summary = "每日检查点二维码 · The same as a QR code")
  ResponseEntity<byte[]> code(
      @PathVariable(required = false) @Nullable String log, @PathVariable String day) {
    return ResponseEntity.ok()
        .contentType(MediaType.valueOf("image/svg+xml"))
        .cacheControl(FOR_EVER)
        .body(picture(Anchors.candidates(of(log, day))));
  }

  @GetMapping(
      path = {BASE + "{day}", NAMED + "{day}"},
      produces = MediaType.TEXT_HTML_VALUE)
  @Operation(summary = "每日检查点张贴页 · The same as a sheet of A4 to be posted")
  ModelAndView page(
      @PathVariable(required = false) @Nullable String log,
      @PathVariable String day,
      HttpServletRequest request) {
    SignedCheckpoint checkpoint = of(log, day);
    String here = ServletUriComponentsBuilder.fromRequestUri(request).build().toUriString();
    return new ModelAndView(
        "ledger/anchor",
        Map.of(
            "day",
            day,
            "log",
            checkpoint.checkpoint().origin(),
            "size",
            String.format(Locale.ROOT, "%,d", checkpoint.checkpoint().size()),
            "root",
            Base64.getEncoder().encodeToString(checkpoint.checkpoint().root()),
            "witnesses",
            witnesses(checkpoint),
            "note",
            checkpoint.toString(),
            "picture",
            day + ".svg",
            "address",
            here.substring(0, here.length() - ("/anchor/" + day).length())));
  }

  /** Who else has signed: the log's own signatures bear its name. */
  private static List<String> witnesses(SignedCheckpoint checkpoint) {
    String own = checkpoint.checkpoint().origin();
    return checkpoint.note().signatures().stream()
        .map(NoteSignature::name)
        .filter(name -> !name.equals(own))
        .distinct()
        .toList();
  }

  /** The name as one encoded segment comes in here; as plain segments it is in the mapping. */
  private SignedCheckpoint of(@Nullable String log, String day) {
    if (log != null && !log.equals(server.log())) {
      throw new ProblemException(StandardProblems.NOT_FOUND);
    }
    try {
      return anchors
          .of(LocalDate.parse(day))
          .orElseThrow(() -> new ProblemException(StandardProblems.NOT_FOUND));
    } catch (DateTimeParseException e) {
      throw new ProblemException(StandardProblems.NOT_FOUND);
    }
  }

  /** The first that fits a code. */
  private byte[] picture(List<String> texts) {
    for (String text : texts) {
      try {
        return qr.svg(text);
      } catch (IllegalArgumentException e) {
        // too long; the next is shorter
      }
    }
    throw new ProblemException(StandardProblems.NOT_FOUND);
  }
}
