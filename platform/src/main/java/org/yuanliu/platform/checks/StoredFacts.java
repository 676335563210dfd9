package org.yuanliu.platform.checks;

import static java.util.Objects.requireNonNull;

import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yuanliu.epcis.UnitRole;
import org.yuanliu.industry.ChainFacts.DocumentRef;
import org.yuanliu.industry.CheckFacts;
import org.yuanliu.industry.EventFact;
import org.yuanliu.industry.EventFact.UnitFact;
import org.yuanliu.industry.PaperFact;
import org.yuanliu.industry.Timeline;

/**
 * The facts of the view as checks ask for them, with what the present transaction adds. What was
 * read is kept from one transaction to the next; who loses a transaction begins with new facts. For
 * one thread.
 */
final class StoredFacts {
  /** Units that a walk looks at; where it ends, what was found so far counts. */
  static final int MAX_WALK_UNITS = 5_000;

  /**
   * Events under all keys together that stay in memory between two transactions, each counted under
   * each of its keys: some 15,000 events, 40 MB. Beyond, what was not asked for longest goes.
   */
  static final int MAX_KEPT = 120_000;

  /** Documents that stay in memory; a lorry-load of certificates. */
  private static final int MAX_PAPERS = 10_000;

  private final Catalogue catalogue;
  private @Nullable FactStore store;

  /** By key, the one that was asked for longest ago first. */
  private final LinkedHashMap<UUID, Shelf> shelves = new LinkedHashMap<>(16, 0.75f, true);

  private final Map<UUID, List<Known>> pending = new HashMap<>();
  private final Map<String, Known> byRef = new HashMap<>();

  /** Keys of the units of this transaction: a dozen rules ask for each. */
  private final Map<String, UUID> unitKeys = new HashMap<>();

  /** What this transaction takes away or replaces: the tables still have it. */
  private final Set<String> stale = new HashSet<>();

  private final Map<String, Optional<PaperFact>> papers = new HashMap<>();
  private final Map<String, List<PaperFact>> papersOf = new HashMap<>();
  private long kept;
  private Instant now = Instant.EPOCH;

