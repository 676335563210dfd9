package org.yuanliu.platform.links;

import static java.util.Objects.requireNonNull;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.yuanliu.industry.Link;
import org.yuanliu.industry.LinkForm;
import org.yuanliu.industry.Mandatory;
import org.yuanliu.industry.Pack;
import org.yuanliu.industry.Product;
import org.yuanliu.platform.access.Caller;
import org.yuanliu.platform.access.Permission;
import org.yuanliu.platform.capture.EventDoor;
import org.yuanliu.platform.catalogue.Catalogue;
import org.yuanliu.platform.packs.Packs;
import org.yuanliu.platform.registry.Place;
import tools.jackson.databind.node.ObjectNode;

/** A link's form and what is entered in it. */
@RestController
@Tag(name = "Links", description = "按环节填报 · Events by form")
final class LinkApi {
  private final Packs packs;
  private final OwnLinks own;
  private final Catalogue catalogue;
  private final EventDoor door;
  private final LinkRecords records;

  LinkApi(Packs packs, OwnLinks own, Catalogue catalogue, EventDoor door, LinkRecords records) {
    this.packs = requireNonNull(packs, "packs is null");
    this.own = requireNonNull(own, "own is null");
    this.catalogue = requireNonNull(catalogue, "catalogue is null");
    this.door = requireNonNull(door, "door is null");
    this.records = requireNonNull(records, "records is null");
  }

  @GetMapping("/api/v1/links")
  @Operation(
      summary = "可填报的环节 · The links that can be reported by form",
      description =
          "With mine=true those in which the caller may act, as the registry knows it, and his"
              + " places. mine=true 时只列出本单位参与的环节及其场所。")
  Map<String, Object> links(Caller caller, @RequestParam(defaultValue = "false") boolean mine) {
    List<Pack> inForce = packs.current().inForce(records.today());
    if (!mine) {
      return Map.of("links", summaries(inForce, (pack, link) -> true));
    }
    OwnLinks.Actor actor = own.actor(caller);
    List<Map<String, Object>> links =
        summaries(own.packs(actor, inForce), (pack, link) -> own.may(actor, pack, link));
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("party", actor.party());
    answer.put("known", actor.isKnown());
    answer.put("places", actor.places().stream().map(LinkApi::place).toList());
    answer.put("links", links);
    return answer;
  }

  private static List<Map<String, Object>> summaries(
      List<Pack> packs, BiPredicate<Pack, Link> wanted) {
    List<Map<String, Object>> links = new ArrayList<>();
    for (Pack pack : packs) {
      for (Product product : pack.products()) {
        product.links().stream()
            .filter(link -> !link.events().isEmpty() && wanted.test(pack, link))
            .forEach(link -> links.add(summary(pack, product, link)));
      }
    }
    return links;
  }

  private static Map<String, Object> place(Place place) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("id", place.id());
    map.put("zh", place.name());
    map.put("en", place.nameEn() == null ? place.name() : place.nameEn());
    if (place.nodeType() != null) {
      map.put("kind", place.nodeType());
    }
    return map;
  }

  private static Map<String, Object> summary(Pack pack, Product product, Link link) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("industry", pack.id());
    map.put("industryNames", Map.of("zh", pack.names().zh(), "en", pack.names().en()));
    map.put("product", product.id());
    map.put("productNames", Map.of("zh", product.names().zh(), "en", product.names().en()));
    map.put("link", link.id());
    map.put("names", Map.of("zh", link.names().zh(), "en", link.names().en()));
    map.put("stage", link.stage().id());
    map.put("here", !link.nodeTypes().isEmpty());
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
    LinkRecords.Place place = records.place(industry, link, product, records.today());
    Map<String, Object> form = LinkForm.of(place.pack(), place.product(), place.link());
    LocalDate mandatory = mandatory(caller, place);
    if (mandatory != null) {
      form.put("mandatoryFrom", mandatory.toString());
    }
    return form;
  }

  /**
   * The day from which the catalogue asks for the link where the caller is; null if it does not.
   */
  private @Nullable LocalDate mandatory(Caller caller, LinkRecords.Place place) {
    if (!Mandatory.isAsked(place.link())) {
      return null;
    }
    String division =
        own.actor(caller).places().stream().map(Place::division).findFirst().orElse("");
    return catalogue.mandatoryFrom(place.pack().id(), place.product().id(), division);
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
    List<ObjectNode> events =
        records.events(industry, link, product, principal, LinkRecords.body(request));
    byte[] document = records.document(events);
    if (dryRun) {
      door.read(document);
      return ResponseEntity.ok(Map.of("events", events));
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
}
