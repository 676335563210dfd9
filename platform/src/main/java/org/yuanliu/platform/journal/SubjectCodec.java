package org.yuanliu.platform.journal;

/** Turns stored bodies of one kind back into their subject; used when views are rebuilt. */
public interface SubjectCodec {
  EntryKind kind();

  /**
   * @param body UTF-8 as handed over in {@link Draft#body()}
   */
  Subject decode(byte[] body);
}
