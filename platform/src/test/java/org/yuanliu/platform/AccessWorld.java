package org.yuanliu.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yuanliu.platform.AccessMatrix.Relation;
import org.yuanliu.platform.AccessMatrix.Role;
import org.yuanliu.platform.access.Accounts;
import org.yuanliu.platform.access.Accounts.NewAccount;
import org.yuanliu.platform.access.Accounts.NewKey;
import org.yuanliu.platform.access.Permission;
import org.yuanliu.platform.access.ViewerKind;
import org.yuanliu.platform.journal.Standing;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A small town for the access matrix: three firms with one object of each kind, an office here and
 * one elsewhere, and those who run the platform. Objects that a request uses up are made anew for
 * each.
 */
final class AccessWorld {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String OPERATOR = "urn:yuanliu:uscc:91610100MA6U123487";
  private static final String OFFICE = "urn:yuanliu:uscc:11610100016000000X";
  private static final String SERVICE = "urn:yuanliu:uscc:91610100MA6TDDDD1D";
  private static final String DIVISION = "610102";
  private static final Pattern NAME = Pattern.compile("\\{(\\w+)}");

  /** Whose objects those are. */
  private enum Firm {
    A("91610100MA6TAAAA1C", "610102901", Relation.own),
    B("91610100MA6TBBBB12", "610102902", Relation.neighbour),
    C("91610100MA6TCCCC1P", "610102903", Relation.stranger);

    final String credit;
    final String node;
    final Relation relation;

    Firm(String credit, String node, Relation relation) {
      this.credit = credit;
      this.node = node;
      this.relation = relation;
    }

    String party() {
      return "urn:yuanliu:uscc:" + credit;
    }

    String place() {
      return "urn:yuanliu:node:" + node;
    }
  }

  private final HttpClient http = HttpClient.newHttpClient();
  private final int port;
  private final Accounts accounts;
  private final Map<Role, String> keys = new EnumMap<>(Role.class);
  private final Map<Firm, String> firmKeys = new EnumMap<>(Firm.class);
  private final Map<Relation, Map<String, String>> objects = new EnumMap<>(Relation.class);
  private final AtomicInteger next = new AtomicInteger();

  AccessWorld(Accounts accounts, int port) {
    this.port = port;
    this.accounts = accounts;
    people();
    made(
        keys.get(Role.system),
        "/api/v1/parties",
        """
        {"codes": ["%s"], "kind": "SERVICE_PROVIDER", "division": "%s",
         "names": [{"name": "代理公司", "period": {"from": "2026-01-01"}}]}\
        """
            .formatted(SERVICE, DIVISION));
    for (Firm firm : Firm.values()) {
      objects.put(firm.relation, things(firm));
    }
  }

  private void people() {
    Set<Permission> firm = EnumSet.of(Permission.CAPTURE, Permission.QUERY, Permission.REGISTER);
    Set<Permission> steward = EnumSet.copyOf(firm);
    steward.add(Permission.ADMINISTER);
    keys.put(Role.bare, key(Firm.A.party(), ViewerKind.ENTERPRISE, "", Set.of()));
    keys.put(Role.firm, key(Firm.A.party(), ViewerKind.ENTERPRISE, "", firm));
    keys.put(Role.steward, key(Firm.A.party(), ViewerKind.ENTERPRISE, "", steward));
    keys.put(Role.office, key(OFFICE, ViewerKind.REGULATOR, "6101", firm));
    keys.put(Role.elsewhere, key(OFFICE, ViewerKind.REGULATOR, "4401", firm));
    keys.put(Role.system, key(OPERATOR, ViewerKind.OPERATOR, "", Permission.ofOperator()));
    keys.put(Role.security, key(OPERATOR, ViewerKind.OPERATOR, "", Set.of(Permission.SECURE)));
    keys.put(Role.auditor, key(OPERATOR, ViewerKind.OPERATOR, "", Set.of(Permission.AUDIT)));
    keys.put(
        Role.statistician,
        key(OFFICE, ViewerKind.REGULATOR, "6101", Set.of(Permission.STATISTICS)));
    for (Firm one : Firm.values()) {
      firmKeys.put(one, key(one.party(), ViewerKind.ENTERPRISE, "", firm));
    }
  }

