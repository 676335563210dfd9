package org.yuanliu.platform.query;

import static java.util.Objects.requireNonNull;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;
import org.yuanliu.epcis.Syntax;
import org.yuanliu.platform.access.Caller;
import org.yuanliu.platform.access.Permission;
import org.yuanliu.platform.binding.EpcisPaths;
import org.yuanliu.platform.binding.EpcisProblems;
import org.yuanliu.platform.binding.Negotiated;
import org.yuanliu.platform.binding.PageRequests;
import org.yuanliu.platform.problem.EpcisXml;

/**
 * What each address offers (EPCIS 2.0 §12.4); versions, forms and limits are told by the headers of
 * every answer.
 */
@RestController
@Tag(name = "Discovery", description = "接口能力 · What is offered")
final class DiscoveryApi {
  private static final String CONTEXT =
      "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld";

  private static final List<String> RESOURCES =
      List.of(
          "queries",
          "capture",
          "events",
          "eventTypes",
          "epcs",
          "readPoints",
          "bizLocations",
          "dispositions",
          "bizSteps");

  private final PageRequests requests;
  private final TokenStore tokens;

  DiscoveryApi(PageRequests requests, TokenStore tokens) {
    this.requests = requireNonNull(requests, "requests is null");
    this.tokens = requireNonNull(tokens, "tokens is null");
  }

  @GetMapping({EpcisPaths.ROOT, EpcisPaths.ROOT + "/"})
  @Operation(summary = "接口的资源 · The top-level resources")
  ResponseEntity<Object> resources(Caller caller, HttpServletRequest request) {
    if (Negotiated.of(request).syntax() == Syntax.JSON_LD) {
      return ResponseEntity.ok()
          .contentType(MediaType.APPLICATION_JSON)
          .body(collection(CONTEXT, RESOURCES));
    }
    // The standard says that there is a form in XML, and not which.
    byte[] xml =
        EpcisXml.document(
            "Collection",
            out -> {
              for (String resource : RESOURCES) {
                EpcisXml.element(out, "member", resource);
              }
            });
    return ResponseEntity.ok().contentType(MediaType.APPLICATION_XML).body(xml);
  }

  /** A list in the shape that the standard has for all of them. */
  static Map<String, Object> collection(Object context, List<String> members) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("@context", context);
    map.put("type", "Collection");
    map.put("member", members);
    return map;
  }

  @RequestMapping(
      path = {EpcisPaths.CAPTURE, EpcisPaths.EVENTS, EpcisPaths.QUERIES},
      method = RequestMethod.OPTIONS)
  @Operation(summary = "接口能力 · Versions and limits of what is read and written")
  ResponseEntity<Void> writable(Caller caller) {
    return ResponseEntity.noContent()
        .allow(HttpMethod.OPTIONS, HttpMethod.GET, HttpMethod.POST)
        .build();
  }

  @RequestMapping(
      path = {
        EpcisPaths.ROOT,
        EpcisPaths.ROOT + "/",
        EpcisPaths.CAPTURE + "/{id}",
        EpcisPaths.EVENTS + "/{*id}",
        EpcisPaths.EVENT_TYPES,
        EpcisPaths.EVENT_TYPES + "/{*eventType}",
        EpcisPaths.EPCS,
        EpcisPaths.EPCS + "/{*epc}",
        EpcisPaths.BIZ_STEPS,
        EpcisPaths.BIZ_STEPS + "/{*bizStep}",
        EpcisPaths.BIZ_LOCATIONS,
        EpcisPaths.BIZ_LOCATIONS + "/{*bizLocation}",
        EpcisPaths.READ_POINTS,
        EpcisPaths.READ_POINTS + "/{*readPoint}",
        EpcisPaths.DISPOSITIONS,
        EpcisPaths.DISPOSITIONS + "/{*disposition}",
        EpcisPaths.QUERIES + "/{queryName}/events"
      },
      method = RequestMethod.OPTIONS)
  @Operation(summary = "接口能力 · Versions of what is read")
  ResponseEntity<Void> readable(Caller caller) {
    return ResponseEntity.noContent().allow(HttpMethod.OPTIONS, HttpMethod.GET).build();
  }

  @RequestMapping(path = EpcisPaths.QUERIES + "/{queryName}", method = RequestMethod.OPTIONS)
  @Operation(summary = "接口能力 · Versions of what is read and removed")
  ResponseEntity<Void> removable(Caller caller) {
    return ResponseEntity.noContent()
        .allow(HttpMethod.OPTIONS, HttpMethod.GET, HttpMethod.DELETE)
        .build();
  }

  /** The token opens nothing from now on; it held nothing but its own text. */
  @DeleteMapping(EpcisPaths.NEXT_PAGE_TOKEN + "/{token}")
  @Operation(summary = "作废翻页令牌 · Give a page token back")
  ResponseEntity<Void> release(Caller caller, @PathVariable String token) {
    // Who can be given none gives none back: each is a row until it would have expired.
    if (!caller.may(Permission.QUERY) && !caller.may(Permission.CAPTURE)) {
      throw EpcisProblems.forbidden();
    }
    tokens.release(token, requests.expiry(token));
    return ResponseEntity.noContent().build();
  }
}
