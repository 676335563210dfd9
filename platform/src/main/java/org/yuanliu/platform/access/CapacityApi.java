package org.yuanliu.platform.access;

import static java.util.Objects.requireNonNull;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.yuanliu.platform.problem.ProblemException;
import org.yuanliu.platform.problem.StandardProblems;

/** As what one acts in this session: as oneself, or in a role held or borrowed. */
@RestController
@RequestMapping("/api/v1/session/capacity")
@Tag(name = "Sign-in")
class CapacityApi {
  private final Callers callers;
  private final AccountService accounts;

  CapacityApi(Callers callers, AccountService accounts) {
    this.callers = requireNonNull(callers, "callers is null");
    this.accounts = requireNonNull(accounts, "accounts is null");
  }

  /**
   * @param borrowed whether it is somebody else's role
   */
  record Choice(
      UUID id, String party, String title, Set<Permission> permissions, boolean borrowed) {}

  /**
   * @param current null for oneself
   * @param ended whether what was chosen holds no longer: nothing may be done before another choice
   */
  record Choices(@Nullable UUID current, boolean ended, List<Choice> capacities) {}

  @GetMapping
  @Operation(summary = "可用身份 · As what one may act now")
  Choices choices(Caller caller, HttpServletRequest request) {
    List<Choice> choices =
        accounts
            .account(caller.account())
            .map(
                row ->
                    callers.capacities(row).stream()
                        .map(
                            one ->
                                new Choice(
                                    one.id(),
                                    one.party(),
                                    one.title(),
                                    one.permissions(),
                                    !one.holder().equals(row.id())))
                        .toList())
            .orElse(List.of());
    UUID current = ActingAs.in(request.getSession(false));
    boolean ended = current != null && choices.stream().noneMatch(one -> one.id().equals(current));
    return new Choices(current, ended, choices);
  }

  /**
   * @param capacity null for oneself
   */
  record Chosen(@Nullable UUID capacity) {}

  @PutMapping
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(summary = "切换身份 · Act in another capacity from now on")
  void choose(Caller caller, HttpServletRequest request, @RequestBody Chosen chosen) {
    HttpSession session = request.getSession(false);
    if (Callers.keyOf(request) != null || session == null) {
      throw new ProblemException(StandardProblems.FORBIDDEN);
    }
    UUID id = chosen.capacity();
    if (id != null) {
      AccountRow row =
          accounts
              .account(caller.account())
              .orElseThrow(() -> new ProblemException(StandardProblems.NOT_FOUND));
      if (callers.in(row, id).isEmpty()) {
        throw new ProblemException(StandardProblems.NOT_FOUND);
      }
      AuditNotes.put(request, "capacity", id.toString());
    }
    ActingAs.put(session, id);
  }
}
