package org.yuanliu.platform.hold;

import static java.util.Objects.requireNonNull;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.yuanliu.codes.CodeReader;
import org.yuanliu.codes.IdentityCard;
import org.yuanliu.codes.Reading;
import org.yuanliu.platform.access.AuditNotes;
import org.yuanliu.platform.access.Caller;
import org.yuanliu.platform.access.Permission;
import org.yuanliu.platform.problem.Problem;
import org.yuanliu.platform.problem.ProblemException;
import org.yuanliu.platform.problem.StandardProblems;

/** Holds set and lifted by the security administration, which can erase nothing itself. */
@RestController
@RequestMapping("/api/v1/holds")
@Tag(name = "Holds", description = "法律保全 · What is kept from erasure and dropping")
final class HoldApi {
  private static final int MAX_PAGE = 1_000;

  /** Chars of a reason or a case's number. */
  private static final int MAX_TEXT = 200;

  private final Holds holds;
  private final CodeReader codes;

  HoldApi(Holds holds, CodeReader codes) {
    this.holds = requireNonNull(holds, "holds is null");
    this.codes = requireNonNull(codes, "codes is null");
  }

  /**
   * @param kind subject, unit or party
   * @param target id of a person, code of a unit or a party
   * @param law law and clause
   */
  record NewHold(
      @Nullable String kind,
      @Nullable String target,
      @Nullable String reference,
      @Nullable String reason,
      @Nullable String law) {}

  /**
   * @param law law and clause
   */
  record Lifting(@Nullable String reason, @Nullable String law) {}

  @GetMapping
  @Operation(summary = "法律保全清单 · The holds, newest first")
  Map<String, Object> all(
      Caller caller,
      @RequestParam(defaultValue = "false") boolean lifted,
      @RequestParam(defaultValue = "100") @Min(1) @Max(MAX_PAGE) int limit) {
    caller.require(Permission.SECURE);
    return Map.of("holds", holds.all(lifted, limit));
  }

  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  @Operation(summary = "设立法律保全 · Set a hold")
  Hold set(Caller caller, @RequestBody NewHold asked, HttpServletRequest request) {
    caller.require(Permission.SECURE);
    Hold.Kind kind = kind(asked.kind());
    String target = target(kind, text(asked.target(), "/target"));
    String reference = text(asked.reference(), "/reference");
    String reason = text(asked.reason(), "/reason");
    String law = text(asked.law(), "/law");
    if (holds.full()) {
      throw new ProblemException(
          Problem.of(
              "too-many-holds",
              409,
              "有效的法律保全已达 " + Holds.MAX_IN_FORCE + " 条，请先解除不再需要的。",
              Holds.MAX_IN_FORCE + " holds are in force; lift those that are over first."));
    }
    AuditNotes.put(request, "reference", reference);
    AuditNotes.put(request, "law", law);
    AuditNotes.put(request, "reason", reason);
    return holds.set(kind, target, reference, reason, law, caller.name());
  }

  @PostMapping("/{id}/lifting")
  @Operation(summary = "解除法律保全，须写明理由和依据 · Lift a hold, with reason and law")
  Hold lift(
      Caller caller,
      @PathVariable UUID id,
      @RequestBody Lifting asked,
      HttpServletRequest request) {
    caller.require(Permission.SECURE);
    String reason = text(asked.reason(), "/reason");
    String law = text(asked.law(), "/law");
    AuditNotes.put(request, "law", law);
    AuditNotes.put(request, "reason", reason);
    return holds
        .lift(id, reason, law, caller.name())
        .orElseThrow(() -> new ProblemException(StandardProblems.NOT_FOUND));
  }

  private static Hold.Kind kind(@Nullable String word) {
    for (Hold.Kind kind : List.of(Hold.Kind.values())) {
      if (kind.id().equals(word)) {
        return kind;
      }
    }
    throw new ProblemException(
        StandardProblems.invalid(
            "/kind",
            "unknown-kind",
            "保全对象应为 subject、unit 或 party",
            "what is held is a subject, a unit or a party"));
  }

  private String target(Hold.Kind kind, String text) {
    try {
      return kind == Hold.Kind.SUBJECT
          ? UUID.fromString(text.toLowerCase(Locale.ROOT)).toString()
          : codes.read(text) instanceof Reading.Found(var code) ? code.canonical() : uri(text);
    } catch (IllegalArgumentException e) {
      throw new ProblemException(
          StandardProblems.invalid("/target", "no-target", "不是标识或编码", "neither an id nor a code"));
    }
  }

  /** What is no code of ours may be any URI that events name. */
  private static String uri(String text) {
    return java.net.URI.create(text).isAbsolute() ? text : none();
  }

  private static String none() {
    throw new IllegalArgumentException("no code");
  }

  private static String text(@Nullable String text, String pointer) {
    if (text == null || text.isBlank() || text.length() > MAX_TEXT) {
      throw new ProblemException(
          StandardProblems.invalid(
              pointer,
              "invalid-text",
              "必填，不超过 " + MAX_TEXT + " 字",
              "needed, of at most " + MAX_TEXT + " characters"));
    }
    if (!IdentityCard.maskedIn(text).equals(text)) {
      throw new ProblemException(
          StandardProblems.invalid(
              pointer,
              "identity-number",
              "会写入保全清单和审计，不得含证件号码",
              "the list of holds and the audit keep it: no identity numbers in it"));
    }
    return text.strip();
  }
}
