package org.yuanliu.platform.demo;

/** The server refused something of the demonstration, which it should never do. */
final class DemoException extends RuntimeException {
  private static final long serialVersionUID = 1;

  DemoException(String message) {
    super(message);
  }
}
