package org.yuanliu.platform.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.yuanliu.codes.UnitKey;
import org.yuanliu.platform.access.Accounts;
import org.yuanliu.platform.access.PartyCodes;
import org.yuanliu.platform.access.Permission;
import org.yuanliu.platform.access.TestServer;
import org.yuanliu.platform.access.TestServer.Answer;
import org.yuanliu.platform.access.TestServer.Client;
import org.yuanliu.platform.access.ViewerKind;
import org.yuanliu.platform.journal.JournalUnavailableException;
import org.yuanliu.platform.journal.Standing;
import org.yuanliu.platform.registry.Party.PartyKind;
import org.yuanliu.platform.registry.Party.Stall;
import org.yuanliu.platform.registry.RegistryCommand.GrantMandate;
import org.yuanliu.platform.registry.RegistryCommand.MergeParties;
import org.yuanliu.platform.registry.RegistryCommand.RevokeMandate;
import org.yuanliu.platform.registry.RegistryCommand.UndoMerge;

/** Mandates, what one may see, batches, equivalent codes, and the view made again. */
class RegistryHttpTest extends RegistryServer {
  @Test
  void mandatesHoldForTheirStepsAndDaysUntilTheyAreRevoked() {
    String principal = market("610113001");
    String reporter = market("610113002");
    Period period = new Period(LocalDate.of(2026, 11, 20), LocalDate.of(2026, 11, 30));
    String id =
        submit(new GrantMandate(reporter, principal, Set.of(SLAUGHTERING), period, "纸质授权书")).id();
    Instant within = Instant.parse("2026-11-21T02:00:00Z");
    assertThat(registry.mandated(reporter, principal, SLAUGHTERING, within)).isTrue();
    assertThat(registry.mandated(reporter, principal, SELLING, within)).isFalse();
    assertThat(registry.mandated(reporter, principal, null, within)).isFalse();
    assertThat(registry.mandated(principal, reporter, SLAUGHTERING, within)).isFalse();
    assertThat(registry.mandated(principal, principal, SELLING, within)).isTrue();
    // Legal days of Shanghai: the 20th begins at 16:00 UTC of the 19th.
    assertThat(at(reporter, principal, "2026-11-19T15:59:59Z")).isFalse();
    assertThat(at(reporter, principal, "2026-11-19T16:00:00Z")).isTrue();
    assertThat(at(reporter, principal, "2026-11-30T15:59:59Z")).isTrue();
    assertThat(at(reporter, principal, "2026-11-30T16:00:00Z")).isFalse();

    Instant from = Instant.parse("2026-11-25T00:00:00Z");
    Answer past = operator.delete("/api/v1/mandates/" + id + "?from=2026-11-20T00:00:00Z");
    assertThat(past.status()).isEqualTo(400);
    assertThat(operator.delete("/api/v1/mandates/" + id + "?from=" + from).status()).isEqualTo(200);
    assertThat(at(reporter, principal, "2026-11-24T23:59:59.999Z")).isTrue();
    assertThat(at(reporter, principal, "2026-11-25T00:00:00Z")).isFalse();
    // Later does not give back, earlier takes more.
    submit(new RevokeMandate(id, Instant.parse("2026-11-28T00:00:00Z"), "晚"));
    assertThat(at(reporter, principal, "2026-11-26T00:00:00Z")).isFalse();
    submit(new RevokeMandate(id, null, "现在"));
    assertThat(registry.mandated(reporter, principal, SLAUGHTERING, server.clock().instant()))
        .isFalse();
    assertThat(operator.get("/api/v1/mandates/" + id).json().path("revokedFrom").asString())
        .isEqualTo(server.clock().instant().toString());
  }

  private static boolean at(String reporter, String principal, String instant) {
    return registry.mandated(reporter, principal, SLAUGHTERING, Instant.parse(instant));
  }

