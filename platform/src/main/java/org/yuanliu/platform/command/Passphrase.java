package org.yuanliu.platform.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A passphrase comes in a file: arguments are in every list of processes. */
final class Passphrase {
  /** A guessable passphrase protects nothing that lies on another's disk. */
  static final int MIN_LENGTH = 12;

  private Passphrase() {}

  static char @Nullable [] read(@Nullable Path file) throws IOException {
    if (file == null) {
      return null;
    }
    try (BufferedReader reader =
        Files.newBufferedReader(CallerPath.ofFile(file), StandardCharsets.UTF_8)) {
      String line = reader.readLine();
      if (line == null || line.strip().length() < MIN_LENGTH) {
        throw new IllegalArgumentException(
            "口令文件的第一行至少要有 %1$d 个字符    the first line of the passphrase file needs %1$d characters at least"
                .formatted(MIN_LENGTH));
      }
      return line.strip().toCharArray();
    }
  }
}
