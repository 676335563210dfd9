package org.yuanliu.platform.links;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.yuanliu.platform.Midday;
import org.yuanliu.platform.access.Permission;
import org.yuanliu.platform.access.ViewerKind;
import org.yuanliu.platform.links.WholeServer.Answer;
import tools.jackson.databind.JsonNode;

/** Which links a firm is offered, and the catalogue that makes them mandatory. */
class OwnLinksTest {
  private static final Clock CLOCK = Midday.clock();
  private static final LocalDate TODAY = Midday.today(CLOCK);
  private static final String MARKET = "urn:yuanliu:node:610113701";
  private static WholeServer server;

  @BeforeAll
  static void start() {
    server = WholeServer.start(CLOCK);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void aFirmIsOfferedTheLinksOfItsPlaces() {
    String stall = stall("91610100MA6W008016", "旺旺肉铺");
    JsonNode own = server.get("/api/v1/links?mine=true", server.firm(stall)).ok().json();
    assertThat(own.path("known").booleanValue()).isTrue();
    assertThat(own.path("places").get(0).path("id").asString()).isEqualTo(MARKET);
    Set<String> links = links(own);
    assertThat(links)
        .contains("farm-products retail_entry", "farm-products retail_sale")
        .doesNotContain("farm-products slaughter", "farm-products wholesale_sale")
        .allMatch(link -> link.startsWith("farm-products "));
    String nobody = "urn:yuanliu:uscc:91610100MA6W008998";
    JsonNode all = server.get("/api/v1/links?mine=true", server.firm(nobody)).ok().json();
    assertThat(all.path("known").booleanValue()).isFalse();
    assertThat(links(all)).contains("farm-products slaughter", "rare-earths mining");
  }

  private static Set<String> links(JsonNode answer) {
    return answer
        .path("links")
        .valueStream()
        .map(link -> link.path("industry").asString() + " " + link.path("link").asString())
        .collect(Collectors.toSet());
  }

  /** A stall in a food market; the market is registered with it. */
  private static String stall(String code, String name) {
    Map<String, @Nullable Object> open = new LinkedHashMap<>();
    open.put("from", TODAY.minusDays(100).toString());
    open.put("to", null);
    Map<String, Object> market = party(MARKET, "MARKET", "行业行测试市场", open);
    server.post("/api/v1/parties", server.operator, market).ok();
    server
        .post(
            "/api/v1/places",
            server.operator,
            Map.of(
                "id", MARKET,
                "name", "行业行测试市场",
                "division", "610113",
                "party", MARKET,
                "nodeType", "retail_market"))
        .ok();
    String id = "urn:yuanliu:uscc:" + code;
    Map<String, Object> holder = party(id, "STALL_HOLDER", name, open);
    holder.put("stalls", List.of(Map.of("market", MARKET, "number", "7", "period", open)));
    holder.put("industry", "farm-products");
    server.post("/api/v1/parties", server.operator, holder).ok();
    return id;
  }

  private static Map<String, Object> party(
      String id, String kind, String name, Map<String, @Nullable Object> open) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("codes", List.of(id));
    body.put("kind", kind);
    Map<String, @Nullable Object> dated = new LinkedHashMap<>();
    dated.put("name", name);
    dated.put("nameEn", null);
    dated.put("period", open);
    body.put("names", List.of(dated));
    body.put("division", "610113");
    body.put("licences", List.of());
    body.put("stalls", List.of());
    return body;
  }

  @Test
  void aCatalogueIsPublishedToldAndEnforcedFromItsDay() {
    String stall = stall("91610100MA6W008029", "福来果蔬");
    String firm = server.firm(stall);
    LocalDate from = TODAY.plusDays(40);
    Map<String, Object> fruit = product("fruit", "KEY", 4, from);
    Answer tooSoon =
        server.put(
            "/api/v1/catalogue/national",
            server.operator,
            version(1, product("fruit", "KEY", 4, TODAY.plusDays(29))));
    assertThat(tooSoon.status()).isEqualTo(422);
    assertThat(tooSoon.body()).contains("notice-too-short", "/products/0/mandatoryFrom");
    server.put("/api/v1/catalogue/national", server.operator, version(1, fruit)).ok();
    server.put("/api/v1/catalogue/national", server.operator, version(1, fruit)).ok();
    assertThat(
            server
                .put(
                    "/api/v1/catalogue/national",
                    server.operator,
                    version(1, product("fruit", "KEY", 5, from)))
                .status())
        .isEqualTo(409);
    assertThat(server.put("/api/v1/catalogue/national", firm, version(2, fruit)).status())
        .isEqualTo(403);

    Answer loose =
        server.put(
            "/api/v1/catalogue/6101",
            server.operator,
            version(1, product("fruit", "KEY", 4, from.plusDays(1))));
    assertThat(loose.status()).isEqualTo(422);
    assertThat(loose.body()).contains("date-loosened");
    server
        .put(
            "/api/v1/catalogue/6101",
            server.operator,
            version(1, product("fruit", "KEY", 5, from.minusDays(5))))
        .ok();

    JsonNode notice =
        server.get("/api/v1/catalogue/notices", firm).ok().json().path("notices").get(0);
    assertThat(notice.path("product").asString()).isEqualTo("fruit");
    assertThat(notice.path("mandatoryFrom").asString()).isEqualTo(from.minusDays(5).toString());
    assertThat(notice.path("inForce").booleanValue()).isFalse();
    assertThat(notice.path("links").toString()).contains("retail_entry").doesNotContain("harvest");
    assertThat(
            server
                .get("/api/v1/links/farm-products/retail_entry?product=fruit", firm)
                .json()
                .path("mandatoryFrom")
                .asString())
        .isEqualTo(from.minusDays(5).toString());

    String city =
        server.key(
            "urn:yuanliu:uscc:91610100MA6W00803C",
            ViewerKind.REGULATOR,
            "6101",
            EnumSet.of(Permission.QUERY));
    String affected = "/affected?industry=farm-products&product=fruit";
    assertThat(server.get("/api/v1/catalogue/6101" + affected, city).ok().body()).contains("福来果蔬");
    assertThat(server.get("/api/v1/catalogue/3101" + affected, city).status()).isEqualTo(404);
    assertThat(server.get("/api/v1/catalogue/6101" + affected, firm).status()).isEqualTo(403);
    assertThat(server.get("/api/v1/catalogue/x", city).status()).isEqualTo(404);

    String page = server.get("/catalogue", "").ok().body();
    String written = DateTimeFormatter.ofPattern("自 yyyy年M月d日起必须追溯").format(from);
    assertThat(page).contains("国家目录", "水果", "4 × ", written).doesNotContain("??");
    assertThat(server.get("/catalogue?lang=en", "").body())
        .contains("National catalogue", "Fruit")
        .doesNotContain("??");
  }

  private static Map<String, Object> version(int number, Map<String, Object> product) {
    return Map.of(
        "version", number, "effectiveFrom", TODAY.toString(), "products", List.of(product));
  }

  private static Map<String, Object> product(
      String product, String list, int importance, LocalDate from) {
    return Map.of(
        "industry",
        "farm-products",
        "product",
        product,
        "list",
        list,
        "importance",
        importance,
        "probability",
        3,
        "severity",
        3,
        "reason",
        "农药残留",
        "mandatoryFrom",
        from.toString());
  }
}
