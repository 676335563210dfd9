package org.yuanliu.platform.portal;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.context.support.ResourceBundleMessageSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockServletContext;
import org.springframework.web.util.HtmlUtils;
import org.thymeleaf.context.WebContext;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;
import org.thymeleaf.web.servlet.JakartaServletWebApplication;
import org.yuanliu.industry.Finding;
import org.yuanliu.industry.FindingCode;
import org.yuanliu.industry.Level;
import org.yuanliu.industry.Localized;
import org.yuanliu.industry.PackLoader;
import org.yuanliu.industry.Severity;
import org.yuanliu.industry.Verdict;
import org.yuanliu.ledger.TreeHead;
import org.yuanliu.platform.journal.Standing;
import org.yuanliu.platform.page.PageWords;
import org.yuanliu.platform.trace.Certainty;
import org.yuanliu.platform.trace.Trace;

/** What stands on the public page, as a browser gets it. */
class PublicPageTest {
  /** What somebody may register as the name of a firm. */
  private static final String HOSTILE = "<script>alert(1)</script>\"><img src=x onerror='a'>&amp;";

  private static final Pattern CHINESE = Pattern.compile("\\p{IsHan}");
  private static final Pattern ENGLISH_WORD = Pattern.compile("[a-z]{3,}");
  private static final Pattern MARKUP = Pattern.compile("<style.*?</style>|<!--.*?-->|<[^>]*>");

  private static final ResourceBundleMessageSource MESSAGES = messages();
  private static final SpringTemplateEngine ENGINE = engine();

  @ParameterizedTest
  @EnumSource(Level.class)
  void theColourIsTheVerdictsAndOnlyCompleteIsGreen(Level level) {
    Severity severity =
        switch (level) {
          case COMPLETE -> Severity.HELD;
          case INCOMPLETE -> Severity.DOUBT;
          case UNKNOWN -> Severity.UNKNOWN;
          case PROBLEM -> Severity.PROBLEM;
        };
    String tone = level == Level.COMPLETE ? "held" : severity.name().toLowerCase(Locale.ROOT);
    for (boolean english : List.of(false, true)) {
      PageWords words = words(english);
      String html =
          html(
              page(new Verdict(level, List.of(finding("some", severity))), List.of(), name("货")),
              english);

      assertThat(html).contains("verdict--" + level.name().toLowerCase(Locale.ROOT));
      for (Level other : Level.values()) {
        assertThat(html.contains("verdict--" + other.name().toLowerCase(Locale.ROOT)))
            .as(other.name())
            .isEqualTo(other == level);
      }
      String head = html.substring(html.indexOf("verdict__head"), html.indexOf("class=\"facts\""));
      assertThat(text(head))
          .contains(
              words.of(
                  "verdict." + level.name().toLowerCase(Locale.ROOT) + ".sentence",
                  words.of(name("货"))));
      assertThat(svg(head)).isEqualTo(svg(icon(tone)));
      if (level != Level.COMPLETE) {
        assertThat(svg(head)).as("no tick").isNotEqualTo(svg(icon("held")));
      }
    }
  }

  @Test
  void whatNobodyJudgedIsUnknown() {
    String html = html(page(new Verdict(Level.UNKNOWN, List.of()), List.of(), null), false);
    assertThat(html).contains("verdict--unknown").doesNotContain("verdict--complete");
    assertThat(text(html)).contains(words(false).of("trace.nothing"));
  }

  @Test
  void everyFindingIsShown() {
    List<Finding> findings = new ArrayList<>();
    for (FindingCode code : FindingCode.values()) {
      findings.add(finding(code.id(), code.severity()));
    }
    // Those of a pack's own checks, several of one code.
    findings.add(finding("check:own", Severity.PROBLEM));
    findings.add(
        new Finding("check:own", Severity.DOUBT, List.of(), new Localized("另一条", "yet another")));
    for (boolean english : List.of(false, true)) {
      String html = html(page(new Verdict(Level.PROBLEM, findings), List.of(), null), english);
      String text = text(html);
      for (Finding finding : findings) {
        assertThat(html).contains("data-finding=\"" + finding.code() + "\"");
        if (!finding.code().equals(FindingCode.LINK_PRESENT.id())) {
          assertThat(text).contains(words(english).of(finding.message()));
        }
      }
      assertThat(text).contains(words(english).of("held.links", 1L));
    }
  }

  @Test
  void aNameIsTextWhateverStandsInIt() {
    Localized hostile = new Localized(HOSTILE, HOSTILE);
    Finding finding = new Finding("check:x", Severity.PROBLEM, List.of(), hostile);
    Finding missing =
        new Finding(FindingCode.MISSING_LINK.id(), Severity.DOUBT, List.of(), hostile);
    for (boolean english : List.of(false, true)) {
      String html =
          html(
              page(
                  new Verdict(Level.PROBLEM, List.of(finding, missing)),
                  List.of(stop(hostile, HOSTILE)),
                  hostile),
              english);
      assertThat(html).doesNotContain("<script>alert").doesNotContain("<img src=x");
      assertThat(html.split(Pattern.quote("&lt;script&gt;"), -1).length)
          .as("name, party, place, step, paper, test, findings, station, title")
          .isGreaterThan(8);
      assertThat(text(html)).contains(HOSTILE);
    }
  }

