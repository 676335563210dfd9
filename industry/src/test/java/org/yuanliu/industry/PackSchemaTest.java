package org.yuanliu.industry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/** The published schema and the reader agree on what a pack is. */
class PackSchemaTest {
  /** Of each pack; each place is changed in six ways, and the whole pack looked at each time. */
  private static final int PLACES = 12;

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Schema SCHEMA =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(JSON.writeValueAsString(PackSchema.json()), InputFormat.JSON);

  static List<String> bundled() {
    return PackLoader.bundledFiles();
  }

  @ParameterizedTest
  @MethodSource("bundled")
  void takesTheBundledPacks(String file) throws IOException {
    assertThat(refusals(read(file))).isEmpty();
  }

  /** Takes each plain value and each key of a pack away, or puts something else in its place. */
  @ParameterizedTest
  @MethodSource("bundled")
  void refusesWhatTheReaderRefuses(String file) throws IOException {
    PackNode root = PackNode.Reader.read(file, read(file).getBytes(UTF_8));
    int refused = 0;
    int count = Mutation.count(root);
    // So many of each file: it has thousands of places, and neighbours are alike.
    int step = count / PLACES + 1;
    for (int place = 0; place < count; place += step) {
      for (Mutation.Kind kind : Mutation.Kind.values()) {
        PackNode mutated = Mutation.at(root, place, kind);
        boolean reader = refuses(file, mutated);
        boolean schema = !refusals(JSON.writeValueAsString(plain(mutated))).isEmpty();
        assertThat(schema).as("place %d, %s: %s", place, kind, plain(mutated)).isEqualTo(reader);
        refused += reader ? 1 : 0;
      }
    }
    assertThat(refused).isGreaterThan(count / step);
  }

  private static boolean refuses(String file, PackNode node) {
    try {
      PackStructure.require(file, node, PackFormat.PACK);
      return false;
    } catch (PackException e) {
      return true;
    }
  }

  private static List<com.networknt.schema.Error> refusals(String yamlOrJson) {
    PackNode root = PackNode.Reader.read("test", yamlOrJson.getBytes(UTF_8));
    return SCHEMA.validate(JSON.writeValueAsString(plain(root)), InputFormat.JSON);
  }

  /** Plain values as texts, as the reader takes them. */
  private static Object plain(PackNode node) {
    return switch (node) {
      case PackNode.Scalar scalar -> scalar.text();
      case PackNode.Sequence sequence -> {
        List<Object> items = new ArrayList<>();
        sequence.items().forEach(item -> items.add(plain(item)));
        yield items;
      }
      case PackNode.Mapping mapping -> {
        Map<String, Object> fields = new LinkedHashMap<>();
        mapping.fields().forEach((key, field) -> fields.put(key, plain(field.value())));
        yield fields;
      }
    };
  }

  private static String read(String file) throws IOException {
    try (InputStream in =
        PackSchemaTest.class.getClassLoader().getResourceAsStream("packs/" + file)) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }
}
