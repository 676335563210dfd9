package org.yuanliu.platform.catalogue;

import static java.util.Objects.requireNonNull;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.servlet.ModelAndView;
import org.yuanliu.codes.Divisions;
import org.yuanliu.platform.catalogue.Assessed.ListName;
import org.yuanliu.platform.page.PageFrame;
import org.yuanliu.platform.page.PageWords;

/** {@code /catalogue}: what is on the lists, for everybody to read. */
@Controller
class CataloguePage {
  private final Catalogue catalogue;
  private final Divisions divisions;
  private final PageFrame frame;

  CataloguePage(Catalogue catalogue, Divisions divisions, PageFrame frame) {
    this.catalogue = requireNonNull(catalogue, "catalogue is null");
    this.divisions = requireNonNull(divisions, "divisions is null");
    this.frame = requireNonNull(frame, "frame is null");
  }

  /** A catalogue as the page shows it. */
  record Shown(
      String title, int version, LocalDate effectiveFrom, List<Row> key, List<Row> encouraged) {}

  record Row(
      String name,
      String url,
      int importance,
      int probability,
      int severity,
      int score,
      String reason,
      @Nullable LocalDate mandatoryFrom) {}

  @GetMapping(path = "/catalogue", produces = MediaType.TEXT_HTML_VALUE)
  ModelAndView page(HttpServletRequest request, HttpServletResponse response) {
    PageWords words = frame.words(request);
    return frame
        .page("catalogue/index", words.of("catalogue.title"), words, request, response)
        .addObject(
            "catalogues",
            catalogue.newest().values().stream().map(version -> shown(version, words)).toList());
  }

  private Shown shown(CatalogueVersion version, PageWords words) {
    return new Shown(
        version.division().isEmpty()
            ? words.of("catalogue.national")
            : words.of("catalogue.local", place(version, words)),
        version.version(),
        version.effectiveFrom(),
        rows(version, ListName.KEY, words),
        rows(version, ListName.ENCOURAGED, words));
  }

  /** The division's name where the table has one, else its digits. */
  private String place(CatalogueVersion version, PageWords words) {
    String code = version.division() + "0".repeat(6 - version.division().length());
    return divisions.asOf(catalogue.today()).find(code).map(words::of).orElse(version.division());
  }

  private List<Row> rows(CatalogueVersion version, ListName list, PageWords words) {
    return version.products().stream()
        .filter(product -> product.list() == list)
        .sorted(Comparator.comparingInt(Assessed::score).reversed())
        .map(
            product ->
                new Row(
                    catalogue
                        .product(product)
                        .map(one -> words.of(one.names()))
                        .orElse(product.name()),
                    "/standards/" + product.industry(),
                    product.importance(),
                    product.probability(),
                    product.severity(),
                    product.score(),
                    product.reason(),
                    product.mandatoryFrom()))
        .toList();
  }
}
