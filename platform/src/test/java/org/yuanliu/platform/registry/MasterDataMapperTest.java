package org.yuanliu.platform.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.yuanliu.epcis.DocumentReader;
import org.yuanliu.epcis.Limits;
import org.yuanliu.epcis.ReadResult;
import org.yuanliu.platform.ServerSettings;

class MasterDataMapperTest {
  private static final String DOCUMENT =
      """
      {"@context": ["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",
                    {"yl": "https://yuanliu.org/ns/"}],
       "type": "EPCISDocument", "schemaVersion": "2.0", "creationDate": "2026-11-20T00:00:00Z",
       "epcisHeader": {"epcisMasterData": {"vocabularyList": [
         {"type": "urn:epcglobal:epcis:vtype:BusinessLocation", "vocabularyElementList": [
           {"id": "urn:epc:id:sgln:0037000.00729.0", "attributes": [
             {"id": "urn:epcglobal:cbv:mda#name", "attribute": "冷库一号"},
             {"id": "urn:epcglobal:cbv:mda#city", "attribute": "西安"},
             {"id": "urn:epcglobal:cbv:mda#streetAddressOne", "attribute": "北辰路1号"},
             {"id": "urn:epcglobal:cbv:mda#owning_party", "attribute": "urn:epc:id:pgln:0037000.00729"},
             {"id": "yl:division", "attribute": "610112"},
             {"id": "yl:nodeType", "attribute": "cold_store"}]},
           {"id": "urn:epc:id:sgln:0037000.00730.0", "attributes": [
             {"id": "urn:epcglobal:cbv:mda#name", "attribute": "无区划"}]}]},
         {"type": "urn:epcglobal:epcis:vtype:EPCClass", "vocabularyElementList": [
           {"id": "urn:epc:idpat:sgtin:4012345.098765.*", "attributes": [
             {"id": "urn:epcglobal:cbv:mda#descriptionShort", "attribute": "猪后腿"},
             {"id": "yl:goodsCode", "attribute": "21111001"}]}]},
         {"type": "urn:epcglobal:epcis:vtype:SourceDest", "vocabularyElementList": [
           {"id": "urn:epc:id:pgln:0037000.00729", "attributes": [
             {"id": "urn:epcglobal:cbv:mda#name", "attribute": "冷链公司"},
             {"id": "yl:creditCode", "attribute": "91310000MA1K00015N"}]}]},
         {"type": "https://example.org/vocab/Robot", "vocabularyElementList": [
           {"id": "https://example.org/robot/7"}]}]}},
       "epcisBody": {"eventList": []}}
      """;

  private final MasterDataMapper mapper =
      new MasterDataMapper(
          Clock.fixed(Instant.parse("2026-11-20T17:00:00Z"), ZoneOffset.UTC),
          new ServerSettings(Path.of("target"), "test/log", ZoneId.of("Asia/Shanghai")));

  @Test
  void mapsPlacesProductsAndFirms() {
    ReadResult read = new DocumentReader(Limits.DEFAULT).readDocument(DOCUMENT.getBytes(UTF_8));
    assertThat(read).as(read.toString()).isInstanceOf(ReadResult.Accepted.class);
    var mapped = mapper.map(((ReadResult.Accepted) read).header());
    assertThat(mapped.unmapped())
        .containsExactly("urn:epc:id:sgln:0037000.00730.0", "https://example.org/robot/7");
    assertThat(mapped.commands()).hasSize(3);
    assertThat(mapped.commands().get(0))
        .isEqualTo(
            new RegistryCommand.RegisterPlace(
                new Place(
                    "https://id.gs1.org/414/0037000007296",
                    "冷库一号",
                    null,
                    "610112",
                    "西安 北辰路1号",
                    "https://id.gs1.org/417/0037000007296",
                    "cold_store")));
    assertThat(mapped.commands().get(1))
        .isEqualTo(
            new RegistryCommand.RegisterProduct(
                new Product(
                    "https://id.gs1.org/01/04012345987652", "猪后腿", null, "21111001", null)));
    assertThat(mapped.commands().get(2))
        .isInstanceOfSatisfying(
            RegistryCommand.RegisterParty.class,
            firm -> {
              assertThat(firm.codes())
                  .isEqualTo(List.of("91310000MA1K00015N", "https://id.gs1.org/417/0037000007296"));
              // The legal day of Shanghai, not that of Greenwich.
              assertThat(firm.names().getFirst().period().from())
                  .isEqualTo(LocalDate.of(2026, 11, 21));
            });
  }
}
