package org.yuanliu.platform.trace;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Where a cut answer goes on. It holds no more than a place in a walk, which is walked again; what
 * may be seen is decided then, so the token needs no secret.
 *
 * @param request which walk it belongs to
 * @param horizon the journal's end when the walk began: later pages look at the same state
 * @param toldDepth a walk to this depth was told whole; -1 for none
 * @param depth how deep it goes now
 * @param offset steps told so far of this walk
 */
record TraceToken(UUID request, long horizon, int toldDepth, int depth, long offset) {
  private static final byte VERSION = 1;
  private static final int BYTES = 1 + 2 * Long.BYTES + Long.BYTES + 2 + Long.BYTES;

  static UUID requestKey(TraceRequest request) {
    return UnitIndex.key(
        request.direction() + "\n" + String.join("\n", new TreeSet<>(request.units())));
  }

  String encode() {
    ByteBuffer bytes =
        ByteBuffer.allocate(BYTES)
            .put(VERSION)
            .putLong(request.getMostSignificantBits())
            .putLong(request.getLeastSignificantBits())
            .putLong(horizon)
            .put((byte) toldDepth)
            .put((byte) depth)
            .putLong(offset);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
  }

  /**
   * @throws IllegalArgumentException the text is no token, or one of another request
   */
  static TraceToken decode(String text, TraceRequest request) {
    TraceToken token = parse(text);
    if (!token.request.equals(requestKey(request))) {
      throw new IllegalArgumentException("the token belongs to another request");
    }
    return token;
  }

  private static TraceToken parse(String text) {
    ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text.getBytes(UTF_8)));
    try {
      byte version = bytes.get();
      TraceToken token =
          new TraceToken(
              new UUID(bytes.getLong(), bytes.getLong()),
              bytes.getLong(),
              bytes.get(),
              bytes.get(),
              bytes.getLong());
      boolean sound =
          version == VERSION
              && !bytes.hasRemaining()
              && token.horizon >= 0
              && token.toldDepth >= -1
              && token.depth > token.toldDepth
              && token.depth <= TraceLimits.MAX_DEPTH
              && token.offset >= 0
              && token.offset <= Page.MAX_STEPS;
      if (sound) {
        return token;
      }
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException("not a token", e);
    }
    throw new IllegalArgumentException("not a token");
  }
}
