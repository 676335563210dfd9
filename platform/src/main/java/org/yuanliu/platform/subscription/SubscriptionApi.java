package org.yuanliu.platform.subscription;

import static java.util.Objects.requireNonNull;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;
import org.yuanliu.epcis.Syntax;
import org.yuanliu.platform.access.Caller;
import org.yuanliu.platform.access.Permission;
import org.yuanliu.platform.binding.EpcisPaths;
import org.yuanliu.platform.binding.EpcisProblems;
import org.yuanliu.platform.binding.JsonBodies;
import org.yuanliu.platform.binding.MediaTypes;
import org.yuanliu.platform.binding.Negotiated;
import org.yuanliu.platform.binding.PageRequests;
import org.yuanliu.platform.binding.PageToken;
import org.yuanliu.platform.binding.Permissions;
import org.yuanliu.platform.query.NamedQueries;
import tools.jackson.databind.json.JsonMapper;

/** Subscriptions to named queries by webhook (EPCIS 2.0 §12; openapi.yaml, subscriptions). */
@RestController
@Tag(name = "Subscriptions", description = "订阅 · Results sent as they come")
final class SubscriptionApi {
  static final String MIN_RECORD_TIME = "GS1-Query-Min-Record-Time";
  private static final String ALL = EpcisPaths.QUERIES + "/{queryName}/subscriptions";
  private static final String ONE = ALL + "/{subscriptionID}";

  /** Chars of a body: an address, a secret and some times. */
  static final int MAX_BODY = 16 << 10;

  private final Subscriptions subscriptions;
  private final NamedQueries queries;
  private final PageRequests requests;
  private final JsonMapper mapper;
  private final JsonBodies bodies;

  SubscriptionApi(
      Subscriptions subscriptions,
      NamedQueries queries,
      PageRequests requests,
      JsonMapper mapper,
      JsonBodies bodies) {
    this.subscriptions = requireNonNull(subscriptions, "subscriptions is null");
    this.queries = requireNonNull(queries, "queries is null");
    this.requests = requireNonNull(requests, "requests is null");
    this.mapper = mapper;
    this.bodies = bodies;
  }

  @PostMapping(ALL)
  @Operation(
      summary = "订阅命名查询 · Subscribe a webhook to a named query",
      description =
          "dest, signatureToken, one of stream: true, schedule and trigger; reportIfEmpty,"
              + " initialRecordTime. 投递以 GS1-Signature（HMAC-SHA256）签名。")
  ResponseEntity<byte[]> create(
      Caller caller, @PathVariable String queryName, HttpServletRequest request)
      throws IOException {
    query(caller, queryName);
    MediaTypes.requireJson(request.getContentType());
    Negotiated agreed = Negotiated.of(request);
    Subscription created =
        subscriptions.create(
            caller,
            SubscriptionJson.read(
                bodies.object(request, MAX_BODY),
                UUID.randomUUID().toString(),
                queryName,
                new DeliveryForm(Syntax.JSON_LD, agreed.cbv(), agreed.epcs())));
    return ResponseEntity.created(URI.create(path(created)))
        .contentType(MediaType.APPLICATION_JSON)
        .body(mapper.writeValueAsBytes(SubscriptionJson.write(created)));
  }

  @GetMapping(ALL)
  @Operation(summary = "命名查询的订阅 · The subscriptions to a named query")
  ResponseEntity<byte[]> list(
      Caller caller, @PathVariable String queryName, HttpServletRequest request) {
    query(caller, queryName);
    Map<String, String> parameters = PageRequests.single(request);
    parameters
        .keySet()
        .forEach(
            name -> {
              if (!name.equals(PageRequests.PER_PAGE)
                  && !name.equals(PageRequests.NEXT_PAGE_TOKEN)) {
                throw PageRequests.unknown(name);
              }
            });
    int size = requests.size(parameters.get(PageRequests.PER_PAGE));
    String token = parameters.get(PageRequests.NEXT_PAGE_TOKEN);
    String digest = PageToken.digest("subscriptions " + queryName);
    String after = token == null ? "" : after(requests.token(token, digest));
    List<Subscription> found = subscriptions.list(caller.party(), queryName, after, size + 1);
    List<Subscription> shown = found.subList(0, Math.min(size, found.size()));
    HttpHeaders headers = new HttpHeaders();
    if (found.size() > size) {
      String last = shown.getLast().asked().id();
      requests.linkNext(digest, List.of(EpcisPaths.encoded(last)), headers);
    }
    return ResponseEntity.ok()
        .headers(headers)
        .contentType(MediaType.APPLICATION_JSON)
        .body(mapper.writeValueAsBytes(shown.stream().map(SubscriptionJson::write).toList()));
  }

  private static String after(PageToken token) {
    if (token.place().size() != 1) {
      throw PageRequests.badToken();
    }
    return EpcisPaths.decoded(token.place().getFirst());
  }

  @GetMapping(ONE)
  @Operation(summary = "订阅详情 · A subscription")
  ResponseEntity<byte[]> get(
      Caller caller, @PathVariable String queryName, @PathVariable String subscriptionID) {
    Subscription found = find(caller, queryName, subscriptionID);
    return ResponseEntity.ok()
        .header(MIN_RECORD_TIME, found.minRecordTime().toString())
        .contentType(MediaType.APPLICATION_JSON)
        .body(mapper.writeValueAsBytes(SubscriptionJson.write(found)));
  }

  @DeleteMapping(ONE)
  @Operation(summary = "取消订阅 · Unsubscribe")
  ResponseEntity<Void> remove(
      Caller caller, @PathVariable String queryName, @PathVariable String subscriptionID) {
    Subscription found = find(caller, queryName, subscriptionID);
    if (!subscriptions.remove(caller.party(), found.asked().id())) {
      throw EpcisProblems.notFound();
    }
    return ResponseEntity.noContent().build();
  }

  @RequestMapping(path = ALL, method = RequestMethod.OPTIONS)
  @Operation(summary = "接口能力 · What is offered of subscriptions")
  ResponseEntity<Void> all(Caller caller) {
    return ResponseEntity.noContent()
        .allow(HttpMethod.OPTIONS, HttpMethod.GET, HttpMethod.POST)
        .build();
  }

  @RequestMapping(path = ONE, method = RequestMethod.OPTIONS)
  @Operation(summary = "接口能力 · What is offered of a subscription")
  ResponseEntity<Void> one(
      Caller caller, @PathVariable String queryName, @PathVariable String subscriptionID) {
    Subscription found = find(caller, queryName, subscriptionID);
    return ResponseEntity.noContent()
        .header(MIN_RECORD_TIME, found.minRecordTime().toString())
        .allow(HttpMethod.OPTIONS, HttpMethod.GET, HttpMethod.DELETE)
        .build();
  }

  private void query(Caller caller, String queryName) {
    Permissions.require(caller, Permission.QUERY);
    if (queries.find(caller.party(), queryName).isEmpty()) {
      throw EpcisProblems.notFound();
    }
  }

  private Subscription find(Caller caller, String queryName, String id) {
    Permissions.require(caller, Permission.QUERY);
    return subscriptions
        .find(caller.party(), id)
        .filter(found -> found.asked().queryName().equals(queryName))
        .orElseThrow(EpcisProblems::notFound);
  }

  private static String path(Subscription subscription) {
    return EpcisPaths.QUERIES
        + "/"
        + EpcisPaths.encoded(subscription.asked().queryName())
        + "/subscriptions/"
        + EpcisPaths.encoded(subscription.asked().id());
  }
}
