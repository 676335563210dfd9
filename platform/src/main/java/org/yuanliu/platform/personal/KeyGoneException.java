package org.yuanliu.platform.personal;

import static java.util.Objects.requireNonNull;

import org.yuanliu.platform.problem.Problem;
import org.yuanliu.platform.problem.Problem.Detail;
import org.yuanliu.platform.problem.ProblemException;

/**
 * The key-encryption key is gone, wrong, or its holder does not answer. Personal values can neither
 * be kept nor read until it is back; everything else goes on.
 */
public final class KeyGoneException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String where;
  private final String zh;

  /**
   * @param where the file, setting or program that is asked for the key
   * @param zh what is wrong
   * @param en what is wrong
   */
  KeyGoneException(String where, String zh, String en) {
    super(en + " (" + where + ")");
    this.where = requireNonNull(where, "where is null");
    this.zh = requireNonNull(zh, "zh is null");
  }

  /** What is wrong and where, for the operator's eyes. */
  String told() {
    return zh + " / " + getMessage();
  }

  /** For who sent or asks; where the key lies is the operator's affair. */
  ProblemException refusal() {
    return new ProblemException(
        new Problem(
            "personal-key-unavailable",
            503,
            "个人信息的加密密钥不可用：含个人信息的记录暂不能登记或查看，未登记任何内容。请稍后重发，并通知平台管理员恢复密钥。",
            "The key that encrypts personal data is not to be had: records with personal data can"
                + " neither be stored nor read, and nothing was stored. Send it again later, and"
                + " tell the platform's operator to bring the key back.",
            java.util.List.of(
                new Detail(
                    "personal-key-unavailable",
                    null,
                    "管理员：健康检查 personalKeys 写明缺哪一个密钥、在哪里找；见 docs/operations.md“密钥”。",
                    "Operator: the health check personalKeys tells which key is missing and where"
                        + " it is looked for; see docs/operations.md, \"Keys\"."))));
  }

  String where() {
    return where;
  }
}