  private UUID account(
      String party, ViewerKind kind, String division, Set<Permission> permissions) {
    Standing standing = kind == ViewerKind.REGULATOR ? Standing.AUTHORITY : Standing.DECLARED;
    return accounts.create(
        new NewAccount(
            "0-matrix-%06d".formatted(999_999 - next.incrementAndGet()),
            null,
            party,
            kind,
            division,
            Set.of(),
            permissions,
            standing));
  }

  private String key(String party, ViewerKind kind, String division, Set<Permission> permissions) {
    Standing standing = kind == ViewerKind.REGULATOR ? Standing.AUTHORITY : Standing.DECLARED;
    return accounts
        .createKey(
            account(party, kind, division, permissions),
            new NewKey("matrix", permissions, standing, null, 1_000_000))
        .token();
  }

  /** One object of each kind; of the neighbour's, each that can names the asking firm. */
  private Map<String, String> things(Firm firm) {
    String system = keys.get(Role.system);
    String key = firmKeys.get(firm);
    made(
        system,
        "/api/v1/parties",
        """
        {"codes": ["%s"], "kind": "ENTERPRISE", "division": "%s",
         "names": [{"name": "%s公司", "period": {"from": "2026-01-01"}}]}\
        """
            .formatted(firm.credit, DIVISION, firm));
    made(
        system,
        "/api/v1/places",
        """
        {"id": "%s", "name": "%s的库房", "division": "%s", "party": "%s"}\
        """
            .formatted(firm.place(), firm, DIVISION, firm.party()));
    String unit = "https://id.gs1.org/01/09506000134352/21/" + firm;
    String event = "urn:uuid:" + UUID.randomUUID();
    String document = "urn:yuanliu:document:permit:" + firm;
    made(
        key,
        "/api/v1/documents",
        """
        {"id": "%s", "type": "urn:epcglobal:cbv:btt:inv", "number": "%s", "issuer": "%s",
         "validity": {"from": "2026-01-01"}}\
        """
            .formatted(document, firm, named(firm)));
    JsonNode stored = made(key, "/epcis/events", event(event, unit, firm.place(), named(firm)));
    Map<String, String> things = new HashMap<>();
    things.put("party", firm.party());
    things.put("credit", firm.credit);
    things.put("place", firm.place());
    things.put("unit", unit);
    things.put("serial", firm.name());
    things.put("event", event);
    things.put("named", named(firm));
    things.put("agent", SERVICE);
    things.put("document", document);
    things.put("position", stored.path("position").asString("0"));
    things.put("captured", captured(key, firm));
    return things;
  }

  /** Whom this firm's records name besides itself. */
  private static String named(Firm firm) {
    return firm == Firm.C ? SERVICE : Firm.A.party();
  }

  static String event(String id, String unit, String place, String other) {
    return """
    {"@context": ["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld"],
     "type": "ObjectEvent", "eventID": "%s", "eventTime": "2026-01-31T08:00:00+08:00",
     "eventTimeZoneOffset": "+08:00", "action": "OBSERVE", "bizStep": "shipping",
     "epcList": ["%s"], "bizLocation": {"id": "%s"},
     "destinationList": [{"type": "owning_party", "destination": "%s"}]}\
    """
        .formatted(id, unit, place, other);
  }

  private String captured(String key, Firm firm) {
    String document =
        """
        {"@context": ["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld"],
         "type": "EPCISDocument", "schemaVersion": "2.0", "creationDate": "2026-01-31T00:00:00Z",
         "epcisBody": {"eventList": [%s]}}\
        """
            .formatted(
                event(
                        "urn:uuid:" + UUID.randomUUID(),
                        "https://id.gs1.org/01/09506000134352/21/K" + firm,
                        firm.place(),
                        named(firm))
                    .replaceFirst("\"@context\":[^\\]]*\\],", ""));
    HttpResponse<String> answer =
        send("POST", "/epcis/capture", document, "application/json", null, key);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    String location = answer.headers().firstValue("Location").orElseThrow();
    return location.substring(location.lastIndexOf('/') + 1);
  }

  /** The text with the object's names in place; what is used up by a request is made anew. */
  String fill(String template, Relation relation, boolean inJson) {
    Matcher names = NAME.matcher(template);
    StringBuilder filled = new StringBuilder();
    while (names.find()) {
      String value = value(names.group(1), relation);
      names.appendReplacement(
          filled,
          Matcher.quoteReplacement(
              inJson ? value : URLEncoder.encode(value, StandardCharsets.UTF_8)));
    }
    return names.appendTail(filled).toString();
  }

