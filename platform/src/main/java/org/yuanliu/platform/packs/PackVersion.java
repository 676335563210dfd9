package org.yuanliu.platform.packs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import org.springframework.stereotype.Component;
import org.yuanliu.platform.journal.EntryKind;
import org.yuanliu.platform.journal.Subject;
import org.yuanliu.platform.journal.SubjectCodec;

/**
 * The subject of entries of the kind {@link EntryKind#PACK_VERSION}: a version of a pack took its
 * place among those in force.
 *
 * @param yaml the file as written
 */
record PackVersion(String yaml) implements Subject {
  PackVersion {
    requireNonNull(yaml, "yaml is null");
  }

  /** The body is the file. */
  @Component
  static final class Codec implements SubjectCodec {
    @Override
    public EntryKind kind() {
      return EntryKind.PACK_VERSION;
    }

    @Override
    public PackVersion decode(byte[] body) {
      return new PackVersion(new String(body, UTF_8));
    }
  }
}
