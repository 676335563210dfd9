package org.yuanliu.codes;

import static java.util.Objects.requireNonNull;

import java.util.List;

/** What became of a text that was typed or scanned. Several fits are a choice, never a guess. */
public sealed interface Reading {
  /** The text is this code and can be no other. */
  record Found(Code code) implements Reading {
    public Found {
      requireNonNull(code, "code is null");
    }
  }

  /** The text fits two or more schemes; a person or the context chooses. */
  record Ambiguous(List<Code> codes) implements Reading {
    public Ambiguous {
      codes = List.copyOf(codes);
      if (codes.size() < 2) {
        throw new IllegalArgumentException("a choice needs two codes, not " + codes.size());
      }
    }
  }

  /** The text is no code. At least one refusal, one for each scheme whose form the text has. */
  record Unreadable(List<Refusal> refusals) implements Reading {
    public Unreadable {
      refusals = List.copyOf(refusals);
      if (refusals.isEmpty()) {
        throw new IllegalArgumentException("an unreadable text needs a reason");
      }
    }
  }
}
