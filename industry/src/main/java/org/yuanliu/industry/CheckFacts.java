package org.yuanliu.industry;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.yuanliu.industry.ChainFacts.DocumentRef;

/**
 * What checks ask of whoever keeps the records. An implementation decides nothing; it leaves out
 * what is voided by an error declaration.
 */
public interface CheckFacts {
  /** The moment of judging. */
  Instant now();

  /** Whose midnight ends a legal day. */
  ZoneId zone();

  /**
   * Known events with this value under this key (see {@link CheckKeyValues}), the event that is
   * judged among them where it is stored. Asked again, it may be the same one.
   *
   * @param key words of {@link CheckKeys} and elements
   */
  Timeline timeline(List<String> key, String value);

  /** Known events citing a document. */
  Timeline citing(DocumentRef document);

  /** Known events upstream of a unit, through whatever it was made of; not those of the unit. */
  List<EventFact> upstream(String unit);

  /** Known events downstream of a unit, through whatever was made of it; not those of the unit. */
  List<EventFact> downstream(String unit);

  /** A registered document. */
  Optional<PaperFact> paper(DocumentRef document);

  /**
   * The registered documents of a type that were issued to a party or place.
   *
   * @param type full URI of the type
   */
  List<PaperFact> papersOf(String subject, String type);
}
