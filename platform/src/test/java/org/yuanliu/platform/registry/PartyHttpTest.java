package org.yuanliu.platform.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.yuanliu.platform.access.PartyCodes;
import org.yuanliu.platform.access.Permission;
import org.yuanliu.platform.access.TestServer.Answer;
import org.yuanliu.platform.access.TestServer.Client;
import org.yuanliu.platform.access.ViewerKind;
import org.yuanliu.platform.registry.Party.PartyKind;
import org.yuanliu.platform.registry.Party.Stall;
import org.yuanliu.platform.registry.RegistryCommand.AmendParty;
import org.yuanliu.platform.registry.RegistryCommand.MergeParties;
import org.yuanliu.platform.registry.RegistryCommand.RegisterParty;
import org.yuanliu.platform.registry.RegistryCommand.UndoMerge;

/** Firms, stall holders and persons: registered, recognised, changed, merged. */
class PartyHttpTest extends RegistryServer {
  @Test
  void registersAFirmOnceByItsCreditCode() {
    RegisterParty firm = party(PartyKind.ENTERPRISE, "测试肉业", "91310000MA1K00015N");
    Answer created = operator.post("/api/v1/parties", firm, "Accept-Language", "en");
    assertThat(created.status()).isEqualTo(201);
    assertThat(created.json().path("id").asString())
        .isEqualTo("urn:yuanliu:uscc:91310000MA1K00015N");
    assertThat(created.header("location")).contains("91310000MA1K00015N");

    Answer again =
        operator.post("/api/v1/parties", party(PartyKind.ENTERPRISE, "另一名称", "91310000ma1k00015n"));
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.json().path("created").asBoolean()).isFalse();
    assertThat(again.json().path("zh").asString()).contains("已登记");

