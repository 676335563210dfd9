package org.yuanliu.platform.links;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.yuanliu.codes.CodeReader;
import org.yuanliu.epcis.YlVocabulary;
import org.yuanliu.industry.FlatRecords;
import org.yuanliu.industry.Link;
import org.yuanliu.industry.Pack;
import org.yuanliu.industry.Product;
import org.yuanliu.platform.ServerSettings;
import org.yuanliu.platform.packs.Packs;
import org.yuanliu.platform.problem.Problem;
import org.yuanliu.platform.problem.Problem.Detail;
import org.yuanliu.platform.problem.ProblemException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Flat records of links as documents of events, for all doors that take them. */
@Service
public final class LinkRecords {
  /** Two thousand codes in their longest written form, and a margin. */
  public static final int MAX_BYTES = 512 << 10;

  /** An EPCIS document with nested sensor lists; a form has two levels. */
  private static final int MAX_DEPTH = 32;

  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
                  .build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(tools.jackson.core.StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private final Packs packs;
  private final CodeReader codes;
  private final ServerSettings server;
  private final Clock clock;

  LinkRecords(Packs packs, CodeReader codes, ServerSettings server, Clock clock) {
    this.packs = requireNonNull(packs, "packs is null");
    this.codes = requireNonNull(codes, "codes is null");
    this.server = requireNonNull(server, "server is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /** A link of a product in the version that is meant. */
  record Place(Pack pack, Product product, Link link) {}

  /**
   * The events that a flat record makes.
   *
   * @param product id within the pack; null for the first that has the link
   * @param principal who answers for it; null for who reports it
   * @throws ProblemException 404 for no such link, 400 with every element that is wrong
   */
  public List<ObjectNode> events(
      String industry,
      String link,
      @Nullable String product,
      @Nullable String principal,
      ObjectNode record) {
    Place place = place(industry, link, product, day(record));
    FlatRecords.Result result =
        new FlatRecords(place.pack(), codes, server.zone())
            .events(place.product(), place.link(), record);
    if (!result.problems().isEmpty()) {
      throw new ProblemException(wrong(result.problems()));
    }
    if (principal != null) {
      result.events().forEach(e -> e.put(own(YlVocabulary.PRINCIPAL), principal));
    }
    return result.events();
  }

  /** A document of events in the common context. */
  public byte[] document(List<ObjectNode> events) {
    ObjectNode document = JSON.createObjectNode();
    ArrayNode context = document.putArray("@context");
    context.add("https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld");
    context.addObject().put(YlVocabulary.PREFIX, YlVocabulary.NAMESPACE);
    document.put("type", "EPCISDocument").put("schemaVersion", "2.0");
    document.put("creationDate", clock.instant().toString());
    ArrayNode list = document.putObject("epcisBody").putArray("eventList");
    events.forEach(list::add);
    return JSON.writeValueAsBytes(document);
  }

  /** The body as one JSON object; 413 and 400 where it is none. */
  public static ObjectNode body(HttpServletRequest request) throws IOException {
    byte[] body = request.getInputStream().readNBytes(MAX_BYTES + 1);
    if (body.length > MAX_BYTES) {
      throw new ProblemException(
          Problem.of(
              "record-too-large",
              413,
              "记录超过" + MAX_BYTES + "字节，请分成几份。",
              "The record has more than " + MAX_BYTES + " bytes; send it in parts."));
    }
    try {
      if (JSON.readTree(new String(body, UTF_8)) instanceof ObjectNode record) {
        return record;
      }
    } catch (JacksonException e) {
      // What exactly is wrong with it is of no use to the sender of a form.
    }
    throw new ProblemException(
        Problem.of(
            "record-not-json",
            400,
            "请求应是一个 JSON 对象：要素名称和值。",
            "The request has to be one JSON object: names of elements with their values."));
  }

  /** The day by whose version the record is judged: that of the event, else today. */
  private LocalDate day(ObjectNode record) {
    JsonNode time = record.path("event_time");
    try {
      return time.isString()
          ? LocalDate.parse(time.asString().substring(0, "2026-01-01".length()))
          : today();
    } catch (DateTimeException | StringIndexOutOfBoundsException e) {
      return today();
    }
  }

  LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), server.zone());
  }

  Place place(String industry, String link, @Nullable String product, LocalDate day) {
    Optional<Pack> pack = packs.current().inForce(industry, day);
    return pack.stream()
        .flatMap(
            p ->
                p.products().stream()
                    .filter(candidate -> product == null || candidate.id().equals(product))
                    .flatMap(
                        candidate ->
                            candidate.link(link).stream().map(l -> new Place(p, candidate, l))))
        .findFirst()
        .orElseThrow(() -> new ProblemException(unknown(link, product, pack)));
  }

  /** What there is instead: the packs are published, so nothing is given away. */
  private Problem unknown(String link, @Nullable String product, Optional<Pack> pack) {
    String pointer;
    Stream<String> known;
    if (pack.isEmpty()) {
      pointer = "/industry";
      known = packs.current().inForce(today()).stream().map(Pack::id);
    } else if (pack.get().products().stream().allMatch(one -> one.link(link).isEmpty())) {
      pointer = "/link";
      known =
          pack.get().products().stream()
              .filter(one -> product == null || one.id().equals(product))
              .flatMap(one -> one.links().stream())
              .filter(one -> !one.events().isEmpty())
              .map(Link::id);
    } else {
      pointer = "/product";
      known =
          pack.get().products().stream().filter(one -> one.link(link).isPresent()).map(Product::id);
    }
    String words = known.distinct().sorted().collect(Collectors.joining(", "));
    return new Problem(
        "link-unknown",
        404,
        "没有这样的行业、环节或产品；全部见 /api/v1/links。",
        "There is no such industry, link or product; all are listed at /api/v1/links.",
        List.of(new Detail("link-unknown", pointer, "可以是：" + words, "It can be: " + words)));
  }

  private static Problem wrong(List<FlatRecords.Problem> problems) {
    List<Detail> details =
        problems.stream()
            .map(p -> new Detail(p.code(), "/" + p.element(), p.message().zh(), p.message().en()))
            .toList();
    return new Problem(
        "record-wrong",
        400,
        "记录不符合本环节的要求，未登记任何内容。",
        "The record is not what the link asks for; nothing was stored.",
        details);
  }

  private static String own(String localName) {
    return YlVocabulary.PREFIX + ":" + localName;
  }
}
