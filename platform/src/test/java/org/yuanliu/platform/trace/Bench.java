package org.yuanliu.platform.trace;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.yuanliu.epcis.EpcisEvent;
import org.yuanliu.ledger.TreeHead;
import org.yuanliu.platform.access.Disclosure;
import org.yuanliu.platform.access.EntryFacts;
import org.yuanliu.platform.access.PublicView;
import org.yuanliu.platform.access.SqlCondition;
import org.yuanliu.platform.access.Viewer;
import org.yuanliu.platform.database.TestDatabase;
import org.yuanliu.platform.journal.Draft;
import org.yuanliu.platform.journal.Entry;
import org.yuanliu.platform.journal.EntryKind;
import org.yuanliu.platform.journal.EntryRef;
import org.yuanliu.platform.journal.EventSubject;
import org.yuanliu.platform.journal.Hot;
import org.yuanliu.platform.journal.Identity;
import org.yuanliu.platform.journal.Journal;
import org.yuanliu.platform.journal.Outcome;
import org.yuanliu.platform.journal.Scope;
import org.yuanliu.platform.journal.Submission;
import org.yuanliu.platform.registry.Party;
import org.yuanliu.platform.registry.Place;
import org.yuanliu.platform.registry.Product;
import org.yuanliu.platform.registry.Registry;
import org.yuanliu.platform.registry.TraceDocument;

/** The unit view on a real database, fed by hand: a journal in memory, equivalences at will. */
final class Bench implements AutoCloseable {
  static final Viewer ANYONE = new Viewer.Operator("urn:party:operator");

  private final TestDatabase database = TestDatabase.open();
  private final UnitIndex index = new UnitIndex();
  final List<Entry> entries = new ArrayList<>();
  private final Map<UUID, Set<UUID>> equivalents = new HashMap<>();
  private final Map<UUID, UUID> merged = new HashMap<>();
  private final List<Set<String>> written = new ArrayList<>();
  TraceSettings settings = TraceSettings.DEFAULT;
  Clock clock = Clock.systemUTC();

  DataSource dataSource() {
    return database.dataSource();
  }

  Bench store(Told... told) {
    return store(Arrays.asList(told));
  }

