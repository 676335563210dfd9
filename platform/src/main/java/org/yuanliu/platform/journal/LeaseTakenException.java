package org.yuanliu.platform.journal;

/** Another server writes this journal; two would tear it. */
public final class LeaseTakenException extends RuntimeException {
  private static final long serialVersionUID = 1;

  LeaseTakenException(String holder) {
    super(
        "另一个服务正在写入该数据库的日志（"
            + holder
            + "）/ Another server is writing the journal of this database ("
            + holder
            + ")");
  }
}
