package org.yuanliu.platform;

import org.yuanliu.platform.command.YuanliuCommand;

/** Where the process begins. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    // Images are drawn (QR codes), windows never.
    System.setProperty("java.awt.headless", "true");
    int status = YuanliuCommand.run(args);
    if (status != 0) {
      System.exit(status);
    }
  }
}
