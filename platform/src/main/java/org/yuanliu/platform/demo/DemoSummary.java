package org.yuanliu.platform.demo;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.yuanliu.platform.demo.DemoFile.BrokenCode;
import org.yuanliu.platform.demo.DemoFile.DemoAccount;

/** What to look at first, in a screen's length. */
final class DemoSummary {
  private static final List<String> SHOWN =
      List.of("pork receipt", "vegetable receipt", "inferred counter");
  private static final List<String> SIGN_IN =
      List.of(
          "operator",
          "city-regulator",
          "district-regulator",
          "slaughterhouse",
          "wholesale-market",
          "stall1",
          "supermarket",
          "security",
          "auditor",
          "privacy-officer");
  private static final Map<String, String> CHINESE =
      Map.of("pork receipt", "猪肉小票", "vegetable receipt", "蔬菜小票", "inferred counter", "多批混放");

  private DemoSummary() {}

  static void print(DemoFile file, Path folder, PrintStream out) {
    out.println();
    out.println("演示已就绪 The demonstration is ready:  " + file.baseUrl());
    out.println();
    out.println("试一试追溯码 Trace codes to try:");
    for (String name : SHOWN) {
      String code = file.traceCodes().get(name);
      out.printf("  %s %-18s %s/t/%s%n", CHINESE.get(name), name, file.baseUrl(), code);
    }
    for (BrokenCode broken : file.broken().subList(0, Math.min(2, file.broken().size()))) {
      out.printf("  有问题 %-19s %s/t/%s%n", broken.kind(), file.baseUrl(), broken.code());
    }
    out.println();
    out.println("账号 Accounts, to sign in at " + file.baseUrl() + "/desk/");
    for (DemoAccount account : file.accounts()) {
      if (SIGN_IN.contains(account.name())) {
        out.printf("  %-20s %-26s %s%n", account.name(), account.password(), account.partyName());
      }
    }
    out.println();
    out.println("更多 More, with keys for scripts: " + folder.resolve(DemoFile.NAME));
    out.println();
    out.flush();
  }
}
