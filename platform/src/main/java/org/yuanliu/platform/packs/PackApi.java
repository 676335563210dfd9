package org.yuanliu.platform.packs;

import static java.util.Objects.requireNonNull;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.yuanliu.industry.Pack;
import org.yuanliu.platform.access.Caller;

/** Which packs are in force, and the operator's reload. */
@RestController
@Tag(name = "Packs", description = "行业包 · Industry packs")
final class PackApi {
  private final Packs packs;
  private final StepWords words;

  PackApi(Packs packs, StepWords words) {
    this.packs = requireNonNull(packs, "packs is null");
    this.words = requireNonNull(words, "words is null");
  }

  @GetMapping("/api/v1/packs")
  @Operation(summary = "行业包及其版本 · Packs and their versions")
  Map<String, Object> list(Caller caller) {
    return Map.of("packs", packs.current().all().stream().map(PackApi::summary).toList());
  }

  @GetMapping("/api/v1/steps")
  @Operation(
      summary = "业务步骤的名称 · Plain words for business steps",
      description =
          "Of CBV and of the packs in force, by URI: {steps: {uri: {zh, en}}}. 按 URI 给出中英文名称。")
  Map<String, Object> steps(Caller caller) {
    return Map.of("steps", words.all());
  }

  @PostMapping("/api/v1/packs/reload")
  @Operation(
      summary = "重新装入行业包 · Read the packs anew",
      description =
          "All or nothing: a wrong file changes nothing and is told with its line. New versions are"
              + " journalled. 有一处错则全部不变，并指出文件和行；新版本记入日志。")
  Map<String, Object> reload(Caller caller) {
    List<Pack> added = packs.reload(caller);
    return Map.of("added", added.stream().map(PackApi::summary).toList());
  }

  private static Map<String, Object> summary(Pack pack) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("pack", pack.id());
    map.put("version", pack.version());
    map.put("effectiveFrom", pack.effectiveFrom().toString());
    if (pack.effectiveTo() != null) {
      map.put("effectiveTo", pack.effectiveTo().toString());
    }
    map.put("names", Map.of("zh", pack.names().zh(), "en", pack.names().en()));
    map.put("products", pack.products().stream().map(product -> product.id()).toList());
    map.put("checks", pack.checks().size());
    return map;
  }
}
