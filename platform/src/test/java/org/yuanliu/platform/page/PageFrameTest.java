package org.yuanliu.platform.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PageFrameTest {
  @Test
  void theOtherLanguageKeepsWhatWasAskedFor() {
    assertThat(PageFrame.otherLanguage("/open-data/a/b", "period=2026-03-01&lang=en", true))
        .isEqualTo("/open-data/a/b?period=2026-03-01&lang=zh");
    assertThat(PageFrame.otherLanguage("/t", "lang=zh&code=%E8%82%89+1&x", false))
        .isEqualTo("/t?code=%E8%82%89+1&x&lang=en");
    assertThat(PageFrame.otherLanguage("/standards", null, false)).isEqualTo("/standards?lang=en");
    assertThat(PageFrame.otherLanguage("/standards", "&&language=1", true))
        .isEqualTo("/standards?language=1&lang=zh");
  }
}
