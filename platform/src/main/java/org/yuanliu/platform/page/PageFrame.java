package org.yuanliu.platform.page;

import static java.util.Objects.requireNonNull;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.support.RequestContextUtils;
import org.yuanliu.platform.ServerSettings;
import org.yuanliu.platform.access.ContentPolicy;

/**
 * What stands around every page that the server renders ({@code portal/layout.html}): its language
 * and the way to the other one, its title, and {@code ask}, which keeps the language in links.
 */
@Component
public final class PageFrame {
  private static final String LANGUAGE = "lang";

  private final MessageSource messages;
  private final ServerSettings server;
  private final PageStyle style = PageStyle.load();

  PageFrame(MessageSource messages, ServerSettings server) {
    this.messages = requireNonNull(messages, "messages is null");
    this.server = requireNonNull(server, "server is null");
  }

  /** The words of the language that is asked for. */
  public PageWords words(HttpServletRequest request) {
    boolean english = Locale.ENGLISH.equals(RequestContextUtils.getLocale(request));
    return new PageWords(messages, english, server.zone());
  }

  /** The page in its frame, with {@code words} for what the template itself has to say. */
  public ModelAndView page(
      String template,
      String title,
      PageWords words,
      HttpServletRequest request,
      HttpServletResponse response) {
    response.setHeader(ContentPolicy.HEADER, ContentPolicy.withStyle(style.sha256()));
    response.setHeader(HttpHeaders.CONTENT_LANGUAGE, words.english() ? "en" : "zh-CN");
    response.setHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE);
    return new ModelAndView(template)
        .addObject("style", style.text())
        .addObject("title", title)
        .addObject("words", words)
        .addObject("english", words.english())
        .addObject("ask", words.english() ? "?lang=en" : "")
        .addObject(
            "otherLanguageUrl",
            otherLanguage(request.getRequestURI(), request.getQueryString(), words.english()));
  }

  /** The same page in the other language: what else was asked for stays. */
  static String otherLanguage(String path, @Nullable String query, boolean english) {
    String others =
        query == null
            ? ""
            : Arrays.stream(query.split("&"))
                .filter(one -> !one.isEmpty() && !one.split("=", 2)[0].equals(LANGUAGE))
                .map(one -> one + "&")
                .collect(Collectors.joining());
    return path + "?" + others + LANGUAGE + (english ? "=zh" : "=en");
  }
}
