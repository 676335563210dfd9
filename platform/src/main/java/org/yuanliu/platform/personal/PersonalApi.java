package org.yuanliu.platform.personal;

import static java.util.Objects.requireNonNull;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.yuanliu.platform.access.AuditNotes;
import org.yuanliu.platform.access.Caller;
import org.yuanliu.platform.access.Permission;
import org.yuanliu.platform.problem.ProblemException;
import org.yuanliu.platform.problem.StandardProblems;

/**
 * Personal values: masked, or open with a reason that the audit keeps. What is looked for stands in
 * bodies, never in addresses, so that no log has it.
 */
@RestController
@RequestMapping("/api/v1/personal")
@Tag(name = "Personal data", description = "个人信息 · Personal values kept encrypted")
final class PersonalApi {
  /** Chars of a reason. */
  static final int MAX_REASON = 200;

  private static final int MAX_VALUE = 1_000;
  private static final int MAX_ELEMENTS = 100;

  /** Identity numbers and telephones have no place in a reason: the audit keeps it in clear. */
  private static final Pattern DIGITS = Pattern.compile("[0-9]{11,}[0-9Xx]*");

  private static final Pattern REFERENCE = Pattern.compile("[A-Za-z0-9./_-]{0,64}");

  private final PersonalDesk desk;

  PersonalApi(PersonalDesk desk) {
    this.desk = requireNonNull(desk, "desk is null");
  }

  /**
   * @param elements which fields; all where none are named
   */
  record Look(@Nullable String reason, @Nullable Set<String> elements) {}

  record Search(@Nullable String value, @Nullable String reason) {}

  /**
   * @param basis request, consent_withdrawn, purpose_achieved, retention_expired or unlawful
   * @param reference number of the request or case
   */
  record Erasure(@Nullable String basis, @Nullable String reference) {}

  @GetMapping("/entries/{position}")
  @Operation(summary = "记录中的个人信息（掩码） · A record's personal values, masked")
  Map<String, Object> masked(Caller caller, @PathVariable long position) {
    caller.require(Permission.PERSONAL);
    return Map.of("values", desk.masked(caller, requireEntry(position)));
  }

  @PostMapping("/entries/{position}/view")
  @Operation(summary = "查看个人信息，须写明理由 · See them, with a reason")
  Map<String, Object> view(
      Caller caller,
      @PathVariable long position,
      @RequestBody Look look,
      HttpServletRequest request) {
    caller.require(Permission.PERSONAL);
    reason(look.reason(), request);
    Set<String> elements = look.elements() == null ? Set.of() : look.elements();
    if (elements.size() > MAX_ELEMENTS) {
      throw invalid("/elements", "字段过多", "too many elements");
    }
    List<PersonalDesk.Shown> shown = desk.shown(caller, requireEntry(position), elements);
    AuditNotes.put(request, "shown", Integer.toString(shown.size()));
    return Map.of("values", shown);
  }

  @PostMapping("/search")
  @Operation(summary = "按原值精确查找 · Find an exact value")
  Map<String, Object> search(
      Caller caller, @RequestBody Search search, HttpServletRequest request) {
    caller.require(Permission.PERSONAL);
    reason(search.reason(), request);
    String value = search.value();
    if (value == null || value.isBlank() || value.length() > MAX_VALUE) {
      throw invalid("/value", "要查找的值", "the value to look for");
    }
    List<PersonalDesk.Masked> found = desk.find(caller, value);
    AuditNotes.put(request, "found", Integer.toString(found.size()));
    return Map.of("values", found);
  }

  @PostMapping("/subjects/{subject}/export")
  @Operation(summary = "导出此人的全部信息 · All that is held on a person")
  PersonalDesk.Export export(
      Caller caller,
      @PathVariable UUID subject,
      @RequestBody Look look,
      HttpServletRequest request) {
    caller.require(Permission.PERSONAL);
    reason(look.reason(), request);
    return desk.export(caller, subject);
  }

  @PostMapping("/subjects/{subject}/erasure")
  @Operation(summary = "删除此人的信息 · Erase what is held on a person")
  PersonalDesk.Erased erase(
      Caller caller,
      @PathVariable UUID subject,
      @RequestBody Erasure erasure,
      HttpServletRequest request) {
    caller.require(Permission.PERSONAL);
    ErasureAct.Basis basis = null;
    for (ErasureAct.Basis one : List.of(ErasureAct.Basis.values())) {
      if (one.id().equals(erasure.basis())) {
        basis = one;
      }
    }
    if (basis == null) {
      throw invalid(
          "/basis",
          "删除依据应为 request、consent_withdrawn、purpose_achieved、retention_expired 或 unlawful",
          "one of request, consent_withdrawn, purpose_achieved, retention_expired and unlawful");
    }
    String reference = erasure.reference() == null ? "" : erasure.reference();
    if (!REFERENCE.matcher(reference).matches() || DIGITS.matcher(reference).find()) {
      throw invalid(
          "/reference",
          "申请或案件编号，不超过 64 字，不得含证件号码",
          "the number of the request, of at most 64 characters, never an identity number");
    }
    AuditNotes.put(request, "basis", basis.id());
    return desk.erase(caller, subject, basis, reference);
  }

  private static long requireEntry(long position) {
    if (position < 0) {
      throw new ProblemException(StandardProblems.NOT_FOUND);
    }
    return position;
  }

  private static void reason(@Nullable String reason, HttpServletRequest request) {
    if (reason == null || reason.isBlank() || reason.length() > MAX_REASON) {
      throw invalid(
          "/reason",
          "请写明理由，不超过 " + MAX_REASON + " 字",
          "say why, in at most " + MAX_REASON + " characters");
    }
    if (DIGITS.matcher(reason).find()) {
      throw invalid(
          "/reason",
          "理由会写入审计，不得含证件号码或电话",
          "the audit keeps the reason: no identity numbers or telephones in it");
    }
    AuditNotes.put(request, "reason", reason.strip());
  }

  private static ProblemException invalid(String pointer, String zh, String en) {
    return new ProblemException(StandardProblems.invalid(pointer, "invalid-value", zh, en));
  }
}
