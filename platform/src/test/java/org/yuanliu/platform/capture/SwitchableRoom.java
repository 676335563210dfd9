package org.yuanliu.platform.capture;

import org.yuanliu.platform.database.StorageRoom;

/** A disk that is full when a test says so. */
final class SwitchableRoom implements StorageRoom {
  private volatile boolean left = true;

  void left(boolean is) {
    left = is;
  }

  @Override
  public boolean isLeft() {
    return left;
  }
}
