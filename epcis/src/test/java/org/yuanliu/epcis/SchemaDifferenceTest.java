package org.yuanliu.epcis;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/**
 * GS1's JSON schema, by a validator of others, and our rules judge the same documents, right ones
 * and thousands with one thing wrong. Where they differ, the difference has a name and a reason
 * here (and in docs/epcis.md); one without a name fails the test.
 */
class SchemaDifferenceTest {
  /** One in so many mutants in the short run. */
  private static final int SAMPLE = 8;

  /** Why the two verdicts may differ. */
  private enum Difference {
    /** The schema lets any URI name a type of event: this repository knows the standard's five. */
    UNKNOWN_EVENT_TYPE,
    /** The schema forgets that a CBV URN names no type of measurement. */
    CBV_URN_IS_NO_MEASUREMENT,
    /** EPCIS 2.0 §7.4.3: only an OBSERVE goes without its parent. The schema never asks for it. */
    AGGREGATION_WITHOUT_PARENT,
    /** The XSD and GS1's own samples give these fields to all five types; the schema to two. */
    PERSISTENT_DISPOSITION_ANYWHERE,
    /** The schema looks at no structure or check digit of a GS1 key. */
    WRONG_KEY
  }

  @Test
  void aSampleOfMutantsIsJudgedAsBySchema() {
    judge(SAMPLE);
  }

  @Test
  @Tag("long")
  void allMutantsAreJudgedAsBySchema() {
    judge(1);
  }

  private static void judge(int sample) {
    Path file = ReferenceData.folder("gs1/schema").resolve("EPCIS-JSON-Schema.json");
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
            .getSchema(new String(ReferenceData.bytes(file), StandardCharsets.UTF_8));
    Mutations mutations = new Mutations(sample);
    List<String> unexplained = new ArrayList<>();
    Set<Difference> met = EnumSet.noneOf(Difference.class);
    int[] judged = new int[2];
    for (Path document : ReferenceData.files(ReferenceData.folder("gs1/json"), ".jsonld")) {
      ObjectNode tree =
          Documents.tree(new String(ReferenceData.bytes(document), StandardCharsets.UTF_8));
      assertThat(valid(schema, tree.toString())).as(document.toString()).isTrue();
      mutations.of(
          tree,
          mutant -> {
            String json = mutant.document().toString();
            ReadResult ours = Documents.READER.readAny(Documents.utf8(json), DocumentFormat.JSON);
            boolean theirs = valid(schema, json);
            judged[theirs ? 0 : 1]++;
            if (theirs != ours instanceof ReadResult.Accepted) {
              Difference known = difference(ours, mutant);
              if (known == null) {
                unexplained.add(mutant + (theirs ? ": we refuse " + ours : ": we accept"));
              } else {
                met.add(known);
              }
            }
          });
    }
    assertThat(unexplained).isEmpty();
    assertThat(judged[0]).as("right ones").isGreaterThan(2_000 / sample);
    assertThat(judged[1]).as("wrong ones").isGreaterThan(4_000 / sample);
    assertThat(met).isNotEmpty();
  }

  private static boolean valid(Schema schema, String json) {
    return schema
        .validate(
            json,
            InputFormat.JSON,
            context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)))
        .isEmpty();
  }

  private static @Nullable Difference difference(ReadResult ours, Mutations.Mutant mutant) {
    if (!(ours instanceof ReadResult.Refused(List<Violation> violations))) {
      return mutant.shape().endsWith("persistentDisposition")
          ? Difference.PERSISTENT_DISPOSITION_ANYWHERE
          : null;
    }
    Violation first = violations.getFirst();
    return switch (first.code()) {
      case "unknown_event_type" -> Difference.UNKNOWN_EVENT_TYPE;
      case "invalid_code" -> Difference.WRONG_KEY;
      case "unknown_term" ->
          mutant.shape().contains("/sensorReport/") && mutant.what().contains("cbv")
              ? Difference.CBV_URN_IS_NO_MEASUREMENT
              : null;
      case "missing_field" ->
          first.en().contains("parentID") && mutant.shape().startsWith("AggregationEvent")
              ? Difference.AGGREGATION_WITHOUT_PARENT
              : null;
      default -> null;
    };
  }
}
