package org.yuanliu.industry;

import static java.util.Objects.requireNonNull;

/**
 * One mistake in a pack's file.
 *
 * @param file the file's name
 * @param line the line, from 1
 * @param rule the rule that it breaks
 */
public record PackProblem(String file, int line, PackRule rule, Localized message) {
  public PackProblem {
    requireNonNull(file, "file is null");
    if (line < 1) {
      throw new IllegalArgumentException("line is less than 1: " + line);
    }
    requireNonNull(rule, "rule is null");
    requireNonNull(message, "message is null");
  }

  /** File, line, rule and both languages, in the form that editors jump to. */
  @Override
  public String toString() {
    return file + ":" + line + ": " + rule.id() + ": " + message.en() + " / " + message.zh();
  }
}
