package org.yuanliu.platform.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.yuanliu.platform.capture.TestEvents.document;
import static org.yuanliu.platform.capture.TestEvents.event;
import static org.yuanliu.platform.capture.TestEvents.id;
import static org.yuanliu.platform.capture.TestEvents.single;
import static org.yuanliu.platform.capture.TestEvents.some;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yuanliu.platform.access.Permission;
import org.yuanliu.platform.access.ViewerKind;
import org.yuanliu.platform.journal.Standing;
import tools.jackson.databind.JsonNode;

/** Finding events, page by page, as far as one may see them. */
class QueryTest extends CaptureServer {
  private static final Pattern NEXT = Pattern.compile("<([^>]+)>; rel=\"next\"");

  /** Units are found through the unit view, whose tables are another capability's. */
  private void needUnitView() {
    boolean there =
        jdbc.sql("select to_regclass('unit_event') is not null").query(Boolean.class).single();
    assumeThat(there).as("the unit view is not there").isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "urn:epc:id:sgtin:0614141.107346.77",
        "https://id.gs1.org/01/10614141073464/21/77",
        "https://example.org/some/path/01/10614141073464/21/77?x=1",
        "(01)10614141073464(21)77",
        "urn:epc:id:sgtin:0614141.107346.999|urn:epc:id:sgtin:0614141.107346.77"
      })
  void findsAUnitInAnyWrittenForm(String form) {
    needUnitView();
    String key = key(someParty());
    String id = id();
    capture(
        key,
        document(
            event(id, "2026-01-31T08:00:00+08:00", "urn:epc:id:sgtin:0614141.107346.77", ""),
            some()));

    assertThat(ids(get("/epcis/events?MATCH_anyEPC=" + encoded(form), key))).containsExactly(id);
    if (!form.contains("|")) {
      assertThat(ids(get("/epcis/epcs/" + encoded(form) + "/events", key))).containsExactly(id);
    }
  }

  @Test
  void findsLotsOfOurOwnCodesToo() {
    needUnitView();
    String key = key(someParty());
    String id = id();
    String lot = "61010200100010000045";
    HttpResponse<String> sent =
        post(
            "/epcis/events",
            key,
            single(
                event(
                    id,
                    ", \"quantityList\": [{\"epcClass\": \"urn:yuanliu:trace:"
                        + lot
                        + "\", \"quantity\": 2.50, \"uom\": \"KGM\"}]")));
    assertThat(sent.statusCode()).as(sent.body()).isEqualTo(201);
    HttpResponse<String> answer = get("/epcis/events?MATCH_anyEPCClass=" + lot, key);
    assertThat(ids(answer)).containsExactly(id);
    assertThat(answer.body()).contains("2.50");
    assertThat(ids(get("/epcis/epcs/" + lot + "/events", key))).containsExactly(id);
  }

  @Test
  void filtersAreAndedAndTheirValuesOred() {
    String key = key(someParty());
    String place = "https://id.gs1.org/414/9521321000018";
    String a = id();
    String b = id();
    String c = id();
    JsonNode job =
        capture(
            key,
            document(
                event(a, "2026-01-01T08:00:00+08:00", "urn:x:1", ""),
                event(
                    b,
                    "2026-01-02T08:00:00+08:00",
                    "urn:x:1",
                    ", \"bizLocation\": {\"id\": \"" + place + "\"}"),
                event(c, "2026-01-03T08:00:00+08:00", "urn:x:1", "")
                    .replace("shipping", "yl:BizStep-selling")));
    assertThat(job.get("success").booleanValue()).as(job.toString()).isTrue();

    assertThat(query(key, "EQ_bizStep=shipping")).containsExactly(a, b);
    assertThat(query(key, "EQ_bizStep=https://ref.gs1.org/cbv/BizStep-shipping"))
        .containsExactly(a, b);
    assertThat(query(key, "EQ_bizStep=urn:epcglobal:cbv:bizstep:shipping")).containsExactly(a, b);
    assertThat(query(key, "EQ_bizStep=yl:BizStep-selling")).containsExactly(c);
    assertThat(query(key, "EQ_bizStep=shipping" + encoded("|") + "yl:BizStep-selling"))
        .containsExactly(a, b, c);
    assertThat(query(key, "EQ_bizStep=receiving")).isEmpty();
    assertThat(query(key, "EQ_bizLocation=urn:epc:id:sgln:9521321.00001.0")).containsExactly(b);
    assertThat(query(key, "EQ_bizLocation=" + encoded(place))).containsExactly(b);
    assertThat(query(key, "EQ_eventID=" + a + encoded("|") + c)).containsExactly(a, c);
    assertThat(query(key, "GE_eventTime=2026-01-02T00:00:00Z")).containsExactly(b, c);
    assertThat(
            query(
                key, "GE_eventTime=2026-01-02T08:00:00%2B08:00&LT_eventTime=2026-01-03T00:00:00Z"))
        .containsExactly(b);
    assertThat(query(key, "eventType=ObjectEvent&EQ_bizStep=shipping")).containsExactly(a, b);
    assertThat(query(key, "eventType=TransformationEvent")).isEmpty();
    assertThat(query(key, "orderBy=recordTime")).containsExactly(c, b, a);
    assertThat(query(key, "orderBy=recordTime&orderDirection=ASC")).containsExactly(a, b, c);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "EQ_unknown=1",
        "EQ_action=ADDED",
        "EQ_field=1",
        "GE_x:field=wide",
        "EXISTS_x:field=maybe",
        "EQ_value_celsius=1",
        "GE_quantity=many",
        "GE_quantity=1%7C2",
        "perPage=0",
        "perPage=-1",
        "perPage=many",
        "perPage=1&perPage=2",
        "EQ_bizStep=",
        "EQ_bizStep=sauntering",
        "EQ_bizStep=shipping%7C",
        "eventType=RumourEvent",
        "GE_eventTime=yesterday",
        "GE_eventTime=2026-01-01T00:00:00",
        "MATCH_anyEPC=12",
        "MATCH_anyEPC=urn:epc:idpat:sgtin:0614141.*.107346",
        "MATCH_anyEPC=urn:epc:idpat:sgtin:06141x1.*.*",
        "nextPageToken=none",
        "nextPageToken=MX5h",
        "orderBy=bizStep",
        "eventCountLimit=3",
        "orderBy=eventTime&eventCountLimit=3&maxEventCount=3",
        "orderBy=eventTime&eventCountLimit=0",
        "orderBy=recordTime&orderDirection=UP",
        "orderDirection=ASC"
      })
  void refusesAQuestionThatItDoesNotUnderstand(String query) {
    HttpResponse<String> answer = get("/epcis/events?" + query, key(someParty()));
    RefusalsTest.refused(answer, 400, "epcisException:QueryParameterException");
  }

  @Test
  void pagesNeitherLoseNorRepeatWhileOthersWrite() throws InterruptedException {
    String party = someParty();
    String key = key(party);
    List<String> all = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      List<String> ids = IntStream.range(0, MAX_EVENTS).mapToObj(n -> id()).toList();
      capture(key, document(ids.stream().map(id -> event(id, "")).toArray(String[]::new)));
      all.addAll(ids);
    }
    AtomicBoolean done = new AtomicBoolean();
    List<Thread> writers =
        IntStream.range(0, 3)
            .mapToObj(
                n ->
                    Thread.ofVirtual()
                        .start(
                            () -> {
                              String other = n == 0 ? key : key(someParty());
                              while (!done.get()) {
                                post("/epcis/capture", other, document(some(), some()));
                              }
                            }))
            .toList();
    try {
      for (String order : List.of("", "&orderBy=recordTime")) {
        List<String> seen = new ArrayList<>();
        Optional<String> next = Optional.of("/epcis/events?perPage=7" + order);
        while (next.isPresent()) {
          HttpResponse<String> page = get(next.get(), key);
          List<String> ids = ids(page);
          assertThat(ids).hasSizeLessThanOrEqualTo(7);
          seen.addAll(ids);
          next = next(page);
          if (next.isPresent()) {
            assertThat(page.headers().firstValue("GS1-Next-Page-Token-Expires")).isPresent();
            assertThat(ids).hasSize(7);
          }
        }
        assertThat(new HashSet<>(seen)).hasSameSizeAs(seen);
        assertThat(seen).containsAll(all);
        List<String> ours = seen.stream().filter(all::contains).toList();
        assertThat(ours).isEqualTo(order.isEmpty() ? all : all.reversed());
      }
    } finally {
      done.set(true);
      for (Thread writer : writers) {
        writer.join();
      }
    }
  }

  /** All pages look at the journal as long as it was when the first one was asked for. */
  @Test
  void whatIsStoredAfterTheFirstPageIsOnNoneOfItsPages() {
    String key = key(someParty());
    List<String> stored = new ArrayList<>(captureAtTimes(key));
    for (String order :
        List.of(
            "",
            "&orderBy=recordTime&orderDirection=ASC",
            "&orderBy=eventTime&orderDirection=ASC",
            "&orderBy=eventTime&orderDirection=DESC")) {
      HttpResponse<String> page = get("/epcis/events?perPage=5" + order, key);
      List<String> later = captureAtTimes(key);
      List<String> seen = new ArrayList<>(ids(page));
      Optional<String> next = next(page);
      assertThat(next).as(order).isPresent();
      while (next.isPresent()) {
        page = get(next.get(), key);
        seen.addAll(ids(page));
        next = next(page);
      }
      assertThat(seen).as(order).containsExactlyInAnyOrderElementsOf(stored);
      stored.addAll(later);
    }
  }

  /** Twelve events, one an hour, so that later ones come between earlier ones. */
  private List<String> captureAtTimes(String key) {
    List<String> ids = IntStream.range(0, 12).mapToObj(n -> id()).toList();
    capture(
        key,
        document(
            IntStream.range(0, ids.size())
                .mapToObj(
                    n ->
                        event(
                            ids.get(n),
                            "2026-01-31T%02d:00:00+08:00".formatted(n),
                            "urn:epc:id:sgtin:0614141.107346.2017",
                            ""))
                .toArray(String[]::new)));
    return ids;
  }

  @Test
  void aPageIsNoLargerThanTheMaximumAndItsTokenIsForItsQuestion() {
    String key = key(someParty());
    capture(key, document(IntStream.range(0, 30).mapToObj(i -> some()).toArray(String[]::new)));
    HttpResponse<String> page = get("/epcis/events?perPage=1000", key);
    assertThat(ids(page)).hasSize(MAX_PAGE);
    assertThat(ids(get("/epcis/events", key))).hasSize(10);
    String next = next(page).orElseThrow();
    HttpResponse<String> last = get(next, key);
    assertThat(ids(last)).hasSize(10);
    assertThat(next(last)).isEmpty();

    HttpResponse<String> other = get(next + "&EQ_bizStep=shipping", key);
    RefusalsTest.refused(other, 400, "epcisException:QueryParameterException");
    // The token opens nothing for another viewer.
    assertThat(ids(get(next, key(someParty())))).isEmpty();
  }

  @Test
  void whatOneMayNotSeeIsNotThere() {
    needUnitView();
    String seller = someParty();
    String buyer = someParty();
    String sellerKey = key(seller);
    String buyerKey = key(buyer);
    String strangerKey = key(someParty());
    String shown = id();
    String hidden = id();
    String epc = "urn:x:" + id();
    capture(
        sellerKey,
        document(
            event(
                shown,
                "2026-01-01T08:00:00+08:00",
                epc,
                ", \"destinationList\": [{\"type\": \"owning_party\", \"destination\": \""
                    + buyer
                    + "\"}]"),
            event(hidden, "2026-01-01T09:00:00+08:00", epc, "")));

    assertThat(query(sellerKey, "MATCH_anyEPC=" + epc)).containsExactly(shown, hidden);
    assertThat(query(buyerKey, "MATCH_anyEPC=" + epc)).containsExactly(shown);
    assertThat(query(strangerKey, "MATCH_anyEPC=" + epc)).isEmpty();
    assertThat(get("/epcis/events/" + encoded(hidden), sellerKey).statusCode()).isEqualTo(200);
    assertThat(get("/epcis/events/" + encoded(shown), buyerKey).statusCode()).isEqualTo(200);

    // Hidden and absent look alike, byte for byte.
    HttpResponse<String> secret = get("/epcis/events/" + encoded(hidden), buyerKey);
    HttpResponse<String> absent = get("/epcis/events/" + encoded(id()), buyerKey);
    RefusalsTest.refused(secret, 404, "epcisException:NoSuchNameException");
    assertThat(secret.body()).isEqualTo(absent.body());
    HttpResponse<String> secretUnit = get("/epcis/epcs/" + encoded(epc) + "/events", strangerKey);
    HttpResponse<String> absentUnit =
        get("/epcis/epcs/" + encoded(epc + "x") + "/events", strangerKey);
    assertThat(secretUnit.statusCode()).isEqualTo(404);
    assertThat(secretUnit.body()).isEqualTo(absentUnit.body());
    // Not even by the length of pages: one event each, and no page behind.
    HttpResponse<String> page = get("/epcis/events?perPage=1&MATCH_anyEPC=" + epc, buyerKey);
    assertThat(next(page)).isEmpty();

    String operator =
        key(someParty(), ViewerKind.OPERATOR, EnumSet.of(Permission.QUERY), Standing.DECLARED);
    assertThat(query(operator, "MATCH_anyEPC=" + epc)).containsExactly(shown, hidden);
    // A filter that fits nothing is an empty list, not an absent unit.
    HttpResponse<String> filtered =
        get("/epcis/epcs/" + encoded(epc) + "/events?EQ_bizStep=receiving", buyerKey);
    assertThat(ids(filtered)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ni:///sha-256;df7bb3c352fef055578554f09f5e2aa41782150ced7bd0b8af24dd3ccb30ba69?ver=CBV2.0",
        "https://example.com/a/../b/%2F/events/1?x=1&y=%25#f",
        "urn:uuid:831c0292-4de1-430a-8255-2aca821abaab",
        "http://example.com//double//events",
        "urn:x:事件",
        "urn:x:a%7Cb;c=1,d+e"
      })
  void anIdMayHoldAnything(String id) {
    String key = key(someParty());
    String sent = single(event(id, ""));
    HttpResponse<String> stored = post("/epcis/events", key, sent);
    assertThat(stored.statusCode()).as(stored.body()).isEqualTo(201);

    HttpResponse<String> answer = get(stored.headers().firstValue("Location").orElseThrow(), key);

    assertThat(ids(answer)).containsExactly(id);
    assertThat(ids(get("/epcis/events?EQ_eventID=" + encoded(id), key))).containsExactly(id);
  }

  private List<String> query(String key, String query) {
    return ids(get("/epcis/events?" + query, key));
  }

  /** A "=" needs no encoding there, and came back as an error of the server. */
  @Test
  void theNextPageKeepsTheQuestionAsItWasSent() {
    String key = key(someParty());
    capture(
        key,
        document(
            event(id(), "2026-01-31T08:00:00+08:00", "urn:epc:id:sgtin:0614141.107346.77", ""),
            event(id(), "2026-01-31T09:00:00+08:00", "urn:epc:id:sgtin:0614141.107346.77", "")));
    HttpResponse<String> first = get("/epcis/events?perPage=1&orderBy=EQ_ex:=F", key);
    assertThat(first.statusCode()).isLessThan(500);
    HttpResponse<String> page =
        get("/epcis/events?perPage=1&GE_eventTime=2026-01-31T00:00:00%2B00:00", key);
    String next = next(page).orElseThrow();
    assertThat(next).contains("GE_eventTime=2026-01-31T00:00:00%2B00:00&").contains("perPage=1");
    assertThat(ids(get(next.substring(next.indexOf("/epcis/")), key)))
        .hasSize(1)
        .isNotEqualTo(ids(page));
  }

  private static List<String> ids(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return events(json(answer)).stream().map(e -> e.get("eventID").stringValue()).toList();
  }

  private static Optional<String> next(HttpResponse<String> answer) {
    return answer
        .headers()
        .firstValue("Link")
        .map(
            link -> {
              Matcher matcher = NEXT.matcher(link);
              assertThat(matcher.matches()).isTrue();
              return matcher.group(1);
            });
  }
}
