package org.yuanliu.platform.trace;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.yuanliu.epcis.EpcisEvent;
import org.yuanliu.epcis.UnitMention;
import org.yuanliu.platform.access.Disclosure;
import org.yuanliu.platform.access.Viewer;
import org.yuanliu.platform.journal.Entry;
import org.yuanliu.platform.journal.EntryRef;
import org.yuanliu.platform.journal.EventSubject;
import org.yuanliu.platform.journal.Journal;
import org.yuanliu.platform.journal.Standing;
import org.yuanliu.platform.trace.Trace.Flag;
import org.yuanliu.platform.trace.Trace.Flow;
import org.yuanliu.platform.trace.Trace.TracedEvent;
import org.yuanliu.platform.trace.Trace.TracedParty;
import org.yuanliu.platform.trace.Trace.TracedUnit;
import org.yuanliu.platform.trace.WalkTracer.Walked;

/** Turns keys into codes and references into events: the only place that reads bodies. */
final class Answer {
  private final Journal journal;
  private final Disclosure disclosure;

  Answer(Journal journal, Disclosure disclosure) {
    this.journal = journal;
    this.disclosure = disclosure;
  }

  Trace of(TraceRequest request, Walked walked) {
    Set<EntryRef> refs = new LinkedHashSet<>();
    for (Step step : walked.steps()) {
      switch (step) {
        case Step.OfUnit unit -> refs.add(unit.witness());
        case Step.OfEvent event -> refs.add(event.ref());
        case Step.OfFlow flow -> {
          refs.add(flow.edge().fromWitness());
          refs.add(flow.edge().toWitness());
        }
      }
    }
    Map<EntryRef, Entry> entries = new HashMap<>();
    Set<EntryRef> uncounted = new HashSet<>();
    Map<UUID, String> codes = new HashMap<>();
    request.units().forEach(uri -> codes.put(UnitIndex.key(uri), uri));
    if (!refs.isEmpty()) {
      for (Entry stored : journal.readAll(List.copyOf(refs))) {
        Entry entry = disclosure.shown(request.viewer(), stored);
        entries.put(entry.ref(), entry);
        if (tellsLess(entry, stored)) {
          uncounted.add(entry.ref());
        }
        for (UnitMention mention : event(entry).units()) {
          codes.computeIfAbsent(UnitIndex.key(mention.canonical()), key -> mention.canonical());
        }
      }
    }
    List<TracedUnit> units = new ArrayList<>();
    List<TracedEvent> events = new ArrayList<>();
    List<Flow> flows = new ArrayList<>();
    Map<String, List<EntryRef>> parties = new LinkedHashMap<>();
    for (Step step : walked.steps()) {
      switch (step) {
        case Step.OfUnit unit ->
            units.add(
                new TracedUnit(
                    code(codes, unit.unit()),
                    unit.lot(),
                    unit.depth(),
                    certainty(unit.certain()),
                    unit.unknownUpstream()));
        case Step.OfEvent(EntryRef ref, boolean certain, boolean shared, Set<Flag> flags) -> {
          Entry entry = requireNonNull(entries.get(ref), "an indexed event is not in the journal");
          events.add(traced(entry, certain, shared, flags));
          parties.computeIfAbsent(entry.draft().principal(), key -> new ArrayList<>()).add(ref);
        }
        case Step.OfFlow(Edge edge, boolean certain, boolean sameBatch) -> {
          boolean counted =
              !(request.viewer() instanceof Viewer.Enterprise)
                  || edge.via().stream()
                      .allMatch(ref -> entries.containsKey(ref) && !uncounted.contains(ref));
          flows.add(
              new Flow(
                  code(codes, edge.fromUnit()),
                  code(codes, edge.toUnit()),
                  edge.via(),
                  edge.how(),
                  certainty(certain),
                  edge.certain(),
                  sameBatch,
                  counted ? edge.quantity() : null,
                  counted ? edge.uom() : null));
        }
      }
    }
    Set<String> roots = new LinkedHashSet<>(request.units());
    for (UUID root : walked.roots()) {
      String code = codes.get(root);
      if (code != null) {
        roots.add(code);
      }
    }
    List<TracedParty> answerable = new ArrayList<>();
    parties.forEach((uri, own) -> answerable.add(new TracedParty(uri, List.copyOf(own))));
    return new Trace(
        List.copyOf(roots),
        List.copyOf(units),
        List.copyOf(events),
        List.copyOf(flows),
        List.copyOf(answerable),
        walked.truncated(),
        walked.next());
  }

  /** Whether quantities of the event are not shown. */
  private static boolean tellsLess(Entry shown, Entry stored) {
    return !event(shown).units().equals(event(stored).units());
  }

  private static TracedEvent traced(Entry entry, boolean certain, boolean shared, Set<Flag> flags) {
    Standing stored = entry.draft().standing();
    Standing standing =
        stored == Standing.DECLARED && flags.contains(Flag.CONFIRMED)
            ? Standing.COUNTERPARTY
            : stored;
    Set<Flag> copy = EnumSet.noneOf(Flag.class);
    copy.addAll(flags);
    return new TracedEvent(
        entry.ref(),
        event(entry),
        entry.draft().reporter(),
        entry.draft().principal(),
        entry.recordTime(),
        standing,
        certainty(certain),
        shared,
        copy);
  }

  private static EpcisEvent event(Entry entry) {
    if (entry.draft().subject() instanceof EventSubject(EpcisEvent event)) {
      return event;
    }
    throw new IllegalStateException("the entry " + entry.ref() + " is indexed but no event");
  }

  private static String code(Map<UUID, String> codes, UUID unit) {
    return requireNonNull(codes.get(unit), "a unit of the answer is in none of its events");
  }

  private static Certainty certainty(boolean certain) {
    return certain ? Certainty.CERTAIN : Certainty.POSSIBLE;
  }
}
