package org.yuanliu.platform.capture;

import jakarta.servlet.http.HttpServletRequest;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.yuanliu.epcis.DocumentFormat;
import org.yuanliu.epcis.ViolationCode;
import org.yuanliu.platform.binding.EpcisProblems;
import org.yuanliu.platform.problem.Problem.Detail;
import org.yuanliu.platform.problem.ProblemException;

/**
 * Reads request bodies in bounded memory: never more than the limit and one byte, before
 * decompression and after it, whatever the headers promise.
 */
@Component
final class BodyReader {
  private static final String GZIP = "gzip";

  /** So much is read of a body of unknown size before room is taken for the largest. */
  private static final int SMALL_BYTES = 64 << 10;

  private final CaptureSettings settings;
  private final CaptureBudget budget;

  BodyReader(CaptureSettings settings, CaptureBudget budget) {
    this.settings = settings;
    this.budget = budget;
  }

  /**
   * A whole body, in the syntax that its media type says, with the room that it takes; to be closed
   * when neither it nor what was made from it is needed any more.
   */
  record Body(byte[] bytes, DocumentFormat format, CaptureBudget.Room room)
      implements AutoCloseable {
    @Override
    public void close() {
      room.close();
    }
  }

  /**
   * The body of a request that sends JSON or XML.
   *
   * @throws ProblemException 413 past the limit; 415 for another media type, charset or encoding;
   *     400 for broken compression; 503 where there is no room
   */
  Body read(HttpServletRequest request) throws IOException {
    Sent sent = sent(request.getContentType());
    Body body = read(request, sent.format());
    if (!XmlEncoding.mayBe(sent.charset(), body.bytes())) {
      body.close();
      throw unsupported();
    }
    return body;
  }

  private Body read(HttpServletRequest request, DocumentFormat format) throws IOException {
    boolean compressed = isCompressed(request.getHeader(HttpHeaders.CONTENT_ENCODING));
    long announced = request.getContentLengthLong();
    if (announced > settings.maxBytes()) {
      throw tooLarge();
    }
    try (InputStream in =
        compressed
            ? new GZIPInputStream(new Counted(request.getInputStream(), settings.maxBytes()))
            : request.getInputStream()) {
      return announced >= 0 && !compressed
          ? known(in, (int) announced, format)
          : unknown(in, format);
    } catch (ZipException | EOFException e) {
      throw new ProblemException(
          EpcisProblems.invalid(
              List.of(
                  new Detail(
                      ViolationCode.MALFORMED_JSON.code(),
                      "",
                      "gzip 压缩内容损坏",
                      "the gzip compression is broken"))));
    }
  }

  private Body known(InputStream in, int announced, DocumentFormat format) throws IOException {
    CaptureBudget.Room room = budget.take(announced);
    return filled(room, in, new byte[0], announced, format);
  }

  /** What a compressed or chunked body comes to is not known before its end. */
  private Body unknown(InputStream in, DocumentFormat format) throws IOException {
    byte[] head = in.readNBytes(Math.min(SMALL_BYTES, settings.maxBytes()));
    boolean ended = head.length < SMALL_BYTES && head.length < settings.maxBytes();
    CaptureBudget.Room room = budget.take(ended ? head.length : settings.maxBytes());
    return ended
        ? new Body(head, format, room)
        : filled(room, in, head, settings.maxBytes(), format);
  }

  private Body filled(
      CaptureBudget.Room room, InputStream in, byte[] head, int limit, DocumentFormat format)
      throws IOException {
    boolean read = false;
    try {
      byte[] rest = in.readNBytes(limit - head.length);
      if (head.length + rest.length == settings.maxBytes() && in.read() >= 0) {
        throw tooLarge();
      }
      byte[] bytes = rest;
      if (head.length > 0) {
        bytes = Arrays.copyOf(head, head.length + rest.length);
        System.arraycopy(rest, 0, bytes, head.length, rest.length);
      }
      room.shrinkTo(bytes.length);
      read = true;
      return new Body(bytes, format, room);
    } finally {
      if (!read) {
        room.close();
      }
    }
  }

  private ProblemException tooLarge() {
    return new ProblemException(
        EpcisProblems.tooLarge(
            List.of(
                new Detail(
                    ViolationCode.DOCUMENT_TOO_LARGE.code(),
                    "",
                    "请求内容超过 " + settings.maxBytes() + " 字节",
                    "the body has more than " + settings.maxBytes() + " bytes"))));
  }

  /**
   * What a media type says of a body.
   *
   * @param charset null where it names none, or UTF-8
   */
  private record Sent(DocumentFormat format, @Nullable Charset charset) {}

  private static Sent sent(@Nullable String header) {
    if (header == null) {
      throw EpcisProblems.mediaType(
          "缺少 Content-Type，应为 application/json、application/ld+json 或 application/xml。",
          "There is no Content-Type; application/json, application/ld+json or application/xml is"
              + " due.");
    }
    MediaType type;
    Charset charset;
    try {
      type = MediaType.parseMediaType(header);
      charset = type.getCharset();
    } catch (InvalidMediaTypeException
        | IllegalCharsetNameException
        | UnsupportedCharsetException e) {
      throw unsupported();
    }
    DocumentFormat format = DocumentFormat.ofMediaType(type.toString());
    boolean other = charset != null && !charset.equals(StandardCharsets.UTF_8);
    if (format == null || (other && format == DocumentFormat.JSON)) {
      throw unsupported();
    }
    return new Sent(format, other ? charset : null);
  }

  private static ProblemException unsupported() {
    return EpcisProblems.mediaType(
        "只接受 UTF-8 的 application/json、application/ld+json，以及 application/xml、text/xml。",
        "Only application/json and application/ld+json in UTF-8, application/xml and text/xml are"
            + " taken.");
  }

  private static boolean isCompressed(@Nullable String encoding) {
    if (encoding == null || encoding.isBlank() || encoding.equalsIgnoreCase("identity")) {
      return false;
    }
    if (encoding.strip().toLowerCase(Locale.ROOT).equals(GZIP)) {
      return true;
    }
    throw EpcisProblems.mediaType(
        "只接受 gzip 压缩或不压缩的内容。", "Only gzip or no content encoding is taken.");
  }

  /** Ends a compressed stream that goes on for ever without giving anything. */
  private final class Counted extends FilterInputStream {
    private long left;

    Counted(InputStream in, long limit) {
      super(in);
      this.left = limit;
    }

    @Override
    public int read() throws IOException {
      int value = super.read();
      count(value < 0 ? 0 : 1);
      return value;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int read = super.read(buffer, offset, length);
      count(Math.max(read, 0));
      return read;
    }

    private void count(int read) {
      left -= read;
      if (left < 0) {
        throw tooLarge();
      }
    }
  }
}
