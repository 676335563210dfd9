package org.yuanliu.platform.journal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * The stored form of bodies: a version byte, then
 *
 * <ul>
 *   <li>0: the body as it is, where compression gains nothing
 *   <li>1: raw deflate (RFC 1951) with the preset dictionary {@code body-dictionary-1.txt}
 * </ul>
 *
 * <p>An event of a market is 800 bytes of JSON, most of them the standard's words; a stream of its
 * own per body would spend most of its bytes on learning them. A dictionary never changes once a
 * body was stored with it; a better one gets a version of its own.
 *
 * <p>Not for several threads at once: each thread makes its own and closes it.
 */
final class BodyCodec implements AutoCloseable {
  private static final byte PLAIN = 0;
  private static final byte DEFLATE_1 = 1;

  /**
   * Measured on 6,500 events of the demonstration, 829 bytes each on the average: 424 bytes without
   * the dictionary, with it 128 at level 1, 110 at 4, and 104 from level 5 to 9.
   */
  private static final int LEVEL = 5;

  /** Room for an event of a market. */
  private static final int FIRST_BYTES = 1_024;

  private static final byte[] DICTIONARY_1 = resource("body-dictionary-1.txt");

  private final Deflater deflater = new Deflater(LEVEL, true);
  private final Inflater inflater = new Inflater(true);
  private final int maxBytes;
  private byte[] decoded = new byte[0];

  /**
   * @param maxBytes longest body that is taken or given back
   */
  BodyCodec(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  /**
   * The stored form.
   *
   * @throws IllegalArgumentException if the body is longer than allowed
   */
  byte[] encode(byte[] body) {
    if (body.length > maxBytes) {
      throw new IllegalArgumentException(
          "a body of " + body.length + " bytes, more than " + maxBytes);
    }
    byte[] out = new byte[body.length + 1];
    deflater.reset();
    deflater.setDictionary(DICTIONARY_1);
    deflater.setInput(body);
    deflater.finish();
    int length = deflater.deflate(out, 1, out.length - 1);
    if (deflater.finished() && length < body.length) {
      out[0] = DEFLATE_1;
      return Arrays.copyOf(out, length + 1);
    }
    out[0] = PLAIN;
    System.arraycopy(body, 0, out, 1, body.length);
    return out;
  }

  /**
   * The body again.
   *
   * @throws IllegalArgumentException if these are not the bytes of a stored body, or it would be
   *     longer than allowed
   */
  byte[] decode(byte[] stored) {
    int length = decode(stored, 0, stored.length);
    return Arrays.copyOf(decoded, length);
  }

  /**
   * The body of a stored form that stands in a larger array, into {@link #decoded}.
   *
   * @return its length
   * @throws IllegalArgumentException as {@link #decode(byte[])}
   */
  int decode(byte[] bytes, int from, int length) {
    if (length == 0) {
      throw new IllegalArgumentException("a stored body without a version byte");
    }
    return switch (bytes[from]) {
      case PLAIN -> {
        room(length - 1);
        System.arraycopy(bytes, from + 1, decoded, 0, length - 1);
        yield length - 1;
      }
      case DEFLATE_1 -> inflate(bytes, from + 1, length - 1);
      default -> throw new IllegalArgumentException("a stored body of version " + bytes[from]);
    };
  }

  /** What was decoded last, at its beginning; written over by the next. */
  byte[] decoded() {
    return decoded;
  }

  private void room(int length) {
    if (decoded.length < length) {
      decoded = new byte[length];
    }
  }

  private int inflate(byte[] bytes, int from, int stored) {
    inflater.reset();
    inflater.setDictionary(DICTIONARY_1);
    inflater.setInput(bytes, from, stored);
    room(Math.min(maxBytes, Math.max(FIRST_BYTES, stored * 4)));
    int most = Math.min(maxBytes, decoded.length);
    int length = 0;
    try {
      while (true) {
        length += inflater.inflate(decoded, length, most - length);
        if (inflater.finished()) {
          break;
        }
        if (length < most || inflater.needsDictionary()) {
          throw new IllegalArgumentException("a stored body that ends early");
        }
        if (length == maxBytes) {
          throw new IllegalArgumentException("a stored body of more than " + maxBytes + " bytes");
        }
        most = (int) Math.min(maxBytes, most * 2L);
        decoded = Arrays.copyOf(decoded, most);
      }
    } catch (DataFormatException e) {
      throw new IllegalArgumentException("a stored body that is not deflated", e);
    }
    if (inflater.getRemaining() != 0) {
      throw new IllegalArgumentException("a stored body with bytes after its end");
    }
    return length;
  }

  @Override
  public void close() {
    deflater.end();
    inflater.end();
  }

  private static byte[] resource(String name) {
    try (InputStream in = BodyCodec.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
