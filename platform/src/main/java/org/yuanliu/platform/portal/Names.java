package org.yuanliu.platform.portal;

import static java.util.Objects.requireNonNull;

import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
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

  /** Entries of GB/T 2260 that stand for a tier and name no place. */
  private static final Set<String> COLLECTIVE = Set.of("市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划");

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
      Localized county = county(place == null ? division : place.division()).orElse(null);
      if (place == null || (county != null && place.name().equals(party.zh()))) {
        return county;
      }
      String en = place.nameEn() == null ? place.name() : place.nameEn();
      // Many a name begins with the county: said once is enough.
      return county == null || place.name().startsWith(county.zh())
          ? new Localized(place.name(), en)
          : new Localized(county.zh() + " " + place.name(), en + ", " + county.en());
    }

    /**
     * City and county, 西安市雁塔区 or Yanta District, Xi'an; empty where the code is unknown. Of a
     * municipality the tier between, which has no name of its own, is left out.
     */
    Optional<Localized> county(@Nullable String division) {
      if (division == null) {
        return Optional.empty();
      }
      List<Division> path =
          divisions.path(division).stream()
              .filter(tier -> !COLLECTIVE.contains(tier.zhName()))
              .toList();
      if (path.isEmpty()) {
        return Optional.empty();
      }
      List<Division> last = path.subList(Math.max(0, path.size() - 2), path.size());
      return Optional.of(
          new Localized(
              last.stream().map(Division::zhName).collect(Collectors.joining()),
              last.reversed().stream().map(Division::enName).collect(Collectors.joining(", "))));
    }

    Optional<Place> registered(@Nullable String place) {
      return Optional.ofNullable(place == null ? null : places.get(place));
    }
  }
}
