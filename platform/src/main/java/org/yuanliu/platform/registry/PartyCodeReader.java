package org.yuanliu.platform.registry;

import static java.util.Objects.requireNonNull;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.yuanliu.codes.Code;
import org.yuanliu.codes.CodeReader;
import org.yuanliu.codes.CreditCode;
import org.yuanliu.codes.Divisions;
import org.yuanliu.codes.Exemptions;
import org.yuanliu.codes.Reading;
import org.yuanliu.codes.Refusal;
import org.yuanliu.codes.Scheme;

/** Reads the codes that name parties and places. Among several readings only such count. */
@Component
class PartyCodeReader {
  private static final Set<Scheme> PARTY =
      EnumSet.of(
          Scheme.CREDIT, Scheme.OPERATOR, Scheme.NODE, Scheme.PGLN, Scheme.GSRN, Scheme.GSRNP);

  private static final Set<Scheme> PLACE = EnumSet.of(Scheme.NODE, Scheme.GLN, Scheme.SGLN);

  private final Divisions divisions;
  private final CodeReader reader;

  PartyCodeReader(Divisions divisions, Exemptions exemptions) {
    this.divisions = requireNonNull(divisions, "divisions is null");
    this.reader = CodeReader.of(divisions).exempting(exemptions);
  }

  /**
   * @param exemption lets a credit code through whose check character fails
   */
  Code party(String pointer, String text, CreditCode.@Nullable Exemption exemption) {
    CodeReader exempting = exemption == null ? reader : reader.exempting(code -> exemption);
    return read(pointer, exempting.read(text), PARTY);
  }

  /** Canonical URI of a place; places may also have URIs of their owner's making. */
  String place(String pointer, String text) {
    Reading reading = reader.read(text);
    if (reading instanceof Reading.Unreadable && text.startsWith("urn:") && text.length() <= 200) {
      return text;
    }
    return read(pointer, reading, PLACE).canonical();
  }

  boolean isDivision(String code) {
    return divisions.isKnown(code);
  }

  private static Code read(String pointer, Reading reading, Set<Scheme> wanted) {
    return switch (reading) {
      case Reading.Found(Code code) -> one(pointer, List.of(code), wanted);
      case Reading.Ambiguous(List<Code> codes) -> one(pointer, codes, wanted);
      case Reading.Unreadable(List<Refusal> refusals) -> {
        Refusal refusal =
            refusals.stream()
                .filter(r -> r.scheme() != null && wanted.contains(r.scheme()))
                .findFirst()
                .orElse(requireNonNull(refusals.getFirst(), "no refusal"));
        throw Refusals.invalid(pointer, refusal.code(), refusal.zh(), refusal.en());
      }
    };
  }

  private static Code one(String pointer, List<Code> codes, Set<Scheme> wanted) {
    List<Code> fitting = codes.stream().filter(code -> wanted.contains(code.scheme())).toList();
    if (fitting.size() != 1) {
      throw Refusals.invalid(
          pointer,
          "code-of-another-kind",
          "该编码不是主体或场所编码，或有多种解读；请写成完整的URI。",
          "The code names no party or place, or can be read in several ways; write it as a URI.");
    }
    return fitting.getFirst();
  }
}
