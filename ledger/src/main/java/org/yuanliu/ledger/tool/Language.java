package org.yuanliu.ledger.tool;

import java.util.Locale;

/** The words of an answer. */
enum Language {
  ZH,
  EN;

  /** That of the machine: Chinese, else English. */
  static Language ofMachine() {
    return Locale.getDefault().getLanguage().equals("zh") ? ZH : EN;
  }

  String of(String zh, String en) {
    return this == ZH ? zh : en;
  }
}