  StoredFacts(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  /** The facts as they stand in the tables. */
  StoredFacts(FactStore store, Catalogue catalogue) {
    this(catalogue);
    begin(store);
  }

  /** The database failed; the transaction is given up. */
  static final class FactsLostException extends RuntimeException {
    private static final long serialVersionUID = 1;

    FactsLostException(SQLException cause) {
      super(cause);
    }
  }

  /** What stands under a key, as each pack sees it. */
  private final class Shelf {
    private final TreeMap<EventFact, Known> events = new TreeMap<>(EventFact.BY_TIME);
    private final Map<String, Timeline> timelines = new HashMap<>();

    Timeline timeline(String pack) {
      return timelines.computeIfAbsent(
          pack,
          name -> {
            Timeline timeline = new Timeline();
            events.forEach((fact, known) -> timeline.add(fact, isOf(known, name)));
            return timeline;
          });
    }

    void add(Known known) {
      if (events.putIfAbsent(known.fact(), known) != null) {
        return;
      }
      kept++;
      timelines.forEach((pack, timeline) -> timeline.add(known.fact(), isOf(known, pack)));
      if (events.size() > FactStore.MAX_EVENTS) {
        events.pollFirstEntry();
        kept--;
        timelines.values().forEach(Timeline::forgetFirst);
      }
    }

    /** What happened counts for the packs that it is of; what was said of a unit, for all. */
    private boolean isOf(Known known, String pack) {
      return known.pack().equals(pack) || catalogue.borrowers(known).contains(pack);
    }
  }

  /** The next transaction begins. */
  void begin(FactStore next) {
    store = next;
  }

  /** What was added stands in the tables now. */
  void committed() {
    pending.clear();
    stale.clear();
    unitKeys.clear();
    if (papers.size() + papersOf.size() > MAX_PAPERS) {
      forgetPapers();
    }
    if (kept > MAX_KEPT) {
      Iterator<Shelf> oldest = shelves.values().iterator();
      while (kept > MAX_KEPT / 2 && oldest.hasNext()) {
        kept -= oldest.next().events.size() + 1;
        oldest.remove();
      }
      byRef.clear();
      shelves
          .values()
          .forEach(shelf -> shelf.events.forEach((fact, known) -> byRef.put(fact.ref(), known)));
    }
  }

  private FactStore store() {
    return requireNonNull(store, "no transaction has begun");
  }

  void setNow(Instant moment) {
    now = moment;
  }

  Instant now() {
    return now;
  }

  /** Reads what stands under the keys in one round trip. */
  void prefetch(Collection<UUID> keys) {
    Set<UUID> missing = new LinkedHashSet<>(keys);
    missing.removeAll(shelves.keySet());
    if (missing.isEmpty()) {
      return;
    }
    Map<UUID, List<Known>> read;
    try {
      read = store().byKeys(missing, byRef);
    } catch (SQLException e) {
      throw new FactsLostException(e);
    }
    for (UUID key : missing) {
      Shelf shelf = new Shelf();
      for (Known known : read.getOrDefault(key, List.of())) {
        String ref = known.fact().ref();
        if (!stale.contains(ref)) {
          Known same = byRef.putIfAbsent(ref, known);
          shelf.add(same == null ? known : same);
        }
      }
      pending.getOrDefault(key, List.of()).forEach(shelf::add);
      shelves.put(key, shelf);
      kept++;
    }
  }

  /** Reads what documents say in one round trip. */
  void prefetchPapers(Collection<String> ids) {
    Set<String> missing = new HashSet<>(ids);
    missing.removeAll(papers.keySet());
    try {
      Map<String, PaperFact> found = store().papers(Papers.Whose.FOLLOWED, missing);
      missing.forEach(id -> papers.put(id, Optional.ofNullable(found.get(id))));
    } catch (SQLException e) {
      throw new FactsLostException(e);
    }
  }

  /**
   * Adds an event that is not in the tables yet.
   *
   * @param keys that it stands under
   */
  void add(Known known, Collection<UUID> keys) {
    byRef.put(known.fact().ref(), known);
    for (UUID key : keys) {
      pending.computeIfAbsent(key, k -> new ArrayList<>()).add(known);
      Shelf shelf = shelves.get(key);
      if (shelf != null) {
        shelf.add(known);
      }
    }
  }

  /** Takes an event away that was declared in error. */
  void remove(Known known) {
    String ref = known.fact().ref();
    stale.add(ref);
    byRef.remove(ref);
    for (UUID key : catalogue.keys(known)) {
      pending.getOrDefault(key, new ArrayList<>()).removeIf(one -> one.fact().ref().equals(ref));
      // Read again when it is asked for: one that was too old before may count now.
      Shelf shelf = shelves.remove(key);
      if (shelf != null) {
        kept -= shelf.events.size() + 1;
      }
    }
  }

  /** An event that was read or added before. */
  Optional<Known> known(String ref) {
    return Optional.ofNullable(byRef.get(ref));
  }

  /** Everything under the key, in the order of time. */
  Collection<Known> under(UUID key) {
    return shelf(key).events.values();
  }

  private Shelf shelf(UUID key) {
    Shelf shelf = shelves.get(key);
    if (shelf == null) {
      prefetch(List.of(key));
      shelf = requireNonNull(shelves.get(key), "a key was not read");
    }
    return shelf;
  }

  private UUID unitKey(String unit) {
    return unitKeys.computeIfAbsent(unit, FactKeys::unit);
  }

  /** What a document says has changed. */
  void forgetPapers() {
    papers.clear();
    papersOf.clear();
  }

  /** The facts as a pack's checks see them. */
  CheckFacts of(String pack) {
    return new OfPack(pack);
  }

  private final class OfPack implements CheckFacts {
    private final String pack;

    OfPack(String pack) {
      this.pack = pack;
    }

    @Override
    public Instant now() {
      return now;
    }

    @Override
    public ZoneId zone() {
      return catalogue.zone();
    }

    @Override
    public Timeline timeline(List<String> key, String value) {
      UUID under = FactKeys.isUnit(key) ? unitKey(value) : FactKeys.value(pack, key, value);
      return shelf(under).timeline(pack);
    }

    @Override
    public Timeline citing(DocumentRef document) {
      return shelf(FactKeys.document(document)).timeline(pack);
    }

    @Override
    public List<EventFact> upstream(String unit) {
      return walk(unit, true);
    }

    @Override
    public List<EventFact> downstream(String unit) {
      return walk(unit, false);
    }

    /** A frontier a step: through what was made of it, and what it was in. */
    private List<EventFact> walk(String unit, boolean up) {
      Map<String, EventFact> found = new LinkedHashMap<>();
      Set<String> seen = new HashSet<>(Set.of(unit));
      List<String> frontier = List.of(unit);
      while (!frontier.isEmpty() && seen.size() < MAX_WALK_UNITS) {
        List<UUID> keys = new ArrayList<>();
        for (String one : frontier) {
          keys.add(unitKey(one));
          if (!up) {
            keys.add(FactKeys.container(one));
          }
        }
        prefetch(keys);
        List<String> next = new ArrayList<>();
        for (String one : frontier) {
          for (Known known : under(unitKey(one))) {
            boolean goesOn =
                up ? has(known, one, UnitRole.OUTPUT) : has(known, one, UnitRole.INPUT);
            if (known.pack().equals(pack) && (!one.equals(unit) || goesOn)) {
              found.put(known.fact().ref(), known.fact());
            }
            if (goesOn) {
              add(known, up ? UnitRole.INPUT : UnitRole.OUTPUT, seen, next);
            }
            if (up && has(known, one, UnitRole.CHILD)) {
              add(known, UnitRole.PARENT, seen, next);
            }
          }
          if (!up) {
            for (Known known : under(FactKeys.container(one))) {
              add(known, UnitRole.CHILD, seen, next);
            }
          }
        }
        frontier = next;
      }
      return List.copyOf(found.values());
    }

    private static boolean has(Known known, String unit, UnitRole role) {
      return known.fact().units().stream()
          .anyMatch(one -> one.role() == role && one.unit().equals(unit));
    }

    private static void add(Known known, UnitRole role, Set<String> seen, List<String> next) {
      for (UnitFact one : known.fact().units()) {
        if (one.role() == role && seen.add(one.unit())) {
          next.add(one.unit());
        }
      }
    }

    @Override
    public Optional<PaperFact> paper(DocumentRef document) {
      return papers
          .computeIfAbsent(
              document.number(),
              id -> {
                try {
                  return store().paper(Papers.Whose.FOLLOWED, id);
                } catch (SQLException e) {
                  throw new FactsLostException(e);
                }
              })
          .filter(paper -> paper.ref().type().equals(document.type()));
    }

    @Override
    public List<PaperFact> papersOf(String subject, String type) {
      return papersOf.computeIfAbsent(
          subject + '\n' + type,
          k -> {
            try {
              return store().papersOf(Papers.Whose.FOLLOWED, subject, type);
            } catch (SQLException e) {
              throw new FactsLostException(e);
            }
          });
    }
  }
}
