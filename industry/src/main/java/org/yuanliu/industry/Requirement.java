package org.yuanliu.industry;

import static java.util.Objects.requireNonNull;

import java.util.List;

/** What every event of a link must show. */
public sealed interface Requirement {
  /**
   * It cites a document of this kind.
   *
   * @param documentType key among the pack's {@code documents}
   */
  record Document(String documentType) implements Requirement {
    public Document {
      requireNonNull(documentType, "documentType is null");
    }
  }

  /**
   * A unit of it has passed a test of this kind.
   *
   * @param testMethod key among the pack's {@code tests}
   */
  record PassedTest(String testMethod) implements Requirement {
    public PassedTest {
      requireNonNull(testMethod, "testMethod is null");
    }
  }

  /**
   * Its goods came through another link, where their papers were looked at.
   *
   * @param link id of another link of the product
   */
  record CameThrough(String link) implements Requirement {
    public CameThrough {
      requireNonNull(link, "link is null");
    }
  }

  /** One of several is enough; two or more. */
  record AnyOf(List<Requirement> choices) implements Requirement {
    public AnyOf {
      choices = List.copyOf(choices);
      if (choices.size() < 2) {
        throw new IllegalArgumentException("a choice of " + choices.size());
      }
    }
  }
}
