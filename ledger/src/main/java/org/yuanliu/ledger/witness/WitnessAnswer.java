package org.yuanliu.ledger.witness;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.util.List;
import org.yuanliu.ledger.note.NoteSignature;

/** What a witness answers to {@code add-checkpoint}, with status, type and body for HTTP. */
public sealed interface WitnessAnswer {
  int status();

  default String contentType() {
    return "text/plain; charset=utf-8";
  }

  byte[] body();

  /** 200: cosigned. */
  record Cosigned(List<NoteSignature> signatures) implements WitnessAnswer {
    public Cosigned {
      signatures = List.copyOf(signatures);
      if (signatures.isEmpty()) {
        throw new IllegalArgumentException("cosigned without a signature");
      }
    }

    @Override
    public int status() {
      return 200;
    }

    @Override
    public byte[] body() {
      StringBuilder lines = new StringBuilder();
      signatures.forEach(signature -> lines.append(signature.line()));
      return lines.toString().getBytes(UTF_8);
    }
  }

  /** 400, 403, 404, 409 or 422, with a line that says why. */
  record Refused(Reason reason, String detail) implements WitnessAnswer {
    public Refused {
      requireNonNull(reason, "reason is null");
      requireNonNull(detail, "detail is null");
    }

    @Override
    public int status() {
      return reason.status;
    }

    @Override
    public byte[] body() {
      return (detail + "\n").getBytes(UTF_8);
    }
  }

  /** 409: the witness cosigned last at another size, which the body tells. */
  record Conflict(long size) implements WitnessAnswer {
    public static final String CONTENT_TYPE = "text/x.tlog.size";

    public Conflict {
      if (size < 0) {
        throw new IllegalArgumentException("size is negative: " + size);
      }
    }

    @Override
    public int status() {
      return 409;
    }

    @Override
    public String contentType() {
      return CONTENT_TYPE;
    }

    @Override
    public byte[] body() {
      return (size + "\n").getBytes(US_ASCII);
    }
  }

  /** Why a witness refuses. */
  enum Reason {
    /** Not a request, or the old size is over the checkpoint's. */
    MALFORMED(400),
    /** Not signed by a key that the witness trusts for this log. */
    NOT_SIGNED(403),
    /** A log that the witness does not watch. */
    UNKNOWN_LOG(404),
    /**
     * Another tree of the size that was cosigned: the log shows a second history. Told from {@link
     * Conflict} by the type of its content.
     */
    FORKED(409),
    /** Not proved to continue what was cosigned: the log may show a second history. */
    INCONSISTENT(422);

    private final int status;

    Reason(int status) {
      this.status = status;
    }
  }
}
