package org.yuanliu.bench;

import java.util.Locale;

/** The server's heap as its own metrics tell it. */
final class ServerMemory {
  private static final double MB = 1024 * 1024;

  private ServerMemory() {}

  static String of(Target target) throws Exception {
    String metrics = target.get("/actuator/prometheus").body();
    double used = sum(metrics, "jvm_memory_used_bytes{area=\"heap\"");
    double max = sum(metrics, "jvm_memory_max_bytes{area=\"heap\"");
    return String.format(Locale.ROOT, "heap %.0f MB used of %.0f MB allowed", used / MB, max / MB);
  }

  private static double sum(String metrics, String prefix) {
    return metrics
        .lines()
        .filter(line -> line.startsWith(prefix))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .filter(value -> value > 0)
        .sum();
  }
}
