package org.yuanliu.platform.trace;

public enum Direction {
  BACKWARD,
  FORWARD,
  BOTH
}
