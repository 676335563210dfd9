package org.yuanliu.platform.retention;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.yuanliu.codes.CodeReader;
import org.yuanliu.epcis.EpcisEvent;
import org.yuanliu.industry.CoreTerm;
import org.yuanliu.industry.Element;
import org.yuanliu.industry.EventFact;
import org.yuanliu.industry.EventFacts;
import org.yuanliu.industry.Pack;
import org.yuanliu.industry.Retention;
import org.yuanliu.industry.Span;
import org.yuanliu.platform.ServerSettings;
import org.yuanliu.platform.journal.Entry;
import org.yuanliu.platform.journal.EventSubject;
import org.yuanliu.platform.packs.Packs;
import org.yuanliu.platform.registry.Registry;

/** Until when a record is kept, by the pack that was in force when it happened. */
@Component
class Terms {
  /** Of everything that no pack gives a term: master data, packs, acts, events of no industry. */
  static final Term FOREVER = new Term("forever", "", null);

  private final Packs packs;
  private final CodeReader codes;
  private final Registry registry;
  private final ZoneId zone;
  private final Span unnamedExpiry;

  Terms(
      Packs packs,
      CodeReader codes,
      Registry registry,
      ServerSettings server,
      RetentionSettings settings) {
    this.packs = requireNonNull(packs, "packs is null");
    this.codes = requireNonNull(codes, "codes is null");
    this.registry = requireNonNull(registry, "registry is null");
    this.zone = server.zone();
    this.unnamedExpiry = new Span(settings.unnamedExpiryMonths(), Span.Unit.MONTH);
  }

  /**
   * How long a record is kept.
   *
   * @param name of the class
   * @param rule term and law
   * @param until null for ever
   */
  record Term(String name, String rule, @Nullable Instant until) {}

  /**
   * The terms of some entries at once, by the entries themselves; places are asked for together.
   */
  IdentityHashMap<Entry, Term> of(Iterable<Entry> entries) {
    IdentityHashMap<Entry, Term> terms = new IdentityHashMap<>();
    Set<String> ids = new HashSet<>();
    for (Entry entry : entries) {
      if (entry.draft().hot().bizLocation() != null) {
        ids.add(entry.draft().hot().bizLocation());
      }
    }
    Map<String, @Nullable String> kinds = new HashMap<>();
    registry.places(ids).forEach((id, place) -> kinds.put(id, place.nodeType()));
    Map<Pack, EventFacts> readers = new HashMap<>();
    for (Entry entry : entries) {
      terms.put(entry, term(entry, kinds, readers));
    }
    return terms;
  }

  private Term term(
      Entry entry, Map<String, @Nullable String> kinds, Map<Pack, EventFacts> readers) {
    String industry = entry.draft().scope().industry();
    if (industry == null || !(entry.draft().subject() instanceof EventSubject(EpcisEvent event))) {
      return FOREVER;
    }
    Optional<Pack> found =
        packs.current().inForce(industry, LocalDate.ofInstant(event.eventTime(), zone));
    if (found.isEmpty()) {
      return FOREVER;
    }
    Pack pack = found.get();
    Optional<EventFact> fact =
        readers
            .computeIfAbsent(pack, p -> new EventFacts(p, codes, zone))
            .read(
                event,
                new EventFacts.Context(
                    entry.ref().toString(),
                    entry.recordTime(),
                    entry.draft().principal(),
                    event.bizLocation(),
                    event.bizLocation() == null ? null : kinds.get(event.bizLocation())));
    Retention retention = fact.map(f -> f.link().retention()).orElse(null);
    return term(retention == null ? pack.retention() : retention, entry, fact);
  }

  private Term term(@Nullable Retention retention, Entry entry, Optional<EventFact> fact) {
    if (retention == null) {
      return FOREVER;
    }
    Span keep = retention.keep();
    if (keep == null) {
      return new Term(retention.id(), retention.source(), null);
    }
    Instant from =
        switch (retention.from()) {
          case RECORD -> entry.recordTime();
          case EXPIRY ->
              fact.flatMap(Terms::expiry)
                  .filter(expiry -> expiry.isAfter(entry.recordTime()))
                  .orElseGet(() -> unnamedExpiry.after(entry.recordTime(), zone));
        };
    return new Term(
        retention.id(), keep.text().zh() + "，" + retention.source(), keep.after(from, zone));
  }

  private static Optional<Instant> expiry(EventFact fact) {
    return fact.link().elements().values().stream()
        .filter(element -> element.term() == CoreTerm.BATCH_EXPIRY_DATE)
        .map(Element::id)
        .map(fact.values()::get)
        .filter(Instant.class::isInstance)
        .map(Instant.class::cast)
        .findFirst();
  }
}