  @Test
  void aMandateNeedsTheWordOfBothAndStrangersSeeNone() {
    String principal = market("610114001");
    String reporter = market("610114002");
    Client theReporter = marketClient("610114002");
    Client stranger = marketClient("610114003");
    Client thePrincipal = marketClient("610114001");
    GrantMandate mandate = new GrantMandate(reporter, principal, Set.of(), OPEN, "自己写的");
    Instant now = server.clock().instant();
    // Forged: in the name of two others.
    assertThat(stranger.post("/api/v1/mandates", mandate).status()).isEqualTo(403);

    // One side alone covers nothing, and can't speak for the other.
    Answer proposed = theReporter.post("/api/v1/mandates", mandate);
    assertThat(proposed.status()).isEqualTo(201);
    String path = "/api/v1/mandates/" + proposed.json().path("id").asString();
    assertThat(thePrincipal.get(path).json().path("waitsFor").asString()).isEqualTo("PRINCIPAL");
    assertThat(registry.mandated(reporter, principal, SELLING, now)).isFalse();
    assertThat(theReporter.post(path + "/acceptance", "").status()).isEqualTo(403);
    assertThat(stranger.post(path + "/acceptance", "").status()).isEqualTo(404);
    assertThat(registry.mandated(reporter, principal, SELLING, now)).isFalse();
    assertThat(thePrincipal.post(path + "/acceptance", "").status()).isEqualTo(200);
    assertThat(registry.mandated(reporter, principal, SELLING, now)).isTrue();
    assertThat(theReporter.get(path).json().path("waitsFor").isNull()).isTrue();
    assertThat(thePrincipal.post(path + "/acceptance", "").json().path("created").asBoolean())
        .isFalse();

    // The other way round, and declined: what was declined can't be accepted any more.
    Answer offered =
        thePrincipal.post(
            "/api/v1/mandates", new GrantMandate(reporter, principal, Set.of(), OPEN, null));
    String declined = "/api/v1/mandates/" + offered.json().path("id").asString();
    assertThat(theReporter.get(declined).json().path("waitsFor").asString()).isEqualTo("REPORTER");
    assertThat(thePrincipal.post(declined + "/acceptance", "").status()).isEqualTo(403);
    assertThat(theReporter.delete(declined).status()).isEqualTo(200);
    assertThat(theReporter.post(declined + "/acceptance", "").problem())
        .isEqualTo("mandate-withdrawn");

    assertThat(theReporter.get("/api/v1/mandates").json().path("mandates")).hasSize(2);
    assertAbsent(stranger, path, "/api/v1/mandates/" + UUID.randomUUID());
    assertThat(stranger.delete(path).status()).isEqualTo(404);
    assertThat(stranger.get("/api/v1/mandates?party=" + principal).json().path("mandates"))
        .isEmpty();
    assertThat(
            operator
                .post(
                    "/api/v1/mandates",
                    new GrantMandate("urn:yuanliu:node:610114009", principal, Set.of(), OPEN, null))
                .status())
        .isEqualTo(400);
  }

  @Test
  void whatOneMayNotSeeIsLikeWhatIsNotThere() {
    Client owner = marketClient("610115001");
    Client stranger = marketClient("610115002");
    String holder =
        owner.post("/api/v1/parties", holder("赵六", "610115001", null)).json().path("id").asString();
    assertThat(owner.get("/api/v1/parties/" + holder).status()).isEqualTo(200);
    assertAbsent(stranger, "/api/v1/parties/" + holder, "/api/v1/parties/6101150010999");
    // Firms are in the public register, without what is not.
    Answer firm = stranger.get("/api/v1/parties/610115001");
    assertThat(firm.status()).isEqualTo(200);
    assertThat(firm.json().path("licences")).isEmpty();
  }

  @Test
  void aStallSeesTheMarketItStandsInAndNoOther() {
    for (String node : List.of("610113101", "610113102")) {
      String market = market(node);
      submit(
          new RegistryCommand.RegisterPlace(
              new Place("urn:yuanliu:node:" + node, "市场", null, "610113", null, market, "market")));
    }
    String byCode = submit(holder("孙七", "610113101", null)).id();
    submit(party(PartyKind.STALL_HOLDER, "周八", "6101131039001"));
    submit(
        amend(
            "urn:yuanliu:operator:6101131039001",
            List.of(new Stall("urn:yuanliu:node:610113101", "9", OPEN)),
            null));
    for (String stall : List.of(byCode, "urn:yuanliu:operator:6101131039001")) {
      Client client =
          server.client(
              "stall-" + stall.substring(stall.length() - 13),
              stall,
              ViewerKind.ENTERPRISE,
              Permission.QUERY);
      Answer seen = client.get("/api/v1/places?id=urn:yuanliu:node:610113101");
      assertThat(seen.status()).as(stall).isEqualTo(200);
      assertThat(seen.json().path("name").asString()).isEqualTo("市场");
      assertAbsent(
          client,
          "/api/v1/places?id=urn:yuanliu:node:610113102",
          "/api/v1/places?id=urn:yuanliu:node:610113109");
    }
  }