  @Test
  void whatWasTestedHasAnEnglishNameWhereOneIsKnown() {
    TestWords words = TestWords.of(PackLoader.bundled().all());
    assertThat(words.item("β-受体激动剂残留").en()).isEqualTo("beta-agonist residues");
    assertThat(words.item("有机磷和氨基甲酸酯类农药残留").zh()).isEqualTo("有机磷和氨基甲酸酯类农药残留");
    assertThat(words.item("beta-agonist residues").zh()).isEqualTo("β-受体激动剂残留");
    assertThat(words.item("软管、减压阀，未见过的、报警器"))
        .isEqualTo(new Localized("软管、减压阀、未见过的、报警器", "hose, regulator, 未见过的, gas alarm"));
    assertThat(words.item("TSG T5002 附件A1"))
        .isEqualTo(new Localized("TSG T5002 附件A1", "TSG T5002 annex A1"));
    assertThat(words.item("未见过的项目")).isEqualTo(new Localized("未见过的项目", "未见过的项目"));
    assertThat(words.item(null)).isEqualTo(words.item(" "));
  }

  @Test
  void thePageIsInOneLanguage() {
    List<Finding> findings = new ArrayList<>();
    for (FindingCode code : FindingCode.values()) {
      findings.add(finding(code.id(), code.severity()));
    }
    TracePage page =
        page(new Verdict(Level.PROBLEM, findings), List.of(stop(name("站"), "010203")), name("猪肉"));

    String chinese = html(page, false);
    assertThat(chinese).contains("lang=\"zh-CN\"");
    assertThat(text(chinese).replace("English", ""))
        .doesNotContain("??")
        .doesNotContainPattern(ENGLISH_WORD);

    String english = html(page, true);
    assertThat(english).contains("<html lang=\"en\"");
    assertThat(text(english).replace("中文", "")).doesNotContain("??").doesNotContainPattern(CHINESE);
  }

  private static Finding finding(String code, Severity severity) {
    return new Finding(
        code,
        severity,
        List.of(),
        new Localized("说明" + digits(code), "remark " + code.replace(':', ' ')));
  }

  /** So that the Chinese text has no Latin letters. */
  private static String digits(String code) {
    return Integer.toString(code.hashCode() & 0xffff);
  }

  private static Localized name(String zh) {
    return new Localized(zh, "name " + zh.codePointAt(0));
  }

  private static Stop stop(Localized words, String number) {
    OffsetDateTime time = OffsetDateTime.parse("2026-01-31T08:00:00+08:00");
    return new Stop(
        "stop-0",
        words,
        time,
        time.plusHours(1),
        2,
        words,
        words,
        Arrays.stream(Stop.Paper.State.values())
            .map(state -> new Stop.Paper(words, number + state.ordinal(), null, null, state))
            .toList(),
        List.of(new Stop.TestLine(words, null)),
        Standing.DECLARED,
        Certainty.POSSIBLE,
        true,
        Set.of(Trace.Flag.values()),
        List.of());
  }

  private static TracePage page(Verdict verdict, List<Stop> stops, @Nullable Localized name) {
    Localized party = stops.isEmpty() ? name("某") : stops.getFirst().party();
    FlowDrawing drawing =
        FlowDrawing.of(
            List.of(
                new FlowDrawing.Party("a", party, false), new FlowDrawing.Party("b", party, true)),
            List.of(new FlowDrawing.Handover("a", "b", BigDecimal.ONE, true)),
            "b");
    return new TracePage(
        "61010200010001000045",
        "6101 0200 0100 0100 0045",
        name("码"),
        name,
        verdict,
        List.of(),
        stops,
        drawing,
        List.of(party),
        true,
        Instant.parse("2026-02-01T00:00:00Z"),
        new TreeHead("1", 7, new byte[32], Instant.EPOCH));
  }

  private static PageWords words(boolean english) {
    return new PageWords(MESSAGES, english, ZoneId.of("Asia/Shanghai"));
  }

  private static String html(TracePage page, boolean english) {
    PageView view = PageView.of(page, "/q/61010200010001000045.svg", words(english));
    return render(
        "portal/trace",
        english,
        Map.of(
            "title",
            view.product() == null ? "1" : view.product(),
            "english",
            english,
            "ask",
            english ? "?lang=en" : "",
            "consumer",
            true,
            "otherLanguageUrl",
            "/t/61010200010001000045?lang=" + (english ? "zh" : "en"),
            "page",
            page,
            "view",
            view));
  }

  private static String icon(String tone) {
    return ENGINE.process("portal/icons", Set.of("icon"), context(false, Map.of("tone", tone)));
  }

  private static String svg(String html) {
    return html.substring(html.indexOf("<svg"), html.indexOf("</svg>"));
  }

  private static String render(String template, boolean english, Map<String, Object> model) {
    return ENGINE.process(template, context(english, model));
  }

  private static WebContext context(boolean english, Map<String, Object> model) {
    MockServletContext servlets = new MockServletContext();
    return new WebContext(
        JakartaServletWebApplication.buildApplication(servlets)
            .buildExchange(new MockHttpServletRequest(servlets), new MockHttpServletResponse()),
        words(english).locale(),
        model);
  }

  /** What one reads. */
  private static String text(String html) {
    return HtmlUtils.htmlUnescape(MARKUP.matcher(html.replace('\n', ' ')).replaceAll(" "));
  }

  private static ResourceBundleMessageSource messages() {
    ResourceBundleMessageSource messages = new ResourceBundleMessageSource();
    messages.setBasename("messages");
    messages.setDefaultEncoding("UTF-8");
    messages.setFallbackToSystemLocale(false);
    messages.setAlwaysUseMessageFormat(true);
    return messages;
  }

  private static SpringTemplateEngine engine() {
    ClassLoaderTemplateResolver templates = new ClassLoaderTemplateResolver();
    templates.setPrefix("templates/");
    templates.setSuffix(".html");
    templates.setCharacterEncoding("UTF-8");
    SpringTemplateEngine engine = new SpringTemplateEngine();
    engine.setTemplateResolver(templates);
    engine.setTemplateEngineMessageSource(MESSAGES);
    return engine;
  }
}
