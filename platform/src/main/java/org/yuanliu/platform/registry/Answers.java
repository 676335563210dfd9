package org.yuanliu.platform.registry;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

/** 201 with a location for what is new, 200 for what was there. */
final class Answers {
  private Answers() {}

  static ResponseEntity<Registrar.Result> of(Registrar.Result result, String locationPrefix) {
    if (!result.created()) {
      return ResponseEntity.ok(result);
    }
    String id = URLEncoder.encode(result.id(), StandardCharsets.UTF_8).replace("+", "%20");
    return ResponseEntity.status(HttpStatus.CREATED)
        .header(HttpHeaders.LOCATION, locationPrefix + id)
        .body(result);
  }
}
