package org.yuanliu.platform.checks;

import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.yuanliu.industry.ChainFacts.DocumentRef;
import org.yuanliu.industry.CheckFacts;
import org.yuanliu.industry.EventFact;
import org.yuanliu.industry.PaperFact;
import org.yuanliu.industry.Timeline;

/**
 * What counters ask for in the journal's own transaction: documents, as of its end. Of events they
 * see none but their own; that is what counters are for.
 */
final class CounterFacts implements CheckFacts {
  private final FactStore store;
  private final ZoneId zone;
  private final Map<String, Optional<PaperFact>> papers = new HashMap<>();
  private final Map<String, List<PaperFact>> papersOf = new HashMap<>();

  CounterFacts(FactStore store, ZoneId zone) {
    this.store = store;
    this.zone = zone;
  }

  /** Reads what documents say in one round trip. */
  void prefetch(Collection<DocumentRef> documents) throws SQLException {
    Set<String> ids = new HashSet<>();
    documents.forEach(document -> ids.add(document.number()));
    Map<String, PaperFact> found = store.papers(Papers.Whose.COUNTED, ids);
    ids.forEach(id -> papers.put(id, Optional.ofNullable(found.get(id))));
  }

  @Override
  public Instant now() {
    return Instant.EPOCH;
  }

  @Override
  public ZoneId zone() {
    return zone;
  }

  @Override
  public Timeline timeline(List<String> key, String value) {
    return new Timeline();
  }

  @Override
  public Timeline citing(DocumentRef document) {
    return new Timeline();
  }

  @Override
  public List<EventFact> upstream(String unit) {
    return List.of();
  }

  @Override
  public List<EventFact> downstream(String unit) {
    return List.of();
  }

  @Override
  public Optional<PaperFact> paper(DocumentRef document) {
    return papers
        .computeIfAbsent(
            document.number(),
            id -> {
              try {
                return store.paper(Papers.Whose.COUNTED, id);
              } catch (SQLException e) {
                throw new StoredFacts.FactsLostException(e);
              }
            })
        .filter(paper -> paper.ref().type().equals(document.type()));
  }

  @Override
  public List<PaperFact> papersOf(String subject, String type) {
    return papersOf.computeIfAbsent(
        subject + '\n' + type,
        k -> {
          try {
            return store.papersOf(Papers.Whose.COUNTED, subject, type);
          } catch (SQLException e) {
            throw new StoredFacts.FactsLostException(e);
          }
        });
  }

  /** Knows nothing and remembers whether it was asked. For one event. */
  static final class Unasked implements CheckFacts {
    private final ZoneId zone;
    private boolean asked;

    Unasked(ZoneId zone) {
      this.zone = zone;
    }

    boolean isAsked() {
      return asked;
    }

    /** What nobody has said, and that it was asked for. */
    <T> Optional<T> askedFor() {
      asked = true;
      return Optional.empty();
    }

    @Override
    public Instant now() {
      asked = true;
      return Instant.EPOCH;
    }

    @Override
    public ZoneId zone() {
      return zone;
    }

    @Override
    public Timeline timeline(List<String> key, String value) {
      asked = true;
      return new Timeline();
    }

    @Override
    public Timeline citing(DocumentRef document) {
      asked = true;
      return new Timeline();
    }

    @Override
    public List<EventFact> upstream(String unit) {
      asked = true;
      return List.of();
    }

    @Override
    public List<EventFact> downstream(String unit) {
      asked = true;
      return List.of();
    }

    @Override
    public Optional<PaperFact> paper(DocumentRef document) {
      return askedFor();
    }

    @Override
    public List<PaperFact> papersOf(String subject, String type) {
      asked = true;
      return List.of();
    }
  }
}
