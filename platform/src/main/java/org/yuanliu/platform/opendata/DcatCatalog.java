package org.yuanliu.platform.opendata;

import static java.util.Objects.requireNonNull;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.yuanliu.industry.Localized;

/**
 * The sets as a data catalogue (W3C DCAT 3, JSON-LD): each set is a series, each period's newest
 * version a dataset of it. Addresses are relative to the catalogue's own.
 */
@RestController
@SecurityRequirements
@Tag(name = "Open data", description = "开放数据 · Figures for everybody, in versions")
class DcatCatalog {
  /** Of each set; earlier ones are under the set's own address. Two years of months. */
  static final int PERIODS = 24;

  private static final String PATH = "/open-data/catalog.jsonld";
  private static final String JSON_LD = "application/ld+json";
  private static final String MEDIA_TYPES = "https://www.iana.org/assignments/media-types/";

  private static final Map<String, String> CONTEXT =
      Map.of(
          "dcat", "http://www.w3.org/ns/dcat#",
          "dct", "http://purl.org/dc/terms/",
          "foaf", "http://xmlns.com/foaf/0.1/",
          "spdx", "http://spdx.org/rdf/terms#",
          "xsd", "http://www.w3.org/2001/XMLSchema#");

  private final DataSets sets;
  private final ReleaseStore store;
  private final OpenDataSettings settings;
  private final Downloads downloads;

  DcatCatalog(DataSets sets, ReleaseStore store, OpenDataSettings settings, Downloads downloads) {
    this.sets = requireNonNull(sets, "sets is null");
    this.store = requireNonNull(store, "store is null");
    this.settings = requireNonNull(settings, "settings is null");
    this.downloads = requireNonNull(downloads, "downloads is null");
  }

  @GetMapping(path = PATH, produces = JSON_LD)
  @Operation(summary = "数据目录（DCAT 3） · The catalogue in DCAT 3")
  ResponseEntity<Map<String, Object>> catalog(HttpServletRequest request) {
    downloads.take(request);
    List<Map<String, Object>> series = new ArrayList<>();
    List<Map<String, Object>> datasets = new ArrayList<>();
    for (DataSet set : sets.all()) {
      series.add(series(set));
      store.newest(set.id(), "", PERIODS).forEach(named -> datasets.add(dataset(set, named)));
    }
    Map<String, Object> catalog = new LinkedHashMap<>();
    catalog.put("@context", CONTEXT);
    catalog.put("@id", PATH);
    catalog.put("@type", "dcat:Catalog");
    catalog.put("dct:title", texts(new Localized("源流追溯开放数据", "Open data on traceability")));
    catalog.put("dct:publisher", publisher());
    catalog.put("dct:license", id(settings.licence()));
    catalog.put("dct:language", List.of("zh-CN", "en"));
    catalog.put("foaf:homepage", id("/open-data"));
    catalog.put("dcat:dataset", datasets);
    catalog.put("dcat:datasetSeries", series);
    return ResponseEntity.ok().cacheControl(CacheControl.noCache().cachePublic()).body(catalog);
  }

  private Map<String, Object> series(DataSet set) {
    Map<String, Object> series = new LinkedHashMap<>();
    series.put("@id", page(set));
    series.put("@type", "dcat:DatasetSeries");
    series.put("dct:identifier", set.id());
    series.put("dct:title", title(set, ""));
    series.put("dct:publisher", publisher());
    series.put(
        "dct:accrualPeriodicity",
        id(
            "http://purl.org/cld/freq/"
                + switch (set.rhythm()) {
                  case DAY -> "daily";
                  case MONTH -> "monthly";
                  case QUARTER -> "quarterly";
                  case YEAR -> "annual";
                }));
    series.put("dcat:keyword", texts(set.industryNames()));
    return series;
  }

  private Map<String, Object> dataset(DataSet set, ReleaseStore.Named named) {
    LocalDate first = set.rhythm().first(named.period()).orElse(null);
    String address =
        OpenDataApi.address(set.id(), named.period(), Integer.toString(named.version()));
    Map<String, Object> dataset = new LinkedHashMap<>();
    dataset.put("@id", address);
    dataset.put("@type", "dcat:Dataset");
    dataset.put("dct:identifier", set.id() + "/" + named.period());
    dataset.put("dct:title", title(set, " " + named.period()));
    dataset.put("dcat:inSeries", id(page(set)));
    dataset.put("dcat:version", Integer.toString(named.version()));
    if (named.version() > 1) {
      dataset.put(
          "dcat:previousVersion",
          id(OpenDataApi.address(set.id(), named.period(), Integer.toString(named.version() - 1))));
    }
    dataset.put("dct:issued", typed("xsd:dateTime", named.published().toString()));
    if (first != null) {
      Map<String, Object> period = new LinkedHashMap<>();
      period.put("@type", "dct:PeriodOfTime");
      period.put("dcat:startDate", typed("xsd:date", first.toString()));
      period.put(
          "dcat:endDate", typed("xsd:date", set.rhythm().end(first).minusDays(1).toString()));
      dataset.put("dct:temporal", period);
    }
    dataset.put("dct:publisher", publisher());
    dataset.put("dct:license", id(settings.licence()));
    List<Map<String, Object>> distributions = new ArrayList<>();
    for (ReleaseFiles.Kind kind : ReleaseFiles.Kind.values()) {
      distributions.add(distribution(address, kind, named));
    }
    dataset.put("dcat:distribution", distributions);
    return dataset;
  }

  private Map<String, Object> distribution(
      String address, ReleaseFiles.Kind kind, ReleaseStore.Named named) {
    Map<String, Object> file = new LinkedHashMap<>();
    file.put("@id", address + kind.file());
    file.put("@type", "dcat:Distribution");
    file.put("dcat:downloadURL", id(address + kind.file()));
    file.put("dcat:mediaType", id(MEDIA_TYPES + kind.mediaType().split(";", 2)[0]));
    file.put("dct:license", id(settings.licence()));
    switch (kind) {
      case JSON -> checked(file, named.json());
      case CSV -> checked(file, named.csv());
      case XLSX -> {} // made when it is asked for, with the time in it
    }
    return file;
  }

  private static void checked(Map<String, Object> file, ReleaseStore.FileOf of) {
    file.put("dcat:byteSize", typed("xsd:nonNegativeInteger", Integer.toString(of.bytes())));
    Map<String, Object> checksum = new LinkedHashMap<>();
    checksum.put("@type", "spdx:Checksum");
    checksum.put("spdx:algorithm", id("spdx:checksumAlgorithm_sha256"));
    checksum.put("spdx:checksumValue", typed("xsd:hexBinary", of.sha256()));
    file.put("spdx:checksum", checksum);
  }

  private Map<String, Object> publisher() {
    return Map.of("@type", "foaf:Agent", "foaf:name", settings.publisher());
  }

  private static String page(DataSet set) {
    return "/open-data/" + set.id();
  }

  private static List<Map<String, String>> title(DataSet set, String end) {
    return texts(
        new Localized(
            set.industryNames().zh() + "：" + set.names().zh() + end,
            set.industryNames().en() + ": " + set.names().en() + end));
  }

  private static List<Map<String, String>> texts(Localized text) {
    return List.of(
        Map.of("@language", "zh-CN", "@value", text.zh()),
        Map.of("@language", "en", "@value", text.en()));
  }

  private static Map<String, String> id(String id) {
    return Map.of("@id", id);
  }

  private static Map<String, String> typed(String type, String value) {
    return Map.of("@type", type, "@value", value);
  }
}
