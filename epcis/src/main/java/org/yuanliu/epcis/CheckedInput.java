package org.yuanliu.epcis;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Lets through so many bytes and no more, and where asked no bytes that are no UTF-8. */
final class CheckedInput extends FilterInputStream {
  private final int limit;
  private final @Nullable Utf8 utf8;
  private long count;

  private CheckedInput(InputStream in, int limit, @Nullable Utf8 utf8) {
    super(in);
    this.limit = limit;
    this.utf8 = utf8;
  }

  static CheckedInput sized(InputStream in, int limit) {
    return new CheckedInput(in, limit, null);
  }

  static CheckedInput utf8(InputStream in, int limit) {
    return new CheckedInput(in, limit, new Utf8());
  }

  /** Ends the reading of a document that cannot be read on. */
  static final class Fault extends IOException {
    private static final long serialVersionUID = 1L;
    private final Violation violation;

    Fault(Violation violation) {
      super(violation.en());
      this.violation = violation;
    }

    Violation violation() {
      return violation;
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int got = super.read(into, offset, length);
    if (got > 0) {
      count += got;
      if (count > limit) {
        throw new Fault(
            new Violation(
                ViolationCode.DOCUMENT_TOO_LARGE.code(),
                "",
                "文档超过 " + limit + " 字节",
                "the document has more than " + limit + " bytes"));
      }
    }
    if (utf8 != null) {
      long fault = got > 0 ? utf8.feed(into, offset, offset + got) : got < 0 ? utf8.end() : -1;
      if (fault >= 0) {
        throw new Fault(notUtf8(fault));
      }
    }
    return got;
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  static Violation notUtf8(long at) {
    return new Violation(
        ViolationCode.MALFORMED_JSON.code(),
        "",
        "第 " + at + " 字节起不是有效的 UTF-8",
        "not UTF-8 from byte " + at + " on");
  }
}
