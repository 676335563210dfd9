package org.yuanliu.platform.trace;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.yuanliu.epcis.Action;
import org.yuanliu.epcis.BizTransaction;
import org.yuanliu.epcis.EpcisEvent;
import org.yuanliu.epcis.ErrorDeclaration;
import org.yuanliu.epcis.EventType;
import org.yuanliu.epcis.LdContext;
import org.yuanliu.epcis.SourceOrDestination;
import org.yuanliu.epcis.UnitMention;
import org.yuanliu.epcis.UnitRole;
import org.yuanliu.epcis.YlVocabulary;
import org.yuanliu.platform.journal.Standing;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** An event as a test tells it, in few words. Times are hours after a day's beginning. */
final class Told {
  static final Instant DAY = Instant.parse("2026-03-01T00:00:00Z");
  static final String CBV = "https://ref.gs1.org/cbv/BizStep-";

  final String id;
  final String principal;
  final EventType type;
  Action action = Action.OBSERVE;
  double hour;
  double recordHour = Double.NaN;
  @Nullable String step;
  @Nullable String place;
  @Nullable String transformation;
  @Nullable String product;
  boolean inferred;
  @Nullable List<String> errorWithCorrections;
  Standing standing = Standing.DECLARED;
  final List<UnitMention> units = new ArrayList<>();
  final List<String> documents = new ArrayList<>();
  final List<SourceOrDestination> sources = new ArrayList<>();
  final List<SourceOrDestination> destinations = new ArrayList<>();

  private Told(String id, String principal, EventType type, double hour) {
    this.id = id;
    this.principal = principal;
    this.type = type;
    this.hour = hour;
  }

  static Told object(String id, String principal, double hour, Action action, String... units) {
    Told told = new Told(id, principal, EventType.OBJECT_EVENT, hour);
    told.action = action;
    return told.with(UnitRole.EPC, units);
  }

  static Told observe(String id, String principal, double hour, String... units) {
    return object(id, principal, hour, Action.OBSERVE, units);
  }

  static Told made(String id, String principal, double hour, String... units) {
    return object(id, principal, hour, Action.ADD, units).step("commissioning");
  }

  static Told transform(String id, String principal, double hour) {
    return new Told(id, principal, EventType.TRANSFORMATION_EVENT, hour);
  }

  static Told pack(
      String id, String principal, double hour, Action action, String parent, String... children) {
    Told told = new Told(id, principal, EventType.AGGREGATION_EVENT, hour);
    told.action = action;
    return told.with(UnitRole.PARENT, parent).with(UnitRole.CHILD, children);
  }

  static Told associate(
      String id, String principal, double hour, Action action, String parent, String... children) {
    Told told = new Told(id, principal, EventType.ASSOCIATION_EVENT, hour);
    told.action = action;
    return told.with(UnitRole.PARENT, parent).with(UnitRole.CHILD, children);
  }

  Told with(UnitRole role, String... uris) {
    for (String uri : uris) {
      units.add(new UnitMention(role, uri, uri, lot(uri), null, null));
    }
    return this;
  }

  Told amount(UnitRole role, String uri, String quantity) {
    units.add(new UnitMention(role, uri, uri, lot(uri), new BigDecimal(quantity), "KGM"));
    return this;
  }

  Told in(String... uris) {
    return with(UnitRole.INPUT, uris);
  }

  Told out(String... uris) {
    return with(UnitRole.OUTPUT, uris);
  }

  Told step(String word) {
    step = word.indexOf(':') < 0 ? CBV + word : word;
    return this;
  }

  Told at(String where) {
    place = where;
    return this;
  }

  Told from(String party) {
    sources.add(new SourceOrDestination("https://ref.gs1.org/cbv/SDT-owning_party", party));
    return this;
  }

  Told to(String party) {
    destinations.add(new SourceOrDestination("https://ref.gs1.org/cbv/SDT-owning_party", party));
    return this;
  }

  Told toPlace(String where) {
    destinations.add(new SourceOrDestination(Steps.LOCATION_TYPE, where));
    return this;
  }

  Told fromPlace(String where) {
    sources.add(new SourceOrDestination(Steps.LOCATION_TYPE, where));
    return this;
  }

  Told paper(String... ids) {
    documents.addAll(List.of(ids));
    return this;
  }

  Told part(String transformationId) {
    transformation = transformationId;
    return this;
  }

  Told goods(String code) {
    product = code;
    return this;
  }

  Told guessed() {
    inferred = true;
    return this;
  }

  Told recorded(double hours) {
    recordHour = hours;
    return this;
  }

  /** The same event again, declared in error. */
  Told error(String... corrections) {
    Told told = new Told(id, principal, type, hour);
    told.action = action;
    told.step = step;
    told.place = place;
    told.transformation = transformation;
    told.product = product;
    told.inferred = inferred;
    told.units.addAll(units);
    told.documents.addAll(documents);
    told.sources.addAll(sources);
    told.destinations.addAll(destinations);
    told.errorWithCorrections = List.of(corrections);
    return told;
  }

  Instant time() {
    return DAY.plus(Duration.ofSeconds((long) (hour * 3600)));
  }

  Instant recordTime() {
    double hours = Double.isNaN(recordHour) ? hour : recordHour;
    return DAY.plus(Duration.ofSeconds((long) (hours * 3600)));
  }

  /** Parties named beside the principal, as the door tells them to the policy. */
  Set<String> named() {
    Set<String> named = new TreeSet<>();
    sources.forEach(end -> named.add(end.id()));
    destinations.forEach(end -> named.add(end.id()));
    return named;
  }

  EpcisEvent event() {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("type", type.term());
    body.put("eventID", id);
    if (product != null) {
      body.put("yl:product", product);
    }
    if (inferred) {
      body.put("yl:attribution", YlVocabulary.ATTRIBUTION_INFERRED);
    }
    ObjectNode prefixes = JsonNodeFactory.instance.objectNode();
    prefixes.put("yl", YlVocabulary.NAMESPACE);
    return new EpcisEvent(
        type,
        time(),
        "+08:00",
        id,
        type == EventType.TRANSFORMATION_EVENT ? null : action,
        step,
        null,
        null,
        place,
        units,
        documents.stream().map(document -> new BizTransaction(null, document)).toList(),
        sources,
        destinations,
        transformation,
        errorWithCorrections == null
            ? null
            : new ErrorDeclaration(time(), null, errorWithCorrections),
        body,
        LdContext.DEFAULT.with(prefixes));
  }

  private static boolean lot(String uri) {
    return uri.startsWith("urn:lot:");
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append(id).append(" by ").append(principal).append(" at ").append(hour).append("h ");
    text.append(type.term()).append(' ').append(action);
    for (UnitMention unit : units) {
      text.append(' ').append(unit.role()).append('=').append(unit.canonical());
    }
    text.append(step == null ? "" : " step=" + step.substring(step.lastIndexOf('-') + 1));
    text.append(place == null ? "" : " place=" + place);
    sources.forEach(end -> text.append(" from=").append(end.id()));
    destinations.forEach(end -> text.append(" to=").append(end.id()));
    text.append(documents.isEmpty() ? "" : " papers=" + documents);
    text.append(transformation == null ? "" : " part=" + transformation);
    text.append(product == null ? "" : " goods=" + product);
    text.append(inferred ? " inferred" : "");
    text.append(errorWithCorrections == null ? "" : " ERROR " + errorWithCorrections);
    return text.toString();
  }
}
