package org.yuanliu.platform.capture;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yuanliu.epcis.EpcisEvent;
import org.yuanliu.epcis.YlVocabulary;
import tools.jackson.databind.JsonNode;

/** Those of an event's own {@code yl:} fields that the door looks at, found in one pass. */
record YlFields(
    @Nullable Field principal,
    @Nullable Field division,
    @Nullable Field industry,
    @Nullable Field product,
    @Nullable Field attribution) {

  /**
   * @param name as the sender wrote it, for the pointer
   */
  record Field(String name, JsonNode value) {
    @Nullable String text() {
      return value.isString() ? value.stringValue() : null;
    }
  }

  static YlFields of(EpcisEvent event) {
    Field principal = null;
    Field division = null;
    Field industry = null;
    Field product = null;
    Field attribution = null;
    for (Map.Entry<String, JsonNode> member : event.body().properties()) {
      String name = member.getKey();
      if (name.indexOf(':') < 0) {
        continue;
      }
      String full = event.context().expand(name);
      if (!full.startsWith(YlVocabulary.NAMESPACE)) {
        continue;
      }
      Field field = new Field(name, member.getValue());
      switch (full.substring(YlVocabulary.NAMESPACE.length())) {
        case YlVocabulary.PRINCIPAL -> principal = field;
        case YlVocabulary.DIVISION -> division = field;
        case YlVocabulary.INDUSTRY -> industry = field;
        case YlVocabulary.PRODUCT -> product = field;
        case YlVocabulary.ATTRIBUTION -> attribution = field;
        default -> {}
      }
    }
    return new YlFields(principal, division, industry, product, attribution);
  }
}
