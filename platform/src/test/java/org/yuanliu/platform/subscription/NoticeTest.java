package org.yuanliu.platform.subscription;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yuanliu.platform.problem.Problem;
import tools.jackson.databind.JsonNode;

/** A receiver learns that its query went, or cannot be answered: once, and it loses nothing. */
class NoticeTest extends SubscriptionServer {
  private static final Duration SOON = Duration.ofSeconds(30);

  private JsonNode notice(Receiver.Taken taken) {
    assertThat(taken.header("Content-Type")).startsWith("application/problem+json");
    assertThat(UUID.fromString(taken.header("Yuanliu-Delivery"))).isNotNull();
    return taken.json();
  }

  private int rows(String party) {
    return jdbc.sql("select count(*) from query_subscription where owner = :party")
        .param("party", party)
        .query(Integer.class)
        .single();
  }

  @Test
  void aQueryThatIsDeletedSaysFarewell() {
    String party = someParty();
    String key = key(party);
    String address = stream(key, ",\"signatureToken\":\"secret\"");
    List<String> sent = send(key, 1);
    receiver.awaitEvents(1);
    assertThat(delete("/epcis/queries/all", key).statusCode()).isEqualTo(204);
    refused(get(address, key), 404, "NoSuchNameException");
    Receiver.await(SOON, () -> rows(party) == 0);
    assertThat(receiver.ids()).isEqualTo(sent);
    Receiver.Taken last = receiver.taken.getLast();
    JsonNode notice = notice(last);
    assertThat(notice.get("type").stringValue()).isEqualTo("epcisException:NoSuchNameException");
    assertThat(notice.get("status").intValue()).isEqualTo(404);
    assertThat(notice.get("queryName").stringValue()).isEqualTo("all");
    assertThat(notice.get("subscriptionID").stringValue())
        .isEqualTo(address.substring(address.lastIndexOf('/') + 1));
    assertThat(last.header("GS1-Signature"))
        .isEqualTo(WebhookClient.signature("secret", last.body()));
    assertThat(receiver.taken).hasSize(2);
  }

  @Test
  void aQueryMadeAnewUnderTheNameHasNoneOfTheOldSubscriptions() {
    String party = someParty();
    String key = key(party);
    receiver.behaviour = delivery -> Receiver.Answer.of(500);
    String address = stream(key, "");
    assertThat(delete("/epcis/queries/all", key).statusCode()).isEqualTo(204);
    query(key, "all", "{}");
    send(key, 1);
    // Tried so often as a farewell is, and never with an event.
    Receiver.await(SOON, () -> rows(party) == 0);
    refused(get(address, key), 404, "NoSuchNameException");
    assertThat(receiver.taken)
        .hasSizeLessThanOrEqualTo(Deliveries.MAX_FAREWELLS)
        .allSatisfy(
            taken ->
                assertThat(notice(taken).get("type").stringValue())
                    .endsWith("NoSuchNameException"));
  }

  @Test
  void aReceiverIsToldOnceWhyNothingComesAndIsCaughtUp() {
    String party = someParty();
    String key = key(party);
    stream(key, "");
    List<String> sent = new java.util.ArrayList<>(send(key, 1));
    receiver.awaitEvents(1);
    // As a rule of a later version would find a query of an earlier one.
    jdbc.sql("update query_subscription set definition = :broken where owner = :party")
        .param("broken", "{\"EQ_nobody\": [\"x\"]}")
        .param("party", party)
        .update();
    sent.addAll(send(key, 2));
    Receiver.await(SOON, () -> failures(party) >= 3);
    assertThat(receiver.taken).hasSize(2);
    JsonNode notice = notice(receiver.taken.getLast());
    assertThat(notice.get("type").stringValue())
        .isEqualTo("epcisException:QueryParameterException");
    assertThat(notice.get("detail").stringValue()).contains("EQ_nobody");
    jdbc.sql("update query_subscription set definition = null where owner = :party")
        .param("party", party)
        .update();
    Receiver.await(SOON, () -> receiver.taken.size() == 3);
    assertThat(receiver.taken.getLast().ids()).isEqualTo(sent.subList(1, 3));
    // It was answered meanwhile: the next time it is told again.
    jdbc.sql("update query_subscription set definition = :broken where owner = :party")
        .param("broken", "{\"EQ_nobody\": [\"x\"]}")
        .param("party", party)
        .update();
    send(key, 1);
    Receiver.await(SOON, () -> receiver.taken.size() == 4);
    notice(receiver.taken.getLast());
  }

  @ParameterizedTest
  @CsvSource({"XML_2_0, 2, 2.0", "XML_1_2, 1, 1.2"})
  void inXmlItIsTheExceptionOfTheCallback(String syntax, String major, String version) {
    String party = someParty();
    String key = key(party);
    stream(key, "");
    jdbc.sql(
            """
            update query_subscription set definition = '{"EQ_<&>": ["x"]}', syntax = :syntax
            where owner = :party
            """)
        .param("syntax", syntax)
        .param("party", party)
        .update();
    send(key, 1);
    Receiver.await(SOON, () -> !receiver.taken.isEmpty());
    Receiver.Taken taken = receiver.taken.getFirst();
    assertThat(taken.header("Content-Type")).startsWith("text/xml");
    assertThat(new String(taken.body(), UTF_8))
        .contains(
            "<epcisq:EPCISQueryDocument xmlns:epcisq=\"urn:epcglobal:epcis-query:xsd:" + major)
        .contains("schemaVersion=\"" + version + '"')
        .containsSubsequence(
            "<EPCISBody><epcisq:ImplementationException><reason>",
            "&lt;&amp;",
            "</reason><severity>ERROR</severity><queryName>all</queryName><subscriptionID>",
            "</subscriptionID></epcisq:ImplementationException></EPCISBody>");
  }

  @Test
  void tooMuchIsCalledByItsName() {
    Notice notice =
        Notice.of(Problem.of("epcisException:QueryTooLargeException", 413, "过大", "too large"));
    assertThat(
            new String(
                notice.body("q", "s", org.yuanliu.epcis.Syntax.XML_2_0, java.time.Instant.EPOCH),
                UTF_8))
        .contains(
            "<epcisq:QueryTooLargeException><reason>epcisException:QueryTooLargeException 过大 too"
                + " large</reason><queryName>q</queryName><subscriptionID>s</subscriptionID>");
    assertThat(Notice.of(Problem.of("event-time-without-zone", 400, "无", "none")).exception())
        .isEqualTo("ImplementationException");
  }

  private int failures(String party) {
    return jdbc.sql("select failures from query_subscription where owner = :party")
        .param("party", party)
        .query(Integer.class)
        .single();
  }
}
