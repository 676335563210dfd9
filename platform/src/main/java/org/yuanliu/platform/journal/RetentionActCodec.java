package org.yuanliu.platform.journal;

import org.springframework.stereotype.Component;

/** Reads retention acts back. */
@Component
final class RetentionActCodec implements SubjectCodec {
  @Override
  public EntryKind kind() {
    return EntryKind.RETENTION_ACT;
  }

  @Override
  public RetentionAct decode(byte[] body) {
    return RetentionAct.parse(body);
  }
}
