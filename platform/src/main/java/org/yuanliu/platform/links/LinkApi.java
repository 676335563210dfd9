package org.yuanliu.platform.links;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.yuanliu.codes.CodeReader;
import org.yuanliu.epcis.YlVocabulary;
import org.yuanliu.industry.FlatRecords;
import org.yuanliu.industry.Link;
import org.yuanliu.industry.LinkForm;
import org.yuanliu.industry.Pack;
import org.yuanliu.industry.Product;
import org.yuanliu.platform.ServerSettings;
import org.yuanliu.platform.access.Caller;
import org.yuanliu.platform.access.Permission;
import org.yuanliu.platform.capture.EventDoor;
import org.yuanliu.platform.packs.Packs;
import org.yuanliu.platform.problem.Problem;
import org.yuanliu.platform.problem.Problem.Detail;
import org.yuanliu.platform.problem.ProblemException;
import org.yuanliu.platform.problem.StandardProblems;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A link's form and what is entered in it. */
@RestController
@Tag(name = "Links", description = "按环节填报 · Events by form")
final class LinkApi {
  /** Two thousand codes in their longest written form, and a margin. */
  static final int MAX_BYTES = 512 << 10;

  private static final int MAX_DEPTH = 8;
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
  private final EventDoor door;
  private final CodeReader codes;
  private final ServerSettings server;
  private final Clock clock;

  LinkApi(Packs packs, EventDoor door, CodeReader codes, ServerSettings server, Clock clock) {
    this.packs = requireNonNull(packs, "packs is null");
    this.door = requireNonNull(door, "door is null");
    this.codes = requireNonNull(codes, "codes is null");
    this.server = requireNonNull(server, "server is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /** A link of a product in the version that is meant. */
  private record Place(Pack pack, Product product, Link link) {}

  @GetMapping("/api/v1/links")
  @Operation(summary = "可填报的环节 · The links that can be reported by form")
  Map<String, Object> links(Caller caller) {
    List<Map<String, Object>> links =
        packs.current().inForce(today()).stream()
            .flatMap(
                pack ->
                    pack.products().stream()
                        .flatMap(
                            product ->
                                product.links().stream()
                                    .filter(link -> !link.events().isEmpty())
                                    .map(link -> summary(pack, product, link))))
            .toList();
    return Map.of("links", links);
  }

  private static Map<String, Object> summary(Pack pack, Product product, Link link) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("industry", pack.id());
    map.put("product", product.id());
    map.put("productNames", Map.of("zh", product.names().zh(), "en", product.names().en()));
    map.put("link", link.id());
    map.put("names", Map.of("zh", link.names().zh(), "en", link.names().en()));
    map.put("stage", link.stage().id());
    map.put("places", link.nodeTypes().stream().sorted().toList());
    map.put("roles", link.roles().stream().sorted().toList());
    return map;
  }

  @GetMapping("/api/v1/links/{industry}/{link}")
  @Operation(summary = "环节的表单 · A link's form")
  Map<String, Object> form(
      Caller caller,
      @PathVariable String industry,
      @PathVariable String link,
      @RequestParam(required = false) @Nullable String product) {
    Place place = place(industry, link, product, today());
    return LinkForm.of(place.pack(), place.product(), place.link());
  }

  @PostMapping("/api/v1/links/{industry}/{link}")
  @Operation(
      summary = "按环节填报 · Report a link by its data elements",
      description =
          "The flat elements of the link's form make its events, which go through the same door as"
              + " documents. With dryRun=true nothing is stored and the events are shown."
              + " 填写环节的采集指标，生成事件并登记；dryRun=true 时只核对。")
  ResponseEntity<Object> report(
      Caller caller,
      @PathVariable String industry,
      @PathVariable String link,
      @RequestParam(required = false) @Nullable String product,
      @RequestParam(required = false) @Nullable String principal,
      @RequestParam(defaultValue = "false") boolean dryRun,
      HttpServletRequest request)
      throws IOException {
    caller.require(Permission.CAPTURE);
    ObjectNode record = body(request);
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
    byte[] document = document(result.events());
    if (dryRun) {
      door.read(document);
      return ResponseEntity.ok(Map.of("events", result.events()));
    }
    EventDoor.Receipt receipt = door.store(caller, document, index -> "");
    boolean duplicate = receipt.events().stream().allMatch(EventDoor.Stored::duplicate);
    return ResponseEntity.status(duplicate ? HttpStatus.OK : HttpStatus.CREATED)
        .contentType(MediaType.APPLICATION_JSON)
        .body(answer(receipt));
  }

  private static Map<String, Object> answer(EventDoor.Receipt receipt) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("captureID", receipt.captureId().toString());
    body.put(
        "events",
        receipt.events().stream()
            .map(
                stored -> {
                  Map<String, Object> event = new LinkedHashMap<>();
                  event.put("eventID", stored.eventId());
                  event.put("position", stored.ref().position());
                  event.put("recordTime", stored.recordTime().toString());
                  event.put("duplicate", stored.duplicate());
                  return event;
                })
            .toList());
    body.put(
        "treeHead",
        Map.of(
            "log", receipt.head().log(),
            "size", receipt.head().size(),
            "root", Base64.getEncoder().encodeToString(receipt.head().root())));
    return body;
  }

  private byte[] document(List<ObjectNode> events) {
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

  private static ObjectNode body(HttpServletRequest request) throws IOException {
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

  private LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), server.zone());
  }

  private Place place(String industry, String link, @Nullable String product, LocalDate day) {
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
        .orElseThrow(() -> new ProblemException(StandardProblems.NOT_FOUND));
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
