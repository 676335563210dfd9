package org.yuanliu.epcis;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where the bytes of a document come from. It may be opened more than once, each time from the
 * first byte: the places of faults in XML are looked up by a second walk.
 */
public interface DocumentSource {
  /** A new stream of the bytes, which the reader closes. */
  InputStream open() throws IOException;

  /** Bytes in memory; not to be changed while they are read. */
  static DocumentSource of(byte[] document) {
    return new Bytes(requireNonNull(document, "document is null"));
  }

  /** A file, read piece by piece. */
  static DocumentSource of(Path file) {
    requireNonNull(file, "file is null");
    return () -> Files.newInputStream(file);
  }

  /**
   * Bytes in memory.
   *
   * @param bytes not copied
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Bytes(byte[] bytes) implements DocumentSource {
    public Bytes {
      requireNonNull(bytes, "bytes is null");
    }

    @Override
    public InputStream open() {
      return new ByteArrayInputStream(bytes);
    }
  }
}
