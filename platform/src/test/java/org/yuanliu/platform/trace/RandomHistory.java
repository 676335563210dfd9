package org.yuanliu.platform.trace;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.yuanliu.epcis.Action;
import org.yuanliu.epcis.YlVocabulary;

/**
 * Events at random over few units, parties, places and papers, so that everything meets everything:
 * no sense is made, every rule is hit. The same seed gives the same history.
 */
final class RandomHistory {
  static final List<String> PARTIES =
      List.of("urn:party:a", "urn:party:b", "urn:party:c", "urn:party:d");
  private static final List<String> ITEMS = units("urn:item:", 5);
  private static final List<String> LOTS = units("urn:lot:", 6);
  private static final List<String> BOXES = units("urn:item:box", 3);
  private static final List<String> ASSETS =
      List.of("https://id.gs1.org/8004/6901234L1", "https://id.gs1.org/8004/6901234L2");
  private static final List<String> PLACES = List.of("urn:place:1", "urn:place:2", "urn:place:3");
  private static final List<String> PAPERS = List.of("urn:doc:1", "urn:doc:2", "urn:doc:3");
  private static final List<String> GOODS = List.of("01234567", "07654321");

  final long seed;
  private final Random random;
  final List<Told> events = new ArrayList<>();
  final Map<String, Set<String>> same = new HashMap<>();

  RandomHistory(long seed) {
    this.seed = seed;
    this.random = new Random(seed);
    int size = 3 + random.nextInt(14);
    for (int i = 0; i < size; i++) {
      events.add(one("e" + i));
    }
    List<Told> wrong = new ArrayList<>();
    for (Told event : events) {
      if (random.nextInt(14) == 0) {
        wrong.add(event.error("e" + random.nextInt(size), "e" + random.nextInt(size)));
      }
    }
    events.addAll(wrong);
    if (random.nextInt(3) == 0) {
      equal(pick(ITEMS), pick(ITEMS));
    }
    if (random.nextInt(3) == 0) {
      equal(pick(LOTS), pick(LOTS));
    }
    // Of its own, so that the rest of a seed's history stays what it was.
    Random delays = new Random(~seed);
    for (Told event : events) {
      if (delays.nextInt(3) == 0) {
        event.recorded(event.hour + delays.nextInt(80));
      }
    }
    // What is stored first is no matter of what happened first.
    Collections.shuffle(events, random);
  }

  static List<String> everything() {
    List<String> all = new ArrayList<>(ITEMS);
    all.addAll(LOTS);
    all.addAll(BOXES);
    all.addAll(ASSETS);
    return all;
  }

  private static List<String> units(String prefix, int count) {
    List<String> units = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      units.add(prefix + i);
    }
    return List.copyOf(units);
  }

  private void equal(String a, String b) {
    if (!a.equals(b)) {
      Set<String> both = Set.of(a, b);
      same.put(a, both);
      same.put(b, both);
    }
  }

  private Told one(String id) {
    String party = pick(PARTIES);
    // Whole hours, so that times coincide; now and then days, so that tolerances end.
    double hour = random.nextInt(3) == 0 ? random.nextInt(300) : random.nextInt(24);
    Told told =
        switch (random.nextInt(10)) {
          case 0, 1, 2 -> transformation(id, party, hour);
          case 3, 4 -> packing(id, party, hour);
          case 5 -> Told.object(id, party, hour, Action.ADD, some()).step("commissioning");
          default -> movement(id, party, hour);
        };
    if (random.nextInt(3) != 0) {
      told.at(pick(PLACES));
    }
    if (random.nextInt(3) == 0) {
      told.paper(pick(PAPERS));
    }
    if (random.nextInt(2) == 0) {
      told.goods(pick(GOODS));
    }
    return told;
  }

  private Told transformation(String id, String party, double hour) {
    Told told = Told.transform(id, party, hour);
    if (random.nextInt(4) == 0) {
      told.part("urn:t:" + random.nextInt(2));
    }
    if (random.nextInt(5) == 0) {
      told.guessed();
    }
    if (random.nextInt(8) != 0) {
      told.in(some());
    }
    if (random.nextInt(8) != 0) {
      told.out(some());
    }
    if (random.nextInt(3) == 0) {
      told.step(YlVocabulary.STEP_SELLING);
      ends(told);
    }
    return told;
  }

  private Told packing(String id, String party, double hour) {
    boolean asset = random.nextInt(3) == 0;
    String parent = asset ? pick(ASSETS) : pick(BOXES);
    Action action =
        switch (random.nextInt(5)) {
          case 0, 1, 2 -> Action.ADD;
          case 3 -> Action.DELETE;
          default -> Action.OBSERVE;
        };
    Set<String> children = new HashSet<>(Set.of(some()));
    if (action == Action.DELETE && random.nextBoolean()) {
      children.clear();
    }
    children.remove(parent);
    return random.nextInt(6) == 0
        ? Told.associate(id, party, hour, action, parent, children.toArray(String[]::new))
        : Told.pack(id, party, hour, action, parent, children.toArray(String[]::new));
  }

  private Told movement(String id, String party, double hour) {
    Action action = random.nextInt(10) == 0 ? Action.DELETE : Action.OBSERVE;
    Told told = Told.object(id, party, hour, action, some());
    switch (random.nextInt(5)) {
      case 0, 1 -> told.step("shipping");
      case 2 -> told.step("receiving");
      case 3 -> {
        told.step(YlVocabulary.STEP_MARKET_ENTRY);
        if (random.nextBoolean()) {
          told.action = Action.ADD;
        }
      }
      default -> told.step("inspecting");
    }
    ends(told);
    return told;
  }

  private void ends(Told told) {
    if (random.nextInt(3) == 0) {
      told.from(pick(PARTIES));
    }
    if (random.nextInt(3) == 0) {
      told.to(pick(PARTIES));
    }
    if (random.nextInt(6) == 0) {
      told.toPlace(pick(PLACES));
    }
    if (random.nextInt(6) == 0) {
      told.fromPlace(pick(PLACES));
    }
  }

  /** One to three different units. */
  private String[] some() {
    Set<String> some = new HashSet<>();
    int count = 1 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      some.add(
          switch (random.nextInt(9)) {
            case 0, 1, 2 -> pick(ITEMS);
            case 3, 4, 5, 6 -> pick(LOTS);
            case 7 -> pick(BOXES);
            default -> pick(ASSETS);
          });
    }
    return some.stream().sorted().toArray(String[]::new);
  }

  private String pick(List<String> list) {
    return list.get(random.nextInt(list.size()));
  }
}
