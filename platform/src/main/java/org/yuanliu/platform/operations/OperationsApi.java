package org.yuanliu.platform.operations;

import static java.util.Objects.requireNonNull;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.yuanliu.platform.access.Caller;
import org.yuanliu.platform.access.Permission;
import org.yuanliu.platform.access.Viewer;
import org.yuanliu.platform.problem.ProblemException;
import org.yuanliu.platform.problem.StandardProblems;

/** For the system administrator alone; to everybody else these addresses are not there. */
@RestController
@RequestMapping("/api/v1/operations")
@Tag(name = "Operations", description = "运行 · Settings in force, storage and its growth")
final class OperationsApi {
  private final SettingsInForce settings;
  private final Storage storage;
  private final Tasks tasks;
  private final List<BackgroundWork> work;

  OperationsApi(SettingsInForce settings, Storage storage, Tasks tasks, List<BackgroundWork> work) {
    this.settings = requireNonNull(settings, "settings is null");
    this.storage = requireNonNull(storage, "storage is null");
    this.tasks = requireNonNull(tasks, "tasks is null");
    this.work = List.copyOf(work);
  }

  record Settings(List<SettingsInForce.Setting> settings) {}

  @GetMapping("/settings")
  @Operation(summary = "生效的设置 · Settings in force, secrets masked")
  Settings settings(Caller caller) {
    requireSystem(caller);
    return new Settings(settings.all());
  }

  @GetMapping("/storage")
  @Operation(summary = "存储与预测 · What is stored, its growth by day, and until when the disk will do")
  Storage.Report storage(Caller caller) {
    requireSystem(caller);
    return storage.report();
  }

  /**
   * @param tasks the newest of each kind
   * @param waiting what is to be done yet
   */
  record Jobs(List<Tasks.Told> tasks, List<BackgroundWork.Waiting> waiting) {}

  @GetMapping("/jobs")
  @Operation(summary = "后台任务与进度 · What works in the background, and how far it is")
  Jobs jobs(Caller caller) {
    requireSystem(caller);
    return new Jobs(tasks.newest(), work.stream().map(BackgroundWork::waiting).toList());
  }

  private static void requireSystem(Caller caller) {
    if (!(caller.viewer() instanceof Viewer.Operator) || !caller.may(Permission.ADMINISTER)) {
      throw new ProblemException(StandardProblems.NOT_FOUND);
    }
  }
}
