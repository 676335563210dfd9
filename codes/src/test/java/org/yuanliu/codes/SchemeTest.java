package org.yuanliu.codes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SchemeTest {
  @Test
  void everySchemeIsNamedInBothLanguagesAndByItsStandard() {
    assertThat(Scheme.values())
        .allSatisfy(
            scheme -> {
              assertThat(scheme.id()).matches("[a-z]+");
              assertThat(scheme.zhName()).isNotBlank();
              assertThat(scheme.enName()).isNotBlank();
              assertThat(scheme.standard()).isNotBlank();
            });
    assertThat(Arrays.stream(Scheme.values()).map(Scheme::id)).doesNotHaveDuplicates();
  }

  @Test
  void everyReasonHasAStableCodeAndTwoLanguages() {
    assertThat(Refusal.Reason.values())
        .allSatisfy(
            reason -> {
              assertThat(reason.code()).matches("code\\.[a-z0-9-]+");
              assertThat(reason.zh()).matches("(?s).*\\p{IsHan}.*");
              assertThat(reason.en()).matches("[ -~]+");
            });
  }
}
