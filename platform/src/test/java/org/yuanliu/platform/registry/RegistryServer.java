package org.yuanliu.platform.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.yuanliu.platform.access.Caller;
import org.yuanliu.platform.access.Permission;
import org.yuanliu.platform.access.TestServer;
import org.yuanliu.platform.access.TestServer.Answer;
import org.yuanliu.platform.access.TestServer.Client;
import org.yuanliu.platform.access.Viewer;
import org.yuanliu.platform.access.ViewerKind;
import org.yuanliu.platform.journal.EntryKind;
import org.yuanliu.platform.journal.Standing;
import org.yuanliu.platform.registry.Party.DatedName;
import org.yuanliu.platform.registry.Party.PartyKind;
import org.yuanliu.platform.registry.Party.Stall;
import org.yuanliu.platform.registry.RegistryCommand.AmendParty;
import org.yuanliu.platform.registry.RegistryCommand.RegisterParty;

/** The registry behind a real port, and what its tests register. */
abstract class RegistryServer {
  static final Period OPEN = new Period(LocalDate.of(2026, 1, 1), null);
  static final String ID_NUMBER = "11010519491231002X";
  static final String SLAUGHTERING = "https://yuanliu.org/ns/BizStep-slaughtering";
  static final String SELLING = "https://yuanliu.org/ns/BizStep-selling";

  static TestServer server;
  static Client operator;
  static Caller operatorCaller;
  static Registrar registrar;
  static Registry registry;

  @BeforeAll
  static void start() {
    server = TestServer.start();
    operator = server.operator();
    registrar = server.bean(Registrar.class);
    registry = server.bean(Registry.class);
    operatorCaller =
        new Caller(
            UUID.randomUUID(),
            "operator",
            TestServer.OPERATOR_PARTY,
            new Viewer.Operator(TestServer.OPERATOR_PARTY),
            Permission.ofOperator(),
            Standing.DECLARED);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  static RegisterParty party(PartyKind kind, String name, String... codes) {
    return new RegisterParty(
        List.of(codes),
        kind,
        List.of(new DatedName(name, null, OPEN)),
        null,
        null,
        null,
        List.of(),
        List.of(),
        null,
        null,
        null);
  }

  static RegisterParty holder(String name, String node, String identityNumber) {
    return new RegisterParty(
        List.of(),
        PartyKind.STALL_HOLDER,
        List.of(new DatedName(name, null, OPEN)),
        null,
        null,
        null,
        List.of(),
        List.of(new Stall("urn:yuanliu:node:" + node, "12", OPEN)),
        node,
        null,
        identityNumber);
  }

  static String market(String node) {
    Answer answer = operator.post("/api/v1/parties", party(PartyKind.MARKET, "市场" + node, node));
    assertThat(answer.status()).isIn(200, 201);
    return answer.json().path("id").asString();
  }

  static Client marketClient(String node) {
    return server.client(
        "market" + node,
        market(node),
        ViewerKind.ENTERPRISE,
        Permission.QUERY,
        Permission.REGISTER);
  }

  static Registrar.Result submit(RegistryCommand command) {
    return registrar.submit(operatorCaller, EntryKind.REGISTRY_CHANGE, List.of(command)).getFirst();
  }

  static void assertAbsent(Client client, String hidden, String missing) {
    Answer one = client.get(hidden);
    Answer other = client.get(missing);
    assertThat(one.status()).isEqualTo(404);
    assertThat(one.body()).isEqualTo(other.body());
    assertThat(one.stableHeaders()).isEqualTo(other.stableHeaders());
  }

  static AmendParty amend(String id, List<Stall> stalls, String address) {
    return new AmendParty(id, null, null, address, null, null, stalls, List.of());
  }
}
