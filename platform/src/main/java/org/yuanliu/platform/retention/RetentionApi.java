package org.yuanliu.platform.retention;

import static java.util.Objects.requireNonNull;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.yuanliu.platform.access.Caller;
import org.yuanliu.platform.access.Permission;
import org.yuanliu.platform.access.Viewer;
import org.yuanliu.platform.journal.JournalUnavailableException;
import org.yuanliu.platform.problem.ProblemException;
import org.yuanliu.platform.problem.StandardProblems;

/** What is kept until when. */
@RestController
@RequestMapping("/api/v1/retention")
@Tag(name = "Retention", description = "保存期 · How long records are kept")
final class RetentionApi {
  private final RetentionJob job;
  private final RetentionSettings settings;

  RetentionApi(RetentionJob job, RetentionSettings settings) {
    this.job = requireNonNull(job, "job is null");
    this.settings = requireNonNull(settings, "settings is null");
  }

  /**
   * @param to null while it is open
   */
  record RangeOf(long from, @Nullable Long to, List<ClassIn> classes) {}

  /**
   * @param due when the last record of the class in this range is over; null: never
   */
  record ClassIn(String name, String rule, long entries, @Nullable Instant due) {}

  /**
   * @param drops whether what is over is dropped, or only told
   */
  record Report(boolean drops, List<RangeOf> ranges) {}

  @GetMapping
  @Operation(summary = "保存期报告 · Which classes the ranges of the journal hold, and until when")
  Report report(Caller caller) {
    caller.require(Permission.ADMINISTER);
    if (!(caller.viewer() instanceof Viewer.Operator)) {
      throw new ProblemException(StandardProblems.FORBIDDEN);
    }
    try {
      return new Report(
          settings.drop(),
          job.report().stream()
              .map(
                  one ->
                      new RangeOf(
                          one.getKey().from(),
                          one.getKey().isOpen() ? null : one.getKey().to(),
                          one.getValue().stream()
                              .map(c -> new ClassIn(c.name(), c.rule(), c.entries(), c.due()))
                              .toList()))
              .toList());
    } catch (SQLException e) {
      throw new JournalUnavailableException("the ranges cannot be read", e);
    }
  }
}
