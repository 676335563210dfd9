package org.yuanliu.platform.access;

import static java.util.Objects.requireNonNull;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.yuanliu.platform.problem.Problem;
import org.yuanliu.platform.problem.ProblemException;
import org.yuanliu.platform.problem.StandardProblems;

/** A department opens, lists and closes its cases; see {@link Cases}. */
@RestController
@RequestMapping("/api/v1/cases")
@Tag(name = "Cases", description = "案件 · Cases by which a chain is followed out of one's scope")
class CaseApi {
  private final Cases cases;

  CaseApi(Cases cases) {
    this.cases = requireNonNull(cases, "cases is null");
  }

  /**
   * @param number as the department's files name it
   * @param endsAt at most 90 days from now; null for that
   */
  record NewCase(
      @NotNull @NotBlank @Size(max = 100) String number,
      @NotNull @NotBlank @Size(max = 500) String reason,
      @Nullable Instant endsAt) {}

  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  @Operation(summary = "立案 · Open a case")
  Cases.Case open(Caller caller, HttpServletRequest request, @Valid @RequestBody NewCase given) {
    requireDepartment(caller);
    Instant latest = cases.latestEnd();
    Instant ends = given.endsAt() == null ? latest : given.endsAt();
    if (ends.isAfter(latest) || !ends.isAfter(latest.minus(Cases.LONGEST))) {
      throw new ProblemException(
          Problem.of(
              "case-period",
              400,
              "案件的截止时间应在今后90天之内，到期后可重新立案。",
              "A case ends within the next 90 days; afterwards open another."));
    }
    Cases.Case made = cases.create(caller, given.number(), given.reason(), ends);
    note(request, made);
    return made;
  }

  record Listed(List<Cases.Case> cases) {}

  @GetMapping
  @Operation(summary = "本部门的案件 · The department's cases, newest first")
  Listed list(Caller caller) {
    requireDepartment(caller);
    return new Listed(cases.of(caller));
  }

  @DeleteMapping("/{case}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(summary = "结案 · Close a case: nothing is seen by it any more")
  void close(Caller caller, @PathVariable("case") UUID id) {
    requireDepartment(caller);
    if (!cases.close(caller, id)) {
      throw new ProblemException(StandardProblems.NOT_FOUND);
    }
  }

  private static void requireDepartment(Caller caller) {
    if (!(caller.viewer() instanceof Viewer.Regulator)) {
      throw new ProblemException(StandardProblems.NOT_FOUND);
    }
    caller.require(Permission.QUERY);
  }

  /** What the audit says of a request that a case was named for. */
  static void note(HttpServletRequest request, Cases.Case one) {
    AuditNotes.put(request, "case", one.number());
    AuditNotes.put(request, "reason", one.reason());
  }
}
