package org.yuanliu.platform.query;

import static java.util.Objects.requireNonNull;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.yuanliu.platform.access.Caller;
import org.yuanliu.platform.access.Permission;
import org.yuanliu.platform.binding.EpcisPaths;
import org.yuanliu.platform.binding.PageRequests;
import org.yuanliu.platform.binding.Permissions;
import tools.jackson.databind.json.JsonMapper;

/**
 * SimpleMasterDataQuery over HTTP in JSON: ours, for the standard has it in SOAP alone. The answer
 * is an EPCISQueryDocument with {@code vocabularyList} where events would stand.
 */
@RestController
@Tag(name = "Master data", description = "主数据 · Vocabularies with attributes and children")
final class MasterDataApi {
  private final MasterDataQuery query;
  private final JsonMapper mapper;
  private final Clock clock;

  MasterDataApi(MasterDataQuery query, JsonMapper mapper, Clock clock) {
    this.query = requireNonNull(query, "query is null");
    this.mapper = requireNonNull(mapper, "mapper is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  @GetMapping(EpcisPaths.ROOT + "/masterData")
  @Operation(
      summary = "查询主数据 · SimpleMasterDataQuery",
      description =
          "vocabularyName, EQ_name, WD_name, HASATTR, EQATTR_attrname, includeAttributes,"
              + " attributeNames, includeChildren, maxElementCount; several values with |.")
  ResponseEntity<byte[]> masterData(Caller caller, HttpServletRequest request) {
    Permissions.require(caller, Permission.QUERY);
    Map<String, QueryValue> values = QueryReader.values(PageRequests.single(request));
    List<Map<String, Object>> vocabularies = query.poll(values, caller.viewer());
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("@context", "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld");
    document.put("type", "EPCISQueryDocument");
    document.put("schemaVersion", "2.0");
    document.put("creationDate", clock.instant().truncatedTo(ChronoUnit.MILLIS).toString());
    document.put(
        "epcisBody",
        Map.of(
            "queryResults",
            Map.of(
                "queryName",
                "SimpleMasterDataQuery",
                "resultsBody",
                Map.of("vocabularyList", vocabularies))));
    return ResponseEntity.ok()
        .contentType(MediaType.APPLICATION_JSON)
        .body(mapper.writeValueAsBytes(document));
  }
}