  private String value(String name, Relation relation) {
    String thing = objects.get(relation).get(name);
    return thing == null ? fresh(name, Firm.values()[relation.ordinal()]) : thing;
  }

  private String fresh(String name, Firm firm) {
    int number = next.incrementAndGet();
    String system = keys.get(Role.system);
    return switch (name) {
      case "n" -> Integer.toString(number);
      case "uuid" -> UUID.randomUUID().toString();
      case "account" ->
          account(firm.party(), ViewerKind.ENTERPRISE, "", Set.of(Permission.QUERY)).toString();
      case "key" ->
          accounts
              .createKey(
                  account(firm.party(), ViewerKind.ENTERPRISE, "", Set.of(Permission.QUERY)),
                  new NewKey("matrix", Set.of(Permission.QUERY), Standing.DECLARED, null, null))
              .id()
              .toString();
      case "mandate" ->
          made(
                  system,
                  "/api/v1/mandates",
                  "{\"reporter\": \"%s\", \"principal\": \"%s\", \"period\": {\"from\": \"2026-01-01\"}}"
                      .formatted(firm == Firm.A ? SERVICE : named(firm), firm.party()))
              .path("id")
              .asString();
      case "query" -> {
        made(
            firmKeys.get(firm),
            "/epcis/queries",
            "{\"name\": \"q%d\", \"query\": {}}".formatted(number));
        yield "q" + number;
      }
      case "subscription" -> {
        // There from the first time on.
        send(
            "POST",
            "/epcis/queries",
            "{\"name\": \"standing\", \"query\": {}}",
            "application/json",
            null,
            firmKeys.get(firm));
        yield made(
                firmKeys.get(firm),
                "/epcis/queries/standing/subscriptions",
                "{\"dest\": \"https://1.1.1.1/\", \"schedule\": {\"dayOfMonth\": \"31\","
                    + " \"month\": \"12\"}}")
            .path("subscriptionID")
            .asString();
      }
      case "exemption" -> exemption(number);
      case "range" ->
          made(
                  system,
                  "/api/v1/codes/ranges",
                  ("{\"scheme\": \"trace\", \"stem\": \"%s0001\", \"first\": %d, \"last\": %d,"
                          + " \"party\": \"%s\"}")
                      .formatted(firm.node, number * 10, number * 10 + 9, firm.party()))
              .path("id")
              .asString();
      default -> throw new IllegalArgumentException("no " + name + " in this world");
    };
  }

  /** Of two check digits one is wrong. */
  private String exemption(int number) {
    for (int digit = 0; digit < 2; digit++) {
      HttpResponse<String> answer =
          send(
              "POST",
              "/api/v1/codes/exemptions",
              "{\"scheme\": \"sc\", \"value\": \"SC10161010%05d%d\", \"reason\": \"x\"}"
                  .formatted(number, digit),
              "application/json",
              null,
              keys.get(Role.system));
      if (answer.statusCode() == 201) {
        return JSON.readTree(answer.body()).path("id").asString();
      }
    }
    throw new AssertionError("no exemption");
  }

  HttpResponse<String> send(
      Role role, String method, String path, String body, String type, String accept) {
    return send(method, path, body, type, accept, keys.get(role));
  }

  private JsonNode made(String key, String path, String body) {
    HttpResponse<String> answer = send("POST", path, body, "application/json", null, key);
    assertThat(answer.statusCode()).as(path + " " + answer.body()).isBetween(200, 299);
    return answer.body().isBlank() ? JSON.createObjectNode() : JSON.readTree(answer.body());
  }

  private HttpResponse<String> send(
      String method, String path, String body, String type, String accept, String key) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    if (body != null) {
      request.setHeader("Content-Type", type);
      request.setHeader("Prefer", "return=minimal");
    }
    if (accept != null) {
      request.setHeader("Accept", accept);
    }
    if (key != null) {
      request.setHeader("Authorization", "Bearer " + key);
    }
    // A collector on this machine may read metrics; here everybody comes from elsewhere.
    request.setHeader("X-Forwarded-For", "192.0.2.1");
    try {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
