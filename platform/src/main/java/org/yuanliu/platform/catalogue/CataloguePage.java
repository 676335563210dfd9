package org.yuanliu.platform.catalogue;

import static java.util.Objects.requireNonNull;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.support.RequestContextUtils;
import org.yuanliu.codes.Division;
import org.yuanliu.codes.Divisions;
import org.yuanliu.platform.catalogue.Assessed.ListName;

/** {@code /catalogue}: what is on the lists, for everybody to read. */
@Controller
class CataloguePage {
  private final Catalogue catalogue;
  private final Divisions divisions;
  private final MessageSource messages;

  CataloguePage(Catalogue catalogue, Divisions divisions, MessageSource messages) {
    this.catalogue = requireNonNull(catalogue, "catalogue is null");
    this.divisions = requireNonNull(divisions, "divisions is null");
    this.messages = requireNonNull(messages, "messages is null");
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
    Locale locale = RequestContextUtils.getLocale(request);
    boolean english = Locale.ENGLISH.equals(locale);
    response.setHeader(HttpHeaders.CONTENT_LANGUAGE, english ? "en" : "zh-CN");
    response.setHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE);
    return new ModelAndView("catalogue/index")
        .addObject("title", message("catalogue.title", locale))
        .addObject("english", english)
        .addObject("ask", english ? "?lang=en" : "")
        .addObject(
            "otherLanguageUrl", request.getRequestURI() + (english ? "?lang=zh" : "?lang=en"))
        .addObject(
            "catalogues",
            catalogue.newest().values().stream().map(version -> shown(version, locale)).toList());
  }

  private Shown shown(CatalogueVersion version, Locale locale) {
    boolean english = Locale.ENGLISH.equals(locale);
    return new Shown(
        version.division().isEmpty()
            ? message("catalogue.national", locale)
            : message("catalogue.local", locale) + " " + place(version),
        version.version(),
        version.effectiveFrom(),
        rows(version, ListName.KEY, english),
        rows(version, ListName.ENCOURAGED, english));
  }

  /** The division's name where the table has one, else its digits. */
  private String place(CatalogueVersion version) {
    String code = version.division() + "0".repeat(6 - version.division().length());
    return divisions
        .asOf(catalogue.today())
        .find(code)
        .map(Division::zhName)
        .orElse(version.division());
  }

  private List<Row> rows(CatalogueVersion version, ListName list, boolean english) {
    return version.products().stream()
        .filter(product -> product.list() == list)
        .sorted(Comparator.comparingInt(Assessed::score).reversed())
        .map(
            product ->
                new Row(
                    catalogue
                        .product(product)
                        .map(p -> english ? p.names().en() : p.names().zh())
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

  private String message(String key, Locale locale) {
    return messages.getMessage(key, null, locale);
  }
}
