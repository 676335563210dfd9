package org.yuanliu.platform.portal;

import static java.util.Objects.requireNonNull;

import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.yuanliu.codes.Division;
import org.yuanliu.codes.Divisions;
import org.yuanliu.industry.Localized;
import org.yuanliu.platform.binding.CodeTexts;
import org.yuanliu.platform.registry.Party;
import org.yuanliu.platform.registry.Party.PartyKind;
import org.yuanliu.platform.registry.Place;
import org.yuanliu.platform.registry.Product;
import org.yuanliu.platform.registry.Registry;

/** What parties and places are called on the public page. */
@Component
final class Names {
  private static final Localized UNREGISTERED =
      new Localized("未登记的经营者", "a trader who is not registered");
  private static final Localized PERSON = new Localized("个人生产者", "an individual producer");

  /** Products of a chain that are looked up for its name; a chain has some five. */
  private static final int MAX_PRODUCTS = 20;

  private final Registry registry;
  private final CodeTexts texts;
  private final Divisions divisions;

  Names(Registry registry, CodeTexts texts, Divisions divisions) {
    this.registry = requireNonNull(registry, "registry is null");
    this.texts = requireNonNull(texts, "texts is null");
    this.divisions = requireNonNull(divisions, "divisions is null");
  }

  /**
   * The English name of goods that a registered product has under the same Chinese one.
   *
   * @param codes goods codes, and units whose GTIN names a product
   */
  Optional<String> english(String words, Stream<String> codes) {
    return codes
        .map(code -> code.indexOf(':') < 0 ? code : texts.gtinOf(code))
        .filter(Objects::nonNull)
        .distinct()
        .limit(MAX_PRODUCTS)
        .map(registry::product)
        .flatMap(Optional::stream)
        .filter(product -> product.name().equals(words))
        .map(Product::nameEn)
        .filter(Objects::nonNull)
        .findFirst();
  }

  Lookup lookup(Collection<String> parties, Collection<String> places, LocalDate day) {
    return new Lookup(registry.parties(parties), registry.places(places), divisions.asOf(day), day);
  }

  /** The names that one page needs, fetched at once. */
  static final class Lookup {
    private final Map<String, Party> parties;
    private final Map<String, Place> places;
    private final Divisions.Snapshot divisions;
    private final LocalDate day;

    private Lookup(
        Map<String, Party> parties,
        Map<String, Place> places,
        Divisions.Snapshot divisions,
        LocalDate day) {
      this.parties = parties;
      this.places = places;
      this.divisions = divisions;
      this.day = day;
    }

    /** A natural person's name is personal data: the page shows what he does instead. */
    Localized party(String id) {
      Party party = parties.get(id);
      if (party == null) {
        return UNREGISTERED;
      }
      if (party.kind() == PartyKind.NATURAL_PERSON) {
        return PERSON;
      }
      String zh = party.name(day);
      String en =
          party.names().stream()
              .filter(name -> name.name().equals(zh))
              .map(Party.DatedName::nameEn)
              .filter(name -> name != null && !name.isBlank())
              .findFirst()
              .orElse(zh);
      return new Localized(zh, en);
    }

    /** The county and the place's name, or the county alone where the name says nothing new. */
    @Nullable Localized place(@Nullable String id, @Nullable String division, Localized party) {
      Place place = id == null ? null : places.get(id);
      String county = county(place == null ? division : place.division());
      if (place == null || (place.name().equals(party.zh()) && !county.isEmpty())) {
        return county.isEmpty() ? null : new Localized(county, county);
      }
      String en = place.nameEn() == null ? place.name() : place.nameEn();
      // Many a name begins with the county: said once is enough.
      return county.isEmpty() || place.name().startsWith(county)
          ? new Localized(place.name(), en)
          : new Localized(county + " " + place.name(), en + ", " + county);
    }

    /** City and county, e.g. 西安市雁塔区; empty where the code is unknown. */
    String county(@Nullable String division) {
      if (division == null) {
        return "";
      }
      List<Division> path = divisions.path(division);
      int from = Math.max(0, path.size() - 2);
      return path.subList(from, path.size()).stream()
          .map(Division::zhName)
          .reduce("", String::concat);
    }

    Optional<Place> registered(@Nullable String place) {
      return Optional.ofNullable(place == null ? null : places.get(place));
    }
  }
}