  @Test
  void keysOfAllCodesLeadToTheParty() {
    String creditCode = "91610100MA6U123487";
    submit(party(PartyKind.ENTERPRISE, "一码", creditCode, "6101130210001"));
    submit(party(PartyKind.STALL_HOLDER, "二码", "6101130210002"));
    String firm = "urn:yuanliu:uscc:" + creditCode;
    UUID firmKey = UnitKey.of(firm).value();
    UUID code = UnitKey.of("urn:yuanliu:operator:6101130210001").value();
    UUID other = UnitKey.of("urn:yuanliu:operator:6101130210002").value();
    List<UUID> asked = List.of(firmKey, code, other, UUID.randomUUID());
    assertThat(registry.partyKeys(asked)).isEqualTo(Map.of(code, firmKey));
    String merge = submit(new MergeParties(firm, "6101130210002", "同一人")).id();
    assertThat(registry.partyKeys(asked)).isEqualTo(Map.of(code, firmKey, other, firmKey));
    submit(new UndoMerge(UUID.fromString(merge), "误合并"));
    assertThat(registry.partyKeys(asked)).isEqualTo(Map.of(code, firmKey));
  }

  @Test
  void regulatorsRegisterInTheirDivisionsOnly() {
    Client regulator =
        server.client(
            "regulator-6101",
            "urn:yuanliu:uscc:11610100016000000X",
            "6101",
            Standing.AUTHORITY,
            Permission.QUERY,
            Permission.REGISTER);
    assertThat(
            regulator.post("/api/v1/parties", party(PartyKind.MARKET, "内", "610116001")).status())
        .isEqualTo(201);
    assertThat(
            regulator.post("/api/v1/parties", party(PartyKind.MARKET, "外", "310115001")).status())
        .isEqualTo(403);
    for (var party : regulator.get("/api/v1/parties?limit=500").json().path("parties")) {
      assertThat(party.path("division").asString()).startsWith("6101");
    }
  }

