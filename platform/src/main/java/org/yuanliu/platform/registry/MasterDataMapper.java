package org.yuanliu.platform.registry;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.yuanliu.codes.CanonicalUri;
import org.yuanliu.epcis.DocumentHeader;
import org.yuanliu.epcis.LdContext;
import org.yuanliu.epcis.YlVocabulary;
import org.yuanliu.platform.ServerSettings;
import tools.jackson.databind.JsonNode;

/**
 * Reads the master data of an EPCIS document's header (EPCIS 2.0 §6.1.4 and §9.4; CBV 2.0 §9 for
 * the attributes) as commands to the registry: locations as places, EPC classes as products.
 * Parties are not made from it: who a subject is follows from its registration, not from a sender's
 * word; a place names its party by {@code cbvmda:owning_party}.
 */
@Component
public final class MasterDataMapper {
  private static final String MDA = "urn:epcglobal:cbv:mda";
  private static final String MDA_WEB = "https://ref.gs1.org/cbv/";
  private static final String DIVISION = "division";
  private static final String NODE_TYPE = "nodeType";
  private static final String GOODS_CODE = "goodsCode";
  private static final String CREDIT_CODE = "creditCode";

  private final Clock clock;
  private final ZoneId zone;

  MasterDataMapper(Clock clock, ServerSettings server) {
    this.clock = requireNonNull(clock, "clock is null");
    this.zone = requireNonNull(server.zone(), "zone is null");
  }

  /**
   * @param unmapped ids of elements that lack what the registry needs (a name, a division code) or
   *     belong to a vocabulary that is no part of it
   */
  public record Mapped(List<RegistryCommand> commands, List<String> unmapped) {}

  /** In the order of the document. */
  public Mapped map(DocumentHeader header) {
    List<RegistryCommand> commands = new ArrayList<>();
    List<String> unmapped = new ArrayList<>();
    JsonNode lists =
        header.body().path("epcisHeader").path("epcisMasterData").path("vocabularyList");
    for (JsonNode vocabulary : lists) {
      String type = local(header.context().expand(vocabulary.path("type").asString("")));
      for (JsonNode element : vocabulary.path("vocabularyElementList")) {
        String id = element.path("id").asString("");
        Map<String, String> attributes = attributes(element, header.context());
        RegistryCommand command = command(type, id, attributes);
        if (command == null) {
          unmapped.add(id);
        } else {
          commands.add(command);
        }
      }
    }
    return new Mapped(List.copyOf(commands), List.copyOf(unmapped));
  }

  private @Nullable RegistryCommand command(
      String vocabulary, String id, Map<String, String> attributes) {
    return switch (vocabulary) {
      case "BusinessLocation", "ReadPoint", "Location" -> place(id, attributes);
      case "EPCClass" -> product(id, attributes);
      case "SourceDest", "Party" -> party(id, attributes);
      default -> null;
    };
  }

  private static @Nullable RegistryCommand place(String id, Map<String, String> attributes) {
    String name = attributes.get("name");
    String division = attributes.get(DIVISION);
    if (name == null || division == null) {
      return null;
    }
    String party = attributes.get("owning_party");
    return new RegistryCommand.RegisterPlace(
        new Place(
            CanonicalUri.of(id),
            name,
            attributes.get("nameEn"),
            division,
            address(attributes),
            party == null ? null : CanonicalUri.of(party),
            attributes.get(NODE_TYPE)));
  }

  /** A firm: with its credit code, which makes it known as the same one everywhere. */
  private @Nullable RegistryCommand party(String id, Map<String, String> attributes) {
    String name = attributes.get("name");
    String creditCode = attributes.get(CREDIT_CODE);
    if (name == null || creditCode == null) {
      return null;
    }
    return new RegistryCommand.RegisterParty(
        List.of(creditCode, CanonicalUri.of(id)),
        Party.PartyKind.ENTERPRISE,
        List.of(
            new Party.DatedName(
                name,
                attributes.get("nameEn"),
                new Period(LocalDate.now(clock.withZone(zone)), null))),
        attributes.get(DIVISION),
        address(attributes),
        attributes.get("industry"),
        List.of(),
        List.of(),
        null,
        null,
        null);
  }

  private static @Nullable RegistryCommand product(String id, Map<String, String> attributes) {
    String name = attributes.get("descriptionShort");
    if (name == null) {
      name = attributes.get("tradeItemDescription");
    }
    if (name == null) {
      name = attributes.get("functionalName");
    }
    if (name == null) {
      return null;
    }
    return new RegistryCommand.RegisterProduct(
        new Product(
            CanonicalUri.of(id),
            name,
            attributes.get("nameEn"),
            attributes.get(GOODS_CODE),
            attributes.get("industry")));
  }

  private static @Nullable String address(Map<String, String> attributes) {
    StringBuilder address = new StringBuilder();
    for (String part :
        List.of("state", "city", "streetAddressOne", "streetAddressTwo", "streetAddressThree")) {
      String value = attributes.get(part);
      if (value != null) {
        address.append(address.isEmpty() ? "" : " ").append(value);
      }
    }
    return address.isEmpty() ? null : address.toString();
  }

  /** Plain values by local name, whichever prefix or URI form names them. */
  private static Map<String, String> attributes(JsonNode element, LdContext context) {
    Map<String, String> attributes = new HashMap<>();
    for (JsonNode attribute : element.path("attributes")) {
      JsonNode value = attribute.path("attribute");
      if (value.isString() || value.isNumber()) {
        attributes.putIfAbsent(
            local(context.expand(attribute.path("id").asString(""))), value.asString());
      }
    }
    return attributes;
  }

  /**
   * {@code urn:epcglobal:cbv:mda#name} → {@code name}; {@code urn:epcglobal:epcis:vtype:EPCClass} →
   * {@code EPCClass}. Attributes of unknown namespaces keep their whole name and so match nothing.
   */
  private static String local(String uri) {
    for (String prefix :
        List.of(
            MDA + "#",
            MDA + ":",
            MDA_WEB + "Comp-",
            MDA_WEB,
            "https://gs1.org/voc/",
            "https://ref.gs1.org/epcis/",
            "urn:epcglobal:epcis:vtype:",
            YlVocabulary.NAMESPACE)) {
      if (uri.startsWith(prefix)) {
        return uri.substring(prefix.length());
      }
    }
    return uri;
  }
}
