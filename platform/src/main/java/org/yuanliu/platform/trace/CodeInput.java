package org.yuanliu.platform.trace;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.springframework.stereotype.Component;
import org.yuanliu.codes.CanonicalUri;
import org.yuanliu.codes.Code;
import org.yuanliu.codes.CodeReader;
import org.yuanliu.codes.Reading;
import org.yuanliu.codes.Refusal;

/** A code as it was typed, scanned or put into an address. */
@Component
final class CodeInput {
  private final CodeReader reader;

  CodeInput(CodeReader reader) {
    this.reader = requireNonNull(reader, "reader is null");
  }

  /** What became of it. */
  sealed interface Input {
    /**
     * @param uri canonical
     */
    record Unit(String uri) implements Input {}

    record Choice(List<Code> codes) implements Input {}

    record Unreadable(List<Refusal> reasons) implements Input {}
  }

  /** Any written form of a known code; a URI that is of no scheme known here is taken as it is. */
  Input read(String text) {
    return switch (reader.read(text)) {
      case Reading.Found(Code code) -> new Input.Unit(code.canonical());
      case Reading.Ambiguous(List<Code> codes) -> new Input.Choice(codes);
      case Reading.Unreadable(List<Refusal> refusals) ->
          isUri(text) && refusals.stream().allMatch(CodeInput::ofNoScheme)
              ? new Input.Unit(CanonicalUri.of(text.strip()))
              : new Input.Unreadable(refusals);
    };
  }

  private static boolean ofNoScheme(Refusal refusal) {
    return refusal.reason() == Refusal.Reason.UNKNOWN_FORM
        || refusal.reason() == Refusal.Reason.NO_GS1_KEY;
  }

  private static boolean isUri(String text) {
    String stripped = text.strip();
    int colon = stripped.indexOf(':');
    return colon > 0
        && Character.isLetter(stripped.charAt(0))
        && stripped
            .substring(0, colon)
            .chars()
            .allMatch(c -> Character.isLetterOrDigit(c) || c == '+' || c == '-' || c == '.')
        && stripped.chars().noneMatch(c -> c <= ' ');
  }
}
