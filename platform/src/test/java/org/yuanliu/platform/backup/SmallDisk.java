package org.yuanliu.platform.backup;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A small file system in memory that fills up. */
final class SmallDisk {
  private SmallDisk() {}

  /**
   * @return false where the machine does not let us
   */
  static boolean mount(Path at, String size) throws InterruptedException {
    return run("mount", "-t", "tmpfs", "-o", "size=" + size, "yuanliu-test", at.toString());
  }

  static boolean resize(Path at, String size) throws InterruptedException {
    return run("mount", "-o", "remount,size=" + size, at.toString());
  }

  static void unmount(Path at) throws InterruptedException {
    run("umount", "--lazy", at.toString());
  }

  private static boolean run(String... command) throws InterruptedException {
    try {
      Process process = new ProcessBuilder(command).start();
      return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false; // no such command
    }
  }
}
