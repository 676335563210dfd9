package org.yuanliu.platform.links;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.yuanliu.industry.Link;
import org.yuanliu.industry.Pack;
import org.yuanliu.industry.Role;
import org.yuanliu.platform.access.Caller;
import org.yuanliu.platform.access.PartyCodes;
import org.yuanliu.platform.access.Viewer;
import org.yuanliu.platform.registry.Directory;
import org.yuanliu.platform.registry.Party;
import org.yuanliu.platform.registry.Place;
import org.yuanliu.platform.registry.Registry;

/**
 * In which links a firm may act, as the registry knows it: by the kinds of place it runs or has a
 * stall in, by its industry and by its licences. Of whom nothing is known every link is offered:
 * what he may report is decided at the door, not by what a page shows.
 */
@Component
class OwnLinks {
  /** A chain's shops beyond that are chosen by typing their code. */
  static final int MAX_PLACES = 200;

  private final Registry registry;
  private final Directory directory;
  private final PartyCodes partyCodes;

  OwnLinks(Registry registry, Directory directory, PartyCodes partyCodes) {
    this.registry = requireNonNull(registry, "registry is null");
    this.directory = requireNonNull(directory, "directory is null");
    this.partyCodes = requireNonNull(partyCodes, "partyCodes is null");
  }

  /**
   * What is known of who asks.
   *
   * @param party canonical URI that he reports under
   * @param industry the pack he is registered in; null if he is not
   * @param places where he acts, own ones first, then the markets he has a stall in
   * @param licences types of his licences
   */
  record Actor(String party, @Nullable String industry, List<Place> places, Set<String> licences) {
    Actor {
      places = List.copyOf(places);
      licences = Set.copyOf(licences);
    }

    Set<String> nodeTypes() {
      return places.stream()
          .map(Place::nodeType)
          .filter(Objects::nonNull)
          .collect(Collectors.toSet());
    }

    /** Whether anything is known by which links can be told apart. */
    boolean isKnown() {
      return industry != null || !nodeTypes().isEmpty();
    }
  }

  Actor actor(Caller caller) {
    if (!(caller.viewer() instanceof Viewer.Enterprise)) {
      return new Actor(caller.party(), null, List.of(), Set.of());
    }
    Party party = registry.party(caller.party()).orElse(null);
    Set<String> codes = new LinkedHashSet<>(partyCodes.codesOf(caller.party()));
    Map<String, Place> places = new LinkedHashMap<>();
    directory.placesOf(codes, MAX_PLACES).forEach(place -> places.put(place.id(), place));
    if (party == null) {
      return new Actor(caller.party(), null, List.copyOf(places.values()), Set.of());
    }
    List<String> markets =
        party.stalls().stream().map(Party.Stall::market).limit(MAX_PLACES).toList();
    for (Place place : marketPlaces(markets)) {
      places.putIfAbsent(place.id(), place);
    }
    Set<String> licences =
        party.licences().stream().map(Party.Licence::type).collect(Collectors.toSet());
    return new Actor(caller.party(), party.industry(), List.copyOf(places.values()), licences);
  }

  /** A stall names its market by one of the market's codes; the place has another. */
  private List<Place> marketPlaces(List<String> markets) {
    if (markets.isEmpty()) {
      return List.of();
    }
    List<Place> found = new ArrayList<>(registry.places(markets).values());
    Set<String> codes = new LinkedHashSet<>();
    registry.parties(markets).values().forEach(market -> codes.addAll(market.codes()));
    if (!codes.isEmpty()) {
      found.addAll(directory.placesOf(codes, MAX_PLACES));
    }
    return found;
  }

  /** The packs whose links come into question. */
  List<Pack> packs(Actor actor, List<Pack> inForce) {
    if (!actor.isKnown()) {
      return inForce;
    }
    Set<String> kinds = actor.nodeTypes();
    List<Pack> own =
        inForce.stream()
            .filter(
                pack ->
                    pack.id().equals(actor.industry())
                        || (actor.industry() == null && hasPlace(pack, kinds)))
            .toList();
    return own.isEmpty() ? inForce : own;
  }

  private static boolean hasPlace(Pack pack, Set<String> kinds) {
    return pack.products().stream()
        .flatMap(product -> product.links().stream())
        .anyMatch(link -> !Collections.disjoint(link.nodeTypes(), kinds));
  }

  boolean may(Actor actor, Pack pack, Link link) {
    Set<String> kinds = actor.nodeTypes();
    if (!link.nodeTypes().isEmpty() && !kinds.isEmpty()) {
      return !Collections.disjoint(link.nodeTypes(), kinds);
    }
    Set<String> entitling =
        link.roles().stream()
            .map(pack.roles()::get)
            .filter(Objects::nonNull)
            .map(Role::licences)
            .flatMap(Set::stream)
            .collect(Collectors.toSet());
    boolean known = !entitling.isEmpty() && !actor.licences().isEmpty();
    return !known || !Collections.disjoint(entitling, actor.licences());
  }
}
