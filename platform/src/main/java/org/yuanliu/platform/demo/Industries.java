package org.yuanliu.platform.demo;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.yuanliu.industry.Pack;
import org.yuanliu.industry.PackLoader;
import org.yuanliu.platform.demo.FlatChain.Step;

/**
 * Small chains of industries beside the markets', told through the packs. They are few and each
 * step follows from the one before: the chains go side by side, a wave for each step.
 *
 * <p>An instance tells its chains once.
 */
final class Industries {
  private final IndustryCast cast = new IndustryCast();
  private final List<FlatChain> chains = new ArrayList<>();
  private final Map<String, String> examples = new LinkedHashMap<>();
  private final List<Broken> broken = new ArrayList<>();

  Industries(DemoOptions options) {
    List<Pack> packs = PackLoader.bundled().inForce(options.today());
    new EquipmentChains(cast, pack(packs, "special-equipment"), options.now()).tell(this);
    new DangerousChains(cast, pack(packs, "dangerous-goods"), options.now()).tell(this);
    new RareEarthChains(cast, pack(packs, "rare-earths"), options.now()).tell(this);
  }

  /** Who takes part, the same for all options. */
  static List<Actor> firms() {
    return new IndustryCast().all();
  }

  List<Actor> all() {
    return cast.all();
  }

  FlatChain add(FlatChain chain) {
    chains.add(chain);
    return chain;
  }

  /** A code worth trying, under the name of its industry. */
  void example(String name, String code) {
    examples.put(name, code);
  }

  void broken(Broken one) {
    broken.add(one);
  }

  Map<String, String> examples() {
    return Map.copyOf(examples);
  }

  List<Broken> broken() {
    return List.copyOf(broken);
  }

  /** Numbered on from a number. */
  Stream<DemoWave> waves(int firstNumber) {
    int longest = chains.stream().mapToInt(chain -> chain.steps().size()).max().orElse(0);
    List<DemoWave> waves = new ArrayList<>();
    for (int i = 0; i < longest; i++) {
      List<DemoDocument> documents = new ArrayList<>();
      for (FlatChain chain : chains) {
        if (i < chain.steps().size()) {
          Step step = chain.steps().get(i);
          documents.add(
              new DemoDocument(step.reporter().id(), EventJson.time(step.at()), step.events()));
        }
      }
      List<Paper> papers = i > 0 ? List.of() : papers();
      waves.add(new DemoWave(firstNumber + i, true, papers, documents));
    }
    return waves.stream();
  }

  /** Each once: two lifts of one maker cite the same licence. */
  private List<Paper> papers() {
    Map<String, Paper> papers = new LinkedHashMap<>();
    chains.forEach(chain -> chain.papers().forEach(paper -> papers.putIfAbsent(paper.id(), paper)));
    return List.copyOf(papers.values());
  }

  private static Pack pack(List<Pack> packs, String id) {
    return packs.stream()
        .filter(pack -> pack.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no pack " + id));
  }
}
