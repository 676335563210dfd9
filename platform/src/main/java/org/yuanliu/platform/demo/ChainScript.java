package org.yuanliu.platform.demo;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * A chain of one industry as its parties would enter it: flat records at the links of a pack. The
 * files are the resources {@code chains/*.yaml}; names of parties, places and units stand for their
 * codes anywhere in a record, and {@code day-3} or {@code day-3T08:00} for a day before today.
 *
 * @param industry the pack whose links the records are of, unless a record says another
 * @param units codes by name
 * @param products what goods are called in both languages
 * @param good names of codes worth trying, with the name of the unit
 */
record ChainScript(
    String industry,
    Map<String, PartyLine> parties,
    Map<String, PlaceLine> places,
    Map<String, String> units,
    List<ProductLine> products,
    List<DocumentLine> documents,
    List<RecordLine> records,
    Map<String, String> good,
    List<BrokenLine> broken) {
  private static final String FOLDER = "/chains/";
  private static final YAMLMapper YAML = YAMLMapper.builder().build();

  ChainScript {
    requireNonNull(industry, "industry is null");
    parties = Map.copyOf(parties);
    places = Map.copyOf(places);
    units = Map.copyOf(units);
    products = products == null ? List.of() : List.copyOf(products);
    documents = documents == null ? List.of() : List.copyOf(documents);
    records = List.copyOf(records);
    good = Map.copyOf(good);
    broken = broken == null ? List.of() : List.copyOf(broken);
  }

  /**
   * @param code credit code, plain
   */
  record PartyLine(String code, String zh, String en, String division) {}

  /**
   * @param code canonical URI
   * @param kind node type of the pack
   * @param party name of who runs it
   */
  record PlaceLine(String code, String kind, String party, String zh, String en, String division) {}

  /**
   * @param code canonical URI of the GTIN
   */
  record ProductLine(String code, String zh, String en) {}

  /**
   * @param industry another pack, likewise
   * @param type name of the kind of document in the pack
   * @param subject name of the party that it was made out to
   * @param from first day, in days from today
   * @param to last day likewise; none where it names none
   */
  record DocumentLine(
      @Nullable String industry,
      String type,
      String number,
      @Nullable String subject,
      int from,
      @Nullable Integer to,
      @Nullable BigDecimal quantity,
      @Nullable String uom,
      @Nullable List<String> scope) {}

  /**
   * @param by name of the party that reports it and answers for it
   * @param industry another pack, where chains of two industries meet
   * @param at {@code day-3T08:00}
   * @param with the data elements
   */
  record RecordLine(
      String by,
      @Nullable String industry,
      String link,
      String product,
      String at,
      ObjectNode with) {}

  /**
   * @param kind id of the finding that its page must name
   * @param verdict name of the level that it must show
   */
  record BrokenLine(String unit, String kind, String verdict) {}

  /** All of them, in the order of {@code chains/list.yaml}. */
  static List<ChainScript> all() {
    return List.of(read("list.yaml", String[].class)).stream()
        .map(file -> read(file, ChainScript.class))
        .toList();
  }

  private static <T> T read(String file, Class<T> type) {
    try (InputStream in = ChainScript.class.getResourceAsStream(FOLDER + file)) {
      if (in == null) {
        throw new IllegalStateException("chains/" + file + " is not on the class path");
      }
      return YAML.readValue(in, type);
    } catch (IOException e) {
      throw new UncheckedIOException("can't read chains/" + file, e);
    }
  }
}
