package org.yuanliu.codes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class CreditCodeIssueTest {
  @Test
  void givesBothCheckCharacters() {
    CreditCode code = CreditCode.issue("91350100M000100Y");

    // The example of GB 32100-2015, whose check characters are 4 and 3.
    assertThat(code.value()).isEqualTo("91350100M000100Y43");
    assertThat(code.organisationCheckHolds()).isTrue();
  }

  @Test
  void refusesAStemOfAnotherLength() {
    assertThatThrownBy(() -> CreditCode.issue("91350100M000100")).isInstanceOf(CodeException.class);
    assertThatThrownBy(() -> CreditCode.issue("91350100M000100Y4"))
        .isInstanceOf(CodeException.class);
  }
}
