package org.yuanliu.platform.demo;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.yuanliu.codes.CodeReader;
import org.yuanliu.codes.Divisions;
import org.yuanliu.industry.DocumentIds;
import org.yuanliu.industry.DocumentType;
import org.yuanliu.industry.Element;
import org.yuanliu.industry.ElementType;
import org.yuanliu.industry.FlatRecords;
import org.yuanliu.industry.Link;
import org.yuanliu.industry.Pack;
import org.yuanliu.industry.Product;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A chain told in the flat records of its pack's links, as the firms' own forms would tell it. The
 * pack makes the events; what the records cite is registered with it.
 */
final class FlatChain {
  /** One reader for all chains: the table of divisions is large. */
  private static final CodeReader CODES = CodeReader.of(Divisions.standard()).lenient();

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  /** What a document of the demonstration covers where the chain does not say; ample. */
  private static final BigDecimal AMPLE = BigDecimal.valueOf(1_000_000);

  private static final int YEARS_BEFORE = 1;
  private static final int YEARS_AFTER = 4;

  private final Pack pack;
  private final Product product;
  private final LocalDateTime now;
  private final List<Step> steps = new ArrayList<>();
  private final Map<String, Paper> papers = new LinkedHashMap<>();

  FlatChain(Pack pack, String product, LocalDateTime now) {
    this.pack = requireNonNull(pack, "pack is null");
    this.product =
        pack.products().stream()
            .filter(one -> one.id().equals(product))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no product " + product));
    this.now = requireNonNull(now, "now is null");
  }

  /** What one party sends at one moment. */
  record Step(Actor reporter, LocalDateTime at, List<byte[]> events) {}

  /** A moment some days ago. */
  LocalDateTime ago(int days, int hour, int minute) {
    if (days < 1) {
      throw new IllegalArgumentException("today may not have come to that hour yet");
    }
    return now.toLocalDate().minusDays(days).atTime(hour, minute);
  }

  /**
   * One record of a link, of the chain's product if it has the link, else of another of the pack: a
   * lift's parts are told with the lift.
   *
   * @param place of whose place it tells
   * @param values by element: texts, numbers, or lists of texts or of objects
   */
  FlatChain tell(
      String linkName, Actor reporter, LocalDateTime at, Actor place, Map<String, Object> values) {
    Product told =
        Stream.concat(Stream.of(product), pack.products().stream())
            .filter(one -> one.link(linkName).isPresent())
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no link " + linkName));
    Link link = told.link(linkName).orElseThrow();
    Map<String, Object> flat = new LinkedHashMap<>(values);
    flat.put("event_time", EventJson.time(at));
    flat.put("place", place.place());
    ObjectNode entered = MAPPER.valueToTree(flat);
    FlatRecords.Result result =
        new FlatRecords(pack, CODES, DemoOptions.OFFSET).events(told, link, entered);
    if (!result.problems().isEmpty()) {
      throw new IllegalStateException(linkName + ": " + result.problems());
    }
    steps.add(
        new Step(reporter, at, result.events().stream().map(MAPPER::writeValueAsBytes).toList()));
    link.elements().values().stream()
        .filter(element -> element.type() == ElementType.DOCUMENT)
        .filter(element -> values.containsKey(element.id()))
        .forEach(element -> cite(element, values, reporter, at));
    return this;
  }

  /**
   * A document that somebody holds for what the chain then tells; the same one cited later is this.
   *
   * @param document key among the pack's documents
   * @param scope what it is good for; empty if it names nothing
   */
  FlatChain hold(String document, String number, Actor holder, List<String> scope) {
    DocumentType type = requireNonNull(pack.documents().get(document), document);
    paper(type, number, holder, ago(1, 0, 0), scope);
    return this;
  }

  private void cite(Element element, Map<String, Object> values, Actor reporter, LocalDateTime at) {
    DocumentType type = requireNonNull(pack.documents().get(String.valueOf(element.document())));
    String number = String.valueOf(values.get(element.id()));
    paper(type, number, reporter, at, List.of());
  }

  private void paper(
      DocumentType type, String number, Actor holder, LocalDateTime at, List<String> scope) {
    LocalDate day = at.toLocalDate();
    papers.putIfAbsent(
        DocumentIds.uri(type, number),
        new Paper(
            new Paper.Kind(type.uri()),
            number,
            "演示发证机关",
            holder.id(),
            AMPLE,
            null,
            at,
            day.minusYears(YEARS_BEFORE),
            day.plusYears(YEARS_AFTER),
            null,
            scope));
  }

  List<Step> steps() {
    return List.copyOf(steps);
  }

  List<Paper> papers() {
    return List.copyOf(papers.values());
  }
}
