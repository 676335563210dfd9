package org.yuanliu.industry;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The words that an element may take, in their order.
 *
 * @param id stable name within the pack
 */
public record CodeList(String id, Map<String, Word> words) {
  public CodeList {
    requireNonNull(id, "id is null");
    words = Collections.unmodifiableMap(new LinkedHashMap<>(words));
  }

  /**
   * One word.
   *
   * @param uri what it is in an event; null if the word itself is
   */
  public record Word(String code, Localized names, @Nullable String uri) {
    public Word {
      requireNonNull(code, "code is null");
      requireNonNull(names, "names is null");
    }

    /** What stands in an event. */
    public String written() {
      return uri == null ? code : uri;
    }
  }

  /** The word that an event's value means. */
  public Optional<Word> ofEvent(String value) {
    return words.values().stream().filter(word -> word.written().equals(value)).findFirst();
  }
}
