package org.yuanliu.platform.checks;

import static java.util.Objects.requireNonNull;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.yuanliu.industry.CheckLevel;
import org.yuanliu.platform.access.Caller;
import org.yuanliu.platform.access.Permission;
import org.yuanliu.platform.problem.Problem;
import org.yuanliu.platform.problem.Problem.Detail;
import org.yuanliu.platform.problem.ProblemException;
import org.yuanliu.platform.problem.StandardProblems;

/** What the packs' checks found, for those whom it concerns. */
@RestController
@Tag(name = "Checks", description = "检查与预警 · Checks and alerts")
final class AlertApi {
  static final int DEFAULT_LIMIT = 50;

  /** What a page of the console shows at most. */
  static final int MAX_LIMIT = 500;

  private final AlertQuery alerts;

  AlertApi(AlertQuery alerts) {
    this.alerts = requireNonNull(alerts, "alerts is null");
  }

  @GetMapping("/api/v1/alerts")
  @Operation(
      summary = "预警，新的在前 · Alerts, newest first",
      description =
          "A regulator's are those of his divisions and industries, an enterprise's its own."
              + " 监管部门看本辖区、本行业的，企业看自己的。")
  AlertQuery.Page list(
      Caller caller,
      @RequestParam(defaultValue = "open") String state,
      @RequestParam(required = false) @Nullable String severity,
      @RequestParam(required = false) @Nullable String industry,
      @RequestParam(required = false) @Nullable String check,
      @RequestParam(required = false) @Nullable Instant from,
      @RequestParam(required = false) @Nullable Instant to,
      @RequestParam(required = false) @Nullable Integer limit,
      @RequestParam(required = false) @Nullable String next) {
    caller.require(Permission.QUERY);
    int size = limit == null ? DEFAULT_LIMIT : limit;
    if (size < 1 || size > MAX_LIMIT) {
      throw bad("limit", "应为1至" + MAX_LIMIT + "。", "is 1 to " + MAX_LIMIT + ".");
    }
    return alerts.page(
        caller.viewer(),
        new AlertQuery.Filter(state(state), severity(severity), industry, check, from, to),
        size,
        next == null ? null : token(next));
  }

  @GetMapping("/api/v1/alerts/{id}")
  @Operation(summary = "一条预警及其经过 · An alert with its history")
  AlertQuery.Alert one(Caller caller, @PathVariable String id) {
    caller.require(Permission.QUERY);
    return uuid(id)
        .flatMap(finding -> alerts.one(caller.viewer(), finding))
        .orElseThrow(() -> new ProblemException(StandardProblems.NOT_FOUND));
  }

  private static java.util.Optional<UUID> uuid(String text) {
    try {
      return java.util.Optional.of(UUID.fromString(text));
    } catch (IllegalArgumentException e) {
      return java.util.Optional.empty();
    }
  }

  private static AlertQuery.State state(String text) {
    for (AlertQuery.State state : AlertQuery.State.values()) {
      if (state.name().toLowerCase(Locale.ROOT).equals(text)) {
        return state;
      }
    }
    throw bad("state", "应为 open、cleared 或 all。", "is open, cleared or all.");
  }

  private static @Nullable CheckLevel severity(@Nullable String text) {
    if (text == null) {
      return null;
    }
    for (CheckLevel level : CheckLevel.values()) {
      if (level.id().equals(text)) {
        return level;
      }
    }
    throw bad("severity", "应为 refuse、alert 或 warn。", "is refuse, alert or warn.");
  }

  private static AlertQuery.Token token(String text) {
    return AlertQuery.Token.parse(text)
        .orElseThrow(() -> bad("next", "不是本接口给出的页标。", "is no token of this list."));
  }

  private static ProblemException bad(String parameter, String zh, String en) {
    return new ProblemException(
        new Problem(
            "invalid-parameter",
            400,
            "参数有误。",
            "A parameter is wrong.",
            List.of(
                new Detail(
                    "invalid-parameter",
                    null,
                    parameter + " " + zh,
                    "The parameter " + parameter + " " + en))));
  }
}
