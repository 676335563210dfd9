package org.yuanliu.industry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yuanliu.industry.Expression.Outcome;

class ExpressionsTest {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private static final Map<String, CelType> VARIABLES =
      Map.of(
          "heads", SimpleType.INT,
          "weight", SimpleType.DOUBLE,
          "name", SimpleType.STRING,
          "made", SimpleType.TIMESTAMP,
          "sold", SimpleType.TIMESTAMP,
          "codes", ListType.create(SimpleType.STRING),
          "given", ListType.create(SimpleType.STRING));

  private static Map<String, Object> values() {
    Map<String, Object> values = new HashMap<>();
    values.put("heads", 3L);
    values.put("weight", 2.5);
    values.put("name", "pig");
    values.put("made", Instant.parse("2026-11-20T00:00:00Z"));
    values.put("sold", Instant.parse("2026-11-21T00:00:00Z"));
    values.put("codes", List.of("a", "b"));
    values.put("given", List.of("heads"));
    return values;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "heads == 3 && weight < 2.6",
        "heads > weight",
        "sold - made <= duration('24h')",
        "sold - made > duration('23h59m')",
        "made + duration('24h') == sold",
        "sold.getHours('Asia/Shanghai') == 8",
        "codes.all(c, size(c) == 1) && codes.exists(c, c == 'b')",
        "name.matches('^p.g$') && name in ['pig', 'cow']",
        "size(codes) == 2",
        "'heads' in given"
      })
  void saysWhatPacksSay(String text) {
    assertThat(Expressions.compile(text, VARIABLES).evaluate(values())).isEqualTo(Outcome.TRUE);
  }

  @Test
  void tellsThePartsOfACode() {
    Map<String, CelType> variables = new java.util.HashMap<>(VARIABLES);
    Map<String, Object> values = values();
    values.put("name", "urn:yuanliu:pesticide:11801231100123456789012345678901");
    for (String text :
        new String[] {
          "part(name, 'registration') == '180123'",
          "'PD20180123'.endsWith(part(name, 'registration'))",
          "part(name, 'production') in ['', '1']",
          "part(name, 'species') == ''",
          "codes.all(c, part(c, 'registration') == '')",
        }) {
      assertThat(Expressions.compile(text, variables).evaluate(values))
          .as(text)
          .isEqualTo(Outcome.TRUE);
    }
  }

  @Test
  void doesNotApplyToWhatIsNotThere() {
    Expression expression = Expressions.compile("heads < 3 || 'heads' in given", VARIABLES);
    assertThat(expression.uses()).containsExactlyInAnyOrder("heads", "given");
    Map<String, Object> values = values();
    assertThat(expression.evaluate(values)).isEqualTo(Outcome.TRUE);
    values.remove("heads");
    assertThat(expression.evaluate(values)).isEqualTo(Outcome.NOT_APPLICABLE);
    // What a loop calls its item is no element, even if one is called so.
    assertThat(Expressions.compile("codes.all(x, x != '')", VARIABLES).uses())
        .containsExactly("codes");
  }

  @Test
  void breaksOffWithoutHarm() {
    assertThat(Expressions.compile("heads / (heads - 3) > 1", VARIABLES).evaluate(values()))
        .isEqualTo(Outcome.BROKEN);
    assertThat(Expressions.compile("heads * 9223372036854775807 > 1", VARIABLES).evaluate(values()))
        .isEqualTo(Outcome.BROKEN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // Not a yes or no, not typed, not known.
        "heads + 1",
        "heads < 'three'",
        "length < 3",
        "heads <",
        // What could grow.
        "name + name == 'pigpig'",
        "codes + codes == codes",
        "codes.map(c, c).size() == 2",
        "codes.filter(c, true).size() == 2",
        "[name].exists(a, [a + a].exists(b, [b + b].exists(c, c == '')))",
        // What could lose its type, or reach outside.
        "dyn(name) == 'pig'",
        "google.protobuf.Any{} == name",
        "java.lang.System.exit(0)",
        "name.getClass() == name",
        // A part that no code has, or that nobody can tell beforehand.
        "part(name, 'regsitration') == ''",
        "part(name, name) == ''",
        "part(name) == ''",
        "part(codes, 'registration') == ''"
      })
  void isRefusedAtTheLoading(String text) {
    assertThatThrownBy(() -> Expressions.compile(text, VARIABLES))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void isOfLimitedSizeAndDepth() {
    String inside = "heads == 3" + " ".repeat(Expressions.MAX_LENGTH - 10);
    assertThat(Expressions.compile(inside, VARIABLES).evaluate(values())).isEqualTo(Outcome.TRUE);
    assertThatThrownBy(() -> Expressions.compile(inside + " ", VARIABLES))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> Expressions.compile("(".repeat(200) + "true" + ")".repeat(200), VARIABLES))
        .isInstanceOf(IllegalArgumentException.class);
    String many = "heads==3" + "||heads==3".repeat(90);
    assertThat(Expressions.compile(many, VARIABLES).evaluate(values())).isEqualTo(Outcome.TRUE);
  }

  @Test
  void itsLoopsEnd() {
    Expression nested =
        Expressions.compile(
            "codes.all(a, codes.all(b, codes.all(c, codes.all(d, size(a) > 0))))", VARIABLES);
    Map<String, Object> values = values();
    assertThat(nested.evaluate(values)).isEqualTo(Outcome.TRUE);
    values.put("codes", Collections.nCopies(2_000, "x"));
    long began = THREADS.getCurrentThreadCpuTime();
    assertThat(nested.evaluate(values)).isEqualTo(Outcome.BROKEN);
    assertThat(Duration.ofNanos(THREADS.getCurrentThreadCpuTime() - began))
        .isLessThan(Duration.ofSeconds(2));
    Expression once = Expressions.compile("codes.all(a, size(a) > 0)", VARIABLES);
    assertThat(once.evaluate(values)).isEqualTo(Outcome.TRUE);
    values.put("codes", Collections.nCopies(Expressions.MAX_ITERATIONS + 1, "x"));
    assertThat(once.evaluate(values)).isEqualTo(Outcome.BROKEN);
  }

  @Test
  void itsPatternsRunInLinearTime() {
    Expression evil = Expressions.compile("name.matches('^(a+)+$')", VARIABLES);
    Map<String, Object> values = values();
    values.put("name", "a".repeat(30_000) + "b");
    long began = THREADS.getCurrentThreadCpuTime();
    assertThat(evil.evaluate(values)).isEqualTo(Outcome.FALSE);
    assertThat(Duration.ofNanos(THREADS.getCurrentThreadCpuTime() - began))
        .isLessThan(Duration.ofSeconds(2));
    assertThat(
            Expressions.compile("name.matches('(((a{30}){30}){30})')", VARIABLES).evaluate(values))
        .isEqualTo(Outcome.BROKEN);
  }
}
