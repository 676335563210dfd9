package org.yuanliu.bench;

import java.io.IOException;
import java.util.Locale;

/** What the server's own metrics tell. */
final class ServerMetrics {
  private static final double MB = 1024 * 1024;

  private ServerMetrics() {}

  static String heap(Target target) throws IOException {
    String metrics = target.get("/actuator/prometheus").body();
    double used = sum(metrics, "jvm_memory_used_bytes{area=\"heap\"");
    double max = sum(metrics, "jvm_memory_max_bytes{area=\"heap\"");
    return String.format(Locale.ROOT, "heap %.0f MB used of %.0f MB allowed", used / MB, max / MB);
  }

  /** All values whose line begins so; those below 0 mean "not known". */
  static double sum(String metrics, String prefix) {
    return metrics
        .lines()
        .filter(line -> line.startsWith(prefix))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .filter(value -> value > 0)
        .sum();
  }
}
