package org.yuanliu.platform.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.yuanliu.platform.access.Permission;
import org.yuanliu.platform.access.TestServer;
import org.yuanliu.platform.access.TestServer.Answer;
import org.yuanliu.platform.access.TestServer.Client;
import org.yuanliu.platform.access.ViewerKind;
import org.yuanliu.platform.journal.Standing;

/**
 * Each party states for itself what a document says. Whoever states one that another stated before
 * cannot tell; of several statements the one that counts is known.
 */
class DocumentStatementsTest {
  private static final String TYPE = "https://yuanliu.org/ns/BTT-animal_quarantine_certificate";

  private static TestServer server;
  private static Registry registry;

  @BeforeAll
  static void start() {
    server = TestServer.start();
    registry = server.bean(Registry.class);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Client firm(String party) {
    return server.client(
        "firm-" + UUID.randomUUID().toString().substring(0, 8),
        party,
        ViewerKind.ENTERPRISE,
        Permission.QUERY,
        Permission.REGISTER);
  }

  private static TraceDocument document(String number, int quantity, String issuer) {
    return document(number, quantity, issuer, null);
  }

  private static TraceDocument document(
      String number, int quantity, String issuer, String verifiedBy) {
    return new TraceDocument(
        "urn:yuanliu:document:animal_quarantine_certificate:" + number,
        TYPE,
        number,
        issuer,
        null,
        new BigDecimal(quantity),
        "H87",
        new Period(LocalDate.of(2026, 11, 19), LocalDate.of(2026, 11, 23)),
        null,
        verifiedBy);
  }

  private static int quantity(String number) {
    String id = document(number, 0, null).id();
    return registry.documents(List.of(id)).get(id).quantity().intValueExact();
  }

  private static Answer stated(Client client, String number) {
    return client.get("/api/v1/documents?id=" + document(number, 0, null).id());
  }

  @Test
  void whoStatesItCannotTellWhetherAnotherHas() {
    Client owner = firm("urn:yuanliu:uscc:91610100MA6TXXXX11");
    Client stranger = firm("urn:yuanliu:uscc:91610100MA6TXXXX22");
    assertThat(owner.post("/api/v1/documents", document("6100001", 100, "所")).status())
        .isEqualTo(201);

    assertThat(stated(stranger, "6100001").status()).isEqualTo(404);
    assertThat(stated(stranger, "6100001").body()).isEqualTo(stated(stranger, "6100002").body());
    Answer taken = stranger.post("/api/v1/documents", document("6100001", 7, "所"));
    Answer free = stranger.post("/api/v1/documents", document("6100002", 7, "所"));
    assertThat(taken.status()).isEqualTo(201);
    assertThat(taken.body().replace("6100001", "N")).isEqualTo(free.body().replace("6100002", "N"));
    assertThat(taken.stableHeaders().keySet()).isEqualTo(free.stableHeaders().keySet());
    Answer again = stranger.post("/api/v1/documents", document("6100001", 7, "所"));
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.json().path("created").asBoolean()).isFalse();

    // Each sees and amends his own; the first statement is the one that counts.
    assertThat(stated(stranger, "6100001").json().path("quantity").asInt()).isEqualTo(7);
    assertThat(stated(owner, "6100001").json().path("quantity").asInt()).isEqualTo(100);
    assertThat(stranger.post("/api/v1/documents", document("6100001", 8, "所")).status())
        .isEqualTo(201);
    assertThat(stated(owner, "6100001").json().path("quantity").asInt()).isEqualTo(100);
    assertThat(quantity("6100001")).isEqualTo(100);
    assertThat(owner.post("/api/v1/documents", document("6100001", 90, "所")).status())
        .isEqualTo(201);
    assertThat(quantity("6100001")).isEqualTo(90);
    assertThat(stated(stranger, "6100001").json().path("quantity").asInt()).isEqualTo(8);
  }

  @Test
  void theIssuersWordCountsMoreThanThePartysAndTheAuthoritysMost() {
    String issuer = "urn:yuanliu:uscc:91610100MA6TXXXX33";
    Client holder = firm("urn:yuanliu:uscc:91610100MA6TXXXX44");
    assertThat(holder.post("/api/v1/documents", document("6100003", 500, issuer)).status())
        .isEqualTo(201);
    assertThat(quantity("6100003")).isEqualTo(500);
    assertThat(firm(issuer).post("/api/v1/documents", document("6100003", 50, issuer)).status())
        .isEqualTo(201);
    assertThat(quantity("6100003")).isEqualTo(50);

    // Only an authority verifies.
    String authority = "urn:yuanliu:uscc:11610100016000000X";
    TraceDocument verified = document("6100003", 51, issuer, authority);
    assertThat(holder.post("/api/v1/documents", verified).status()).isEqualTo(403);
    Client office =
        server.client(
            "office",
            authority,
            "61",
            Standing.AUTHORITY,
            Set.of(Permission.QUERY, Permission.REGISTER).toArray(Permission[]::new));
    assertThat(office.post("/api/v1/documents", verified).status()).isEqualTo(201);
    assertThat(quantity("6100003")).isEqualTo(51);
    assertThat(stated(holder, "6100003").json().path("quantity").asInt()).isEqualTo(500);
  }
}
