package org.yuanliu.platform.desk;

import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/**
 * Every address of the desk gives its one page, which then shows the right view; files beside it
 * (scripts, styles) are served as they are.
 */
@Controller
class DeskPages {
  private static final Resource PAGE = new ClassPathResource("static/desk/index.html");

  /** Never kept by browsers: it names the scripts of the version that runs now. */
  @GetMapping(
      path = {"/desk", "/desk/", "/desk/{view:[a-z-]+}", "/desk/{view:[a-z-]+}/{part:[a-z-]+}"})
  ResponseEntity<Resource> page() {
    return ResponseEntity.ok()
        .contentType(MediaType.TEXT_HTML)
        .cacheControl(CacheControl.noCache())
        .body(PAGE);
  }
}