  @Test
  void aBatchIsAllOrNothingAndMayBuildOnItself() {
    var good =
        List.of(
            typed("register-party", party(PartyKind.MARKET, "批市场", "610117001")),
            typed("register-party", holder("批户", "610117001", null)),
            typed(
                "grant-mandate",
                new GrantMandate("610117001", "6101170010001", Set.of(SELLING), OPEN, "协议1号")),
            Map.of(
                "type",
                "register-place",
                "place",
                new Place(
                    "urn:yuanliu:node:610117001",
                    "批市场",
                    null,
                    "610117",
                    null,
                    "urn:yuanliu:node:610117001",
                    "wholesale_market")));
    Answer done = operator.post("/api/v1/registry/batch", good);
    assertThat(done.status()).as(done.body()).isEqualTo(200);
    assertThat(done.json()).hasSize(4);
    assertThat(
            registry.mandated(
                "urn:yuanliu:node:610117001",
                "urn:yuanliu:operator:6101170010001",
                SELLING,
                server.clock().instant()))
        .isTrue();
    assertThat(registry.place("urn:yuanliu:node:610117001").orElseThrow().nodeType())
        .isEqualTo("wholesale_market");

    var bad =
        List.of(
            typed("register-party", party(PartyKind.MARKET, "留不下", "610118001")),
            Map.of(
                "type",
                "register-place",
                "place",
                new Place("urn:x:y", "无区划", null, "999999", null, null, null)));
    Answer refused = operator.post("/api/v1/registry/batch", bad);
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().path("errors").get(0).path("pointer").asString())
        .isEqualTo("/1/place/division");
    assertThat(registry.party("urn:yuanliu:node:610118001")).isEmpty();
  }

  private static Map<String, Object> typed(String type, RegistryCommand command) {
    Map<String, Object> map =
        TestServer.JSON.convertValue(command, new tools.jackson.core.type.TypeReference<>() {});
    map.put("type", type);
    return map;
  }

  @Test
  void noReaderUsesWhatAChangeHasOvertaken() {
    String principal = market("610122001");
    String reporter = market("610122002");
    String id = submit(new GrantMandate(reporter, principal, Set.of(), OPEN, "x")).id();
    Instant now = server.clock().instant();
    assertThat(registry.mandated(reporter, principal, SELLING, now)).isTrue();
    // Between the view's change and the commit a reader still finds what stands, and keeps it not.
    server
        .journal()
        .beforeCommit(
            () -> assertThat(registry.mandated(reporter, principal, SELLING, now)).isTrue());
    submit(new RevokeMandate(id, null, "停"));
    server.journal().beforeCommit(() -> {});
    assertThat(registry.mandated(reporter, principal, SELLING, now)).isFalse();
  }

  @Test
  void aRollbackLeavesEverythingAsItWas() {
    server
        .journal()
        .beforeCommit(
            () -> {
              throw new IllegalStateException("disk full");
            });
    assertThatThrownBy(() -> submit(party(PartyKind.MARKET, "回滚", "610124001")))
        .isInstanceOf(JournalUnavailableException.class);
    server.journal().beforeCommit(() -> {});
    assertThat(registry.party("urn:yuanliu:node:610124001")).isEmpty();
    submit(party(PartyKind.MARKET, "回滚", "610124001"));
    assertThat(registry.party("urn:yuanliu:node:610124001")).isPresent();
  }

  @Test
  void equivalentCodesAreFoundBothWaysAndThroughOthers() {
    String lift = "urn:yuanliu:lift:310010000000000001";
    String old = "urn:yuanliu:lift:21603101012006010101";
    String plate = "urn:yuanliu:lift:A00001";
    submit(new RegistryCommand.DeclareEquivalence(lift, old, "换证"));
    submit(new RegistryCommand.DeclareEquivalence(old, plate, "使用登记"));
    UUID first = UnitKey.of(lift).value();
    UUID second = UnitKey.of(old).value();
    UUID third = UnitKey.of(plate).value();
    assertThat(registry.equivalents(List.of(first, UUID.randomUUID())))
        .isEqualTo(Map.of(first, Set.of(second, third)));
    assertThat(registry.codesOf(List.of(third))).containsExactly(plate);
    submit(new RegistryCommand.EndEquivalence(plate, old, "登记有误"));
    assertThat(registry.equivalents(List.of(third))).isEmpty();
    assertThat(registry.equivalents(List.of(second))).isEqualTo(Map.of(second, Set.of(first)));
    assertThat(
            marketClient("610102801")
                .post("/api/v1/equivalences", Map.of("unit", lift, "other", plate, "reason", "我说的"))
                .status())
        .isEqualTo(403);
  }

  @Test
  void rebuildsFromTheJournalToTheSameAnswers() throws Exception {
    market("610102701");
    RegistryView view = server.bean(RegistryView.class);
    String dump = dump();
    var source = server.bean(javax.sql.DataSource.class);
    try (var connection = source.getConnection()) {
      connection.setAutoCommit(false);
      view.clear(connection);
      connection.commit();
    }
    assertThat(registry.party("urn:yuanliu:node:610102701")).isEmpty();
    try (var connection = source.getConnection()) {
      connection.setAutoCommit(false);
      java.util.List<org.yuanliu.platform.journal.Entry> entries = new java.util.ArrayList<>();
      server.journal().replay(0, entries::addAll);
      view.apply(connection, entries);
      connection.commit();
    }
    assertThat(dump()).isEqualTo(dump);
    assertThat(registry.party("urn:yuanliu:node:610102701")).isPresent();
  }

  private static String dump() {
    StringBuilder all = new StringBuilder();
    for (String table :
        List.of(
            "party",
            "party_code",
            "party_identity",
            "party_stall",
            "party_merge",
            "operator_serial",
            "place",
            "product",
            "document",
            "mandate",
            "equivalence")) {
      all.append(
          server
              .jdbc()
              .sql(
                  "select coalesce(string_agg(t::text, '\n' order by t::text), '') from "
                      + table
                      + " t")
              .query(String.class)
              .single());
    }
    return all.toString();
  }

  @Test
  void bodiesDecodeToWhatWasEncoded() {
    submit(party(PartyKind.MARKET, "编码", "610102601"));
    server
        .journal()
        .replay(
            0,
            entries ->
                entries.forEach(
                    entry ->
                        assertThat(
                                RegistryJson.MAPPER.readValue(
                                    entry.draft().body(), RegistryChange.class))
                            .isEqualTo(entry.draft().subject())));
  }

  @Test
  void accountsSeeUnderEveryCodeOfTheirParty() {
    assertThat(server.bean(Accounts.class).find("nobody")).isEmpty();
    assertThat(server.bean(PartyCodes.class).codesOf("urn:yuanliu:node:610102599"))
        .containsExactly("urn:yuanliu:node:610102599");
  }
}