  Bench store(Collection<Told> told) {
    List<Entry> fresh = new ArrayList<>();
    for (Told one : told) {
      fresh.add(entry(one, entries.size() + fresh.size()));
    }
    entries.addAll(fresh);
    try (Connection connection = database.dataSource().getConnection()) {
      connection.setAutoCommit(false);
      index.apply(connection, fresh);
      connection.commit();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return this;
  }

  static Entry entry(Told told, long position) {
    Set<UUID> named = told.named().stream().map(UnitIndex::key).collect(Collectors.toSet());
    Draft draft =
        new Draft(
            EntryKind.EVENT,
            new Identity(UnitIndex.key(told.id), new byte[Identity.CONTENT_BYTES]),
            told.principal,
            told.principal,
            told.id,
            new byte[32],
            "CBV2.0",
            told.standing,
            new Scope(null, null, named),
            new Hot(told.type.term(), told.time(), told.step, told.place),
            new byte[0],
            new EventSubject(told.event()));
    return new Entry(new EntryRef(1, position), told.recordTime(), new UUID(0, position), draft);
  }

  Bench same(String... units) {
    written.add(Set.of(units));
    Set<UUID> keys = Arrays.stream(units).map(UnitIndex::key).collect(Collectors.toSet());
    Set<UUID> all = new HashSet<>(keys);
    keys.forEach(key -> all.addAll(equivalents.getOrDefault(key, Set.of())));
    for (UUID key : all) {
      equivalents.put(key, all);
    }
    return this;
  }

  /** From now on this party is known to be another one. */
  Bench oneParty(String kept, String other) {
    merged.put(UnitIndex.key(other), UnitIndex.key(kept));
    return this;
  }

  /** All codes of what a code names. */
  TreeSet<String> codesOf(String unit) {
    TreeSet<String> codes = new TreeSet<>(Set.of(unit));
    written.stream().filter(set -> set.contains(unit)).forEach(codes::addAll);
    return codes;
  }

  void clear() {
    entries.clear();
    equivalents.clear();
    merged.clear();
    written.clear();
    try (Connection connection = database.dataSource().getConnection()) {
      index.clear(connection);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  WalkTracer tracer() {
    return new WalkTracer(
        reads(), new Memory(entries), registry(), new Neighbours(), settings, clock);
  }

  WalkTracer tracerOn(DataSource source, Journal journal) {
    return new WalkTracer(
        new UnitReads(source, registry()), journal, registry(), new Neighbours(), settings, clock);
  }

  UnitBalances balances() {
    return new UnitBalances(reads(), registry(), settings);
  }

  private UnitReads reads() {
    return new UnitReads(database.dataSource(), registry());
  }

  private Registry registry() {
    return new Equivalences(equivalents, merged);
  }

  DocumentDraws draws() {
    return new DocumentDraws(reads(), registry(), settings);
  }

  UnitEvents unitEvents() {
    return new UnitEvents(
        JdbcClient.create(database.dataSource()),
        new Memory(entries),
        registry(),
        new Neighbours());
  }

  Trace trace(Direction direction, String... units) {
    return tracer()
        .trace(new TraceRequest(List.of(units), direction, TraceLimits.DEFAULT, ANYONE, null));
  }

  Trace backward(String unit) {
    return trace(Direction.BACKWARD, unit);
  }

  Trace forward(String unit) {
    return trace(Direction.FORWARD, unit);
  }

  static Viewer enterprise(String party) {
    return new Viewer.Enterprise(party, Set.of(UnitIndex.key(party)));
  }

  /** Flows as one reads them: {@code a -> b HOW CERTAINTY}, sorted. */
  static List<String> flows(Trace trace) {
    return trace.flows().stream()
        .map(
            flow ->
                "%s -> %s %s %s%s"
                    .formatted(
                        flow.from(),
                        flow.to(),
                        flow.how(),
                        flow.certainty(),
                        flow.sameBatch() ? " SAME_BATCH" : ""))
        .sorted()
        .toList();
  }

  static Set<String> events(Trace trace) {
    return trace.events().stream()
        .map(event -> event.event().eventId())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  static Set<String> units(Trace trace) {
    return trace.units().stream()
        .map(Trace.TracedUnit::uri)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  static Trace.TracedEvent event(Trace trace, String id) {
    return trace.events().stream()
        .filter(event -> id.equals(event.event().eventId()))
        .findFirst()
        .orElseThrow(() -> new AssertionError(id + " is not in " + events(trace)));
  }

  static Trace.TracedUnit unit(Trace trace, String uri) {
    return trace.units().stream()
        .filter(unit -> unit.uri().equals(uri))
        .findFirst()
        .orElseThrow(() -> new AssertionError(uri + " is not in " + units(trace)));
  }

  @Override
  public void close() {
    database.close();
  }

  /** An enterprise sees what it answers for and what names it; the operator sees all. */
  static final class Neighbours implements Disclosure {
    @Override
    public Entry shown(Viewer viewer, Entry entry) {
      return entry;
    }

    @Override
    public boolean mayReadPersonal(Viewer viewer, EntryFacts facts) {
      return false;
    }

    @Override
    public boolean mayRead(Viewer viewer, EntryFacts facts) {
      return switch (viewer) {
        case Viewer.Consumer consumer -> false;
        case Viewer.PublicPage page -> true;
        case Viewer.Enterprise enterprise ->
            enterprise.keys().contains(facts.principal())
                || enterprise.keys().contains(facts.reporter())
                || facts.named().stream().anyMatch(enterprise.keys()::contains);
        case Viewer.Regulator regulator -> false;
        case Viewer.Operator operator -> true;
      };
    }

    @Override
    public PublicView publicView(EpcisEvent event) {
      throw new UnsupportedOperationException();
    }

    @Override
    public SqlCondition condition(Viewer viewer) {
      throw new UnsupportedOperationException();
    }
  }

  private record Memory(List<Entry> entries) implements Journal {
    @Override
    public List<Entry> readAll(List<EntryRef> refs) {
      return refs.stream().map(ref -> entries.get((int) ref.position())).toList();
    }

    @Override
    public Optional<Entry> read(EntryRef ref) {
      return Optional.of(entries.get((int) ref.position()));
    }

    @Override
    public Outcome append(Submission submission) {
      throw new UnsupportedOperationException();
    }

    @Override
    public TreeHead head() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void replay(long fromPosition, Consumer<List<Entry>> batch) {
      batch.accept(entries);
    }
  }

  private record Equivalences(Map<UUID, Set<UUID>> all, Map<UUID, UUID> merged)
      implements Registry {
    @Override
    public Map<UUID, UUID> partyKeys(Collection<UUID> keys) {
      Map<UUID, UUID> found = new HashMap<>(merged);
      found.keySet().retainAll(keys);
      return found;
    }

    @Override
    public Map<UUID, Set<UUID>> equivalents(Collection<UUID> units) {
      Map<UUID, Set<UUID>> found = new HashMap<>();
      for (UUID unit : units) {
        if (all.containsKey(unit)) {
          found.put(unit, all.get(unit));
        }
      }
      return found;
    }

    @Override
    public Optional<Party> party(String code) {
      return Optional.empty();
    }

    @Override
    public Map<String, Party> parties(Collection<String> codes) {
      return Map.of();
    }

    @Override
    public Optional<Place> place(String id) {
      return Optional.empty();
    }

    @Override
    public Map<String, Place> places(Collection<String> ids) {
      return Map.of();
    }

    @Override
    public Optional<Product> product(String code) {
      return Optional.empty();
    }

    @Override
    public Map<String, TraceDocument> documents(Collection<String> ids) {
      return Map.of();
    }

    @Override
    public boolean mandated(
        String reporter, String principal, @Nullable String bizStep, Instant at) {
      return reporter.equals(principal);
    }

    @Override
    public List<String> codesOf(Collection<UUID> units) {
      return List.of();
    }
  }
}