    Answer found = operator.get("/api/v1/parties/91310000MA1K00015N");
    assertThat(found.json().path("names").get(0).path("name").asString()).isEqualTo("测试肉业");
    assertThat(operator.get(found.response().uri().getPath() + "x").status()).isEqualTo(404);
  }

  @Test
  void refusesAWrongCheckCharacterUnlessAnOfficeExemptsItByName() {
    RegisterParty wrong = party(PartyKind.ENTERPRISE, "真实企业", "91350203M0001QAY9B");
    Answer refused = operator.post("/api/v1/parties", wrong);
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().path("errors").get(0).path("pointer").asString())
        .isEqualTo("/codes/0");
    assertThat(refused.json().path("errors").get(0).path("type").asString())
        .endsWith("code.check-digit");

    RegisterParty exempted =
        new RegisterParty(
            wrong.codes(),
            wrong.kind(),
            wrong.names(),
            null,
            null,
            null,
            List.of(),
            List.of(),
            null,
            "营业执照原件",
            null);
    assertThat(operator.post("/api/v1/parties", exempted).status()).isEqualTo(201);
    assertThat(registry.party("urn:yuanliu:uscc:91350203M0001QAY9B")).isPresent();
    Answer byMarket = marketClient("610102901").post("/api/v1/parties", exempted);
    assertThat(byMarket.status()).isEqualTo(403);
  }

  @Test
  void firmsNeedACreditCodeAndHoldersACodeOrANode() {
    assertThat(
            operator
                .post("/api/v1/parties", party(PartyKind.ENTERPRISE, "无码企业", "6101020010001"))
                .json()
                .path("errors")
                .get(0)
                .path("type")
                .asString())
        .endsWith("firm-without-credit-code");
    assertThat(
            operator
                .post("/api/v1/parties", party(PartyKind.STALL_HOLDER, "无码户"))
                .json()
                .path("errors")
                .get(0)
                .path("type")
                .asString())
        .endsWith("party-without-code");
    assertThat(
            operator
                .post("/api/v1/parties", party(PartyKind.STALL_HOLDER, "坏码", "9999990010001"))
                .status())
        .isEqualTo(400);
  }

  @Test
  void givesOutSerialsThatAreNeverGivenTwice() {
    market("610103001");
    String first = submit(holder("甲", "610103001", null)).id();
    String second = submit(holder("乙", "610103001", null)).id();
    assertThat(first).isEqualTo("urn:yuanliu:operator:6101030010001");
    assertThat(second).isEqualTo("urn:yuanliu:operator:6101030010002");
    submit(new MergeParties(first, second, "同一人"));
    assertThat(submit(holder("丙", "610103001", null)).id())
        .isEqualTo("urn:yuanliu:operator:6101030010003");
    submit(party(PartyKind.STALL_HOLDER, "丁", "6101030019998"));
    assertThat(submit(holder("戊", "610103001", null)).id()).endsWith("9999");
    Answer exhausted = operator.post("/api/v1/parties", holder("己", "610103001", null));
    assertThat(exhausted.status()).isEqualTo(409);
    assertThat(exhausted.problem()).isEqualTo("serials-exhausted");
  }

  @Test
  void recognisesAPersonAtAnotherMarketWithoutKeepingTheNumber() {
    Client first = marketClient("610104001");
    Client second = marketClient("610104002");
    Answer here = first.post("/api/v1/parties", holder("王小明", "610104001", ID_NUMBER));
    assertThat(here.status()).isEqualTo(201);
    String id = here.json().path("id").asString();
    Answer there =
        second.post("/api/v1/parties", holder(" 王小明", "610104002", ID_NUMBER.toLowerCase()));
    assertThat(there.status()).isEqualTo(200);
    assertThat(there.json().path("id").asString()).isEqualTo(id);
    // Another name with this number is not him.
    assertThat(second.post("/api/v1/parties", holder("王大明", "610104002", ID_NUMBER)).status())
        .isEqualTo(201);
    assertThat(
            second
                .post("/api/v1/parties", holder("王小明", "610104002", "110105194912310021"))
                .status())
        .isEqualTo(400);

    String stored =
        server
            .jdbc()
            .sql(
                """
                select string_agg(p::text, ' ') || (select string_agg(i::text, ' ')
                  from party_identity i) from party p
                """)
            .query(String.class)
            .single();
    assertThat(stored).doesNotContain(ID_NUMBER).doesNotContain("11010519491231");
    server
        .journal()
        .replay(
            0,
            entries ->
                entries.forEach(
                    entry ->
                        assertThat(new String(entry.draft().body()))
                            .doesNotContain("11010519491231")));

    // The second market adds its stall to him, and may change nothing else.
    Party before = registry.party(id).orElseThrow();
    List<Stall> both =
        List.of(before.stalls().getFirst(), new Stall("urn:yuanliu:node:610104002", "7", OPEN));
    assertThat(second.post("/api/v1/parties/amendments", amend(id, both, null)).status())
        .isEqualTo(200);
    assertThat(registry.party(id).orElseThrow().stalls()).isEqualTo(both);
    assertThat(
            second
                .post("/api/v1/parties/amendments", amend(id, List.of(both.getLast()), null))
                .status())
        .isEqualTo(403);
    assertThat(second.post("/api/v1/parties/amendments", amend(id, null, "新地址")).status())
        .isEqualTo(403);
  }

  @Test
  void aFirmChangesNeitherItsCodesNorItsDivision() {
    submit(party(PartyKind.ENTERPRISE, "贪心公司", "92610102MA6X00075Q"));
    String id = "urn:yuanliu:uscc:92610102MA6X00075Q";
    Client firm =
        server.client("greedy", id, ViewerKind.ENTERPRISE, Permission.QUERY, Permission.REGISTER);
    assertThat(firm.post("/api/v1/parties/amendments", amend(id, null, "自己的地址")).status())
        .isEqualTo(200);
    AmendParty code =
        new AmendParty(id, null, null, null, null, null, null, List.of("91445122MA4W000116"));
    assertThat(firm.post("/api/v1/parties/amendments", code).status()).isEqualTo(403);
    AmendParty division = new AmendParty(id, null, "610103", null, null, null, null, List.of());
    assertThat(firm.post("/api/v1/parties/amendments", division).status()).isEqualTo(403);
    // Nor another's anything.
    market("610111001");
    assertThat(
            firm.post(
                    "/api/v1/parties/amendments",
                    amend("urn:yuanliu:node:610111001", null, "别人的地址"))
                .status())
        .isEqualTo(403);
  }

  @Test
  void mergesTwoPartiesAndUndoRestoresEverything() {
    submit(party(PartyKind.ENTERPRISE, "合并甲", "91440300708461136T", "6101120010001"));
    submit(party(PartyKind.ENTERPRISE, "合并乙", "91330100799655058B", "6101120010002"));
    String kept = "urn:yuanliu:uscc:91440300708461136T";
    String merged = "urn:yuanliu:uscc:91330100799655058B";
    Party keptBefore = registry.party(kept).orElseThrow();
    Party mergedBefore = registry.party(merged).orElseThrow();
    Instant now = server.clock().instant();
    assertThat(registry.mandated(kept, merged, SELLING, now)).isFalse();

    UUID merge = UUID.fromString(submit(new MergeParties(kept, merged, "同一企业")).id());
    Party one = registry.party(merged).orElseThrow();
    assertThat(one.id()).isEqualTo(kept);
    assertThat(one.codes())
        .containsExactlyInAnyOrder(
            kept,
            merged,
            "urn:yuanliu:operator:6101120010001",
            "urn:yuanliu:operator:6101120010002");
    assertThat(registry.party("urn:yuanliu:operator:6101120010002")).contains(one);
    assertThat(registry.mandated(kept, merged, SELLING, now)).isTrue();
    assertThat(server.bean(PartyCodes.class).codesOf(kept)).contains(merged);
    assertThat(submit(new MergeParties(merged, kept, "又一次")).created()).isFalse();

    submit(new UndoMerge(merge, "误合并"));
    assertThat(registry.party(kept)).contains(keptBefore);
    assertThat(registry.party(merged)).contains(mergedBefore);
    assertThat(registry.mandated(kept, merged, SELLING, now)).isFalse();
    assertThat(server.bean(PartyCodes.class).codesOf(kept)).doesNotContain(merged);
    assertThat(submit(new UndoMerge(merge, "误合并")).created()).isFalse();
  }
}
