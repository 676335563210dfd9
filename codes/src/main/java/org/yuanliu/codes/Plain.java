package org.yuanliu.codes;

import static java.util.Objects.requireNonNull;

import java.util.function.Function;

/**
 * How bare text without any scheme in front is read as one scheme.
 *
 * @param exact whether the text is taken with its case and separators (dashes of any length as
 *     hyphens, no spaces); else in capitals without separators
 * @param shape a first sieve, not a check
 * @param reader of text that fits; throws {@link CodeException}
 */
record Plain(boolean exact, Shape shape, Function<String, Code> reader) {
  Plain {
    requireNonNull(shape, "shape is null");
    requireNonNull(reader, "reader is null");
  }

  static Plain compact(Shape shape, Function<String, Code> reader) {
    return new Plain(false, shape, reader);
  }

  static Plain exact(Shape shape, Function<String, Code> reader) {
    return new Plain(true, shape, reader);
  }

  /** The bare characters tell too little. */
  static Plain never() {
    return new Plain(
        false,
        Shape.never(),
        text -> {
          throw new AssertionError("a scheme without plain form was asked to read one");
        });
  }
}
