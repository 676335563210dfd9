package org.yuanliu.platform.checks;

import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.yuanliu.epcis.UnitRole;
import org.yuanliu.industry.ChainFacts.DocumentRef;
import org.yuanliu.industry.CheckFacts;
import org.yuanliu.industry.EventFact;
import org.yuanliu.industry.EventFact.UnitFact;
import org.yuanliu.industry.PaperFact;

/**
 * The facts of the view as checks ask for them, with what the present transaction adds. What was
 * asked once is kept; so it lives no longer than a batch.
 */
final class StoredFacts {
  /** Units that a walk looks at; where it ends, what was found so far counts. */
  static final int MAX_WALK_UNITS = 5_000;

  private final FactStore store;
  private final Catalogue catalogue;
  private final Map<UUID, List<Known>> byKey = new HashMap<>();
  private final Map<UUID, List<Known>> pending = new HashMap<>();
  private final Map<String, Known> byRef = new HashMap<>();
  private final Set<String> gone = new HashSet<>();
  private final Map<String, Optional<PaperFact>> papers = new HashMap<>();
  private final Map<String, List<PaperFact>> papersOf = new HashMap<>();
  private Instant now = Instant.EPOCH;

  StoredFacts(FactStore store, Catalogue catalogue) {
    this.store = store;
    this.catalogue = catalogue;
  }

  /** The database failed; the transaction is given up. */
  static final class FactsLostException extends RuntimeException {
    private static final long serialVersionUID = 1;

    FactsLostException(SQLException cause) {
      super(cause);
    }
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
    missing.removeAll(byKey.keySet());
    if (missing.isEmpty()) {
      return;
    }
    Map<UUID, List<Known>> read;
    try {
      read = store.byKeys(missing);
    } catch (SQLException e) {
      throw new FactsLostException(e);
    }
    for (UUID key : missing) {
      Map<String, Known> events = new LinkedHashMap<>();
      for (Known known : read.getOrDefault(key, List.of())) {
        String ref = known.fact().ref();
        if (!gone.contains(ref)) {
          Known same = byRef.putIfAbsent(ref, known);
          events.put(ref, same == null ? known : same);
        }
      }
      pending.getOrDefault(key, List.of()).forEach(known -> events.put(known.fact().ref(), known));
      byKey.put(key, new ArrayList<>(events.values()));
    }
  }

  /** Adds an event that is not in the tables yet. */
  void add(Known known) {
    byRef.put(known.fact().ref(), known);
    gone.remove(known.fact().ref());
    for (UUID key : catalogue.keys(known)) {
      pending.computeIfAbsent(key, k -> new ArrayList<>()).add(known);
      List<Known> read = byKey.get(key);
      if (read != null) {
        read.add(known);
      }
    }
  }

  /** Takes an event away that was declared in error. */
  void remove(Known known) {
    String ref = known.fact().ref();
    gone.add(ref);
    byRef.remove(ref);
    for (UUID key : catalogue.keys(known)) {
      pending.getOrDefault(key, new ArrayList<>()).removeIf(one -> one.fact().ref().equals(ref));
      byKey.getOrDefault(key, new ArrayList<>()).removeIf(one -> one.fact().ref().equals(ref));
    }
  }

  /** An event that was read or added before. */
  Optional<Known> known(String ref) {
    return Optional.ofNullable(byRef.get(ref));
  }

  List<Known> under(UUID key) {
    prefetch(List.of(key));
    return byKey.getOrDefault(key, List.of());
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
    public List<EventFact> events(Set<String> links, List<String> key, String value) {
      return own(links, under(FactKeys.value(pack, key, value)));
    }

    @Override
    public List<EventFact> citing(Set<String> links, DocumentRef document) {
      return own(links, under(FactKeys.document(document)));
    }

    private List<EventFact> own(Set<String> links, List<Known> events) {
      List<EventFact> own = new ArrayList<>();
      for (Known known : events) {
        // What anything said of a unit holds for all industries; what happened, for those it is of.
        boolean seen =
            links.isEmpty()
                || (links.contains(known.fact().link().id())
                    && (known.pack().equals(pack) || catalogue.borrowers(known).contains(pack)));
        if (seen) {
          own.add(known.fact());
        }
      }
      return own;
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
          keys.add(FactKeys.unit(one));
          if (!up) {
            keys.add(FactKeys.container(one));
          }
        }
        prefetch(keys);
        List<String> next = new ArrayList<>();
        for (String one : frontier) {
          for (Known known : under(FactKeys.unit(one))) {
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
                  return store.paper(id);
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
              return store.papersOf(subject, type);
            } catch (SQLException e) {
              throw new FactsLostException(e);
            }
          });
    }
  }
}
