package org.yuanliu.platform.query;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.HttpMethod;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;
import org.yuanliu.platform.binding.EpcisPaths;

/**
 * What each address offers (EPCIS 2.0 §12.4); the versions and limits are in {@link EpcisHeaders}.
 */
@RestController
@Tag(name = "Discovery", description = "接口能力 · What is offered")
final class DiscoveryApi {

  @RequestMapping(
      path = {EpcisPaths.CAPTURE, EpcisPaths.EVENTS},
      method = RequestMethod.OPTIONS)
  @Operation(summary = "接口能力 · Versions and limits of capture and events")
  ResponseEntity<Void> writable() {
    return ResponseEntity.noContent()
        .allow(HttpMethod.OPTIONS, HttpMethod.GET, HttpMethod.POST)
        .build();
  }

  @RequestMapping(
      path = {
        EpcisPaths.CAPTURE + "/{id}",
        EpcisPaths.EVENTS + "/{*id}",
        EpcisPaths.EPCS + "/{*epc}"
      },
      method = RequestMethod.OPTIONS)
  @Operation(summary = "接口能力 · Versions of what is read")
  ResponseEntity<Void> readable() {
    return ResponseEntity.noContent().allow(HttpMethod.OPTIONS, HttpMethod.GET).build();
  }
}
