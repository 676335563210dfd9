package org.yuanliu.platform.packs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuanliu.epcis.CbvVocabulary;
import org.yuanliu.epcis.YlVocabulary;
import org.yuanliu.industry.Localized;
import org.yuanliu.industry.Pack;
import org.yuanliu.ledger.TreeHead;
import org.yuanliu.platform.access.Caller;
import org.yuanliu.platform.access.Permission;
import org.yuanliu.platform.access.Viewer;
import org.yuanliu.platform.journal.Draft;
import org.yuanliu.platform.journal.Entry;
import org.yuanliu.platform.journal.EntryKind;
import org.yuanliu.platform.journal.EntryRef;
import org.yuanliu.platform.journal.Journal;
import org.yuanliu.platform.journal.Outcome;
import org.yuanliu.platform.journal.Standing;
import org.yuanliu.platform.journal.Submission;
import org.yuanliu.platform.problem.ProblemException;

class PacksTest {
  private static final LocalDate DAY = LocalDate.parse("2026-11-21");
  private static final String TOYS =
      """
      pack: toys
      version: 1
      effectiveFrom: 2026-01-01
      names: {zh: 玩具, en: Toys}
      clock: {disagreement: 15 min, tolerance: 24 h}
      publicView: [eventTime]
      links:
        making:
          names: {zh: 制作, en: Making}
          stage: source
          event: {type: ObjectEvent, action: ADD, bizStep: cbv:BizStep-commissioning}
          elements: {units: required}
      products:
        doll:
          names: {zh: 娃娃, en: Doll}
          categoryTerms: [娃娃]
          links: [making]
      """;

  @TempDir Path folder;
  private final MemoryJournal journal = new MemoryJournal();
  private Packs packs;

  @BeforeEach
  void start() {
    packs = new Packs(new PackSettings(folder.toString()), journal);
  }

  @Test
  void everyStepHasAWord() throws IOException {
    StepWords words = new StepWords(packs);
    for (String step : CbvVocabulary.BIZ_STEP.words()) {
      assertThat(words.of(CbvVocabulary.BIZ_STEP.uriOf(step)).zh()).as(step).isNotEqualTo("登记");
    }
    for (Pack pack : packs.current().all()) {
      pack.products().stream()
          .flatMap(product -> product.links().stream())
          .flatMap(link -> link.recognisedBy().stream())
          .filter(criterion -> criterion.bizSteps().size() == 1)
          .flatMap(criterion -> criterion.bizSteps().stream())
          .forEach(step -> assertThat(words.all()).as(pack.id()).containsKey(step));
    }
    assertThat(words.of(YlVocabulary.NAMESPACE + "BizStep-spraying"))
        .as("of two links the general word")
        .isEqualTo(new Localized("施药", "Spraying"));
    assertThat(words.of(null).zh()).isEqualTo("登记");
    String stuffing = YlVocabulary.NAMESPACE + "BizStep-stuffing";
    assertThat(words.of(stuffing).zh()).isEqualTo("登记");
    Files.writeString(
        folder.resolve("toys.yaml"),
        TOYS.replace("cbv:BizStep-commissioning", "yl:BizStep-stuffing"));
    packs.reload(operator(Permission.ADMINISTER));
    assertThat(words.of(stuffing)).isEqualTo(new Localized("制作", "Making"));
  }

  @Test
  void aNewPackTakesEffectAndIsJournalled() throws IOException {
    assertThat(packs.current().inForce("toys", DAY)).isEmpty();
    Files.writeString(folder.resolve("toys.yaml"), TOYS);
    assertThat(packs.reload(operator(Permission.ADMINISTER)))
        .extracting(Pack::id)
        .containsExactly("toys");
    assertThat(packs.current().inForce("toys", DAY)).isPresent();
    assertThat(journal.drafts).hasSize(1);
    Draft draft = journal.drafts.getFirst();
    assertThat(draft.kind()).isEqualTo(EntryKind.PACK_VERSION);
    assertThat(draft.id()).isEqualTo("urn:yuanliu:pack:toys:1");
    assertThat(new PackVersion.Codec().decode(draft.body())).isEqualTo(draft.subject());
    // Nothing new, nothing journalled.
    assertThat(packs.reload(operator(Permission.ADMINISTER))).isEmpty();
    assertThat(journal.drafts).hasSize(1);
  }

  @Test
  void aWrongFileChangesNothingAndIsToldWithItsLine() throws IOException {
    Files.writeString(folder.resolve("toys.yaml"), TOYS);
    packs.reload(operator(Permission.ADMINISTER));
    var before = packs.current();
    Files.writeString(folder.resolve("a-new.yaml"), TOYS.replace("pack: toys", "pack: games"));
    Files.writeString(
        folder.resolve("toys.yaml"), TOYS.replace("stage: source", "stage: beginning"));
    ProblemException refused = refused();
    assertThat(refused.problem().status()).isEqualTo(422);
    assertThat(refused.problem().details())
        .singleElement()
        .satisfies(
            detail -> {
              assertThat(detail.pointer()).isEqualTo("toys.yaml:10");
              assertThat(detail.code()).isEqualTo("bad-value");
            });
    assertThat(packs.current()).isSameAs(before);
    assertThat(packs.current().inForce("games", DAY)).isEmpty();
    assertThat(journal.drafts).hasSize(1);
  }

  @Test
  void aVersionIsNeverAnotherText() throws IOException {
    Files.writeString(folder.resolve("toys.yaml"), TOYS);
    packs.reload(operator(Permission.ADMINISTER));
    var before = packs.current();
    Files.writeString(folder.resolve("toys.yaml"), TOYS.replace("Doll", "Dolls"));
    assertThat(refused().problem().code()).isEqualTo("pack-version-changed");
    assertThat(packs.current()).isSameAs(before);
    Files.writeString(folder.resolve("toys.yaml"), TOYS);
    Files.writeString(
        folder.resolve("toys-2.yaml"),
        TOYS.replace("Doll", "Dolls")
            .replace("version: 1", "version: 2")
            .replace("2026-01-01", "2026-12-01"));
    assertThat(packs.reload(operator(Permission.ADMINISTER)))
        .extracting(Pack::version)
        .containsExactly(2);
    assertThat(packs.current().inForce("toys", DAY).orElseThrow().version()).isEqualTo(1);
    assertThat(
            packs.current().inForce("toys", LocalDate.parse("2026-12-01")).orElseThrow().version())
        .isEqualTo(2);
  }

  @Test
  void versionsThatMakeNoSequenceAreRefused() throws IOException {
    Files.writeString(folder.resolve("toys.yaml"), TOYS);
    Files.writeString(folder.resolve("toys-2.yaml"), TOYS.replace("version: 1", "version: 2"));
    assertThat(refused().problem().code()).isEqualTo("pack-set-wrong");
    assertThat(packs.current().inForce("toys", DAY)).isEmpty();
  }

  @Test
  void onlyAnOperatorReloads() {
    ProblemException refused =
        catchThrowableOfType(
            ProblemException.class, () -> packs.reload(operator(Permission.CAPTURE)));
    assertThat(refused.problem().status()).isEqualTo(403);
  }

  private ProblemException refused() {
    ProblemException refused =
        catchThrowableOfType(
            ProblemException.class, () -> packs.reload(operator(Permission.ADMINISTER)));
    assertThat(refused).isNotNull();
    return refused;
  }

  private static Caller operator(Permission permission) {
    return new Caller(
        UUID.randomUUID(),
        "operator",
        "urn:yuanliu:test:operator",
        new Viewer.Operator("urn:yuanliu:test:operator"),
        EnumSet.of(permission),
        Standing.AUTHORITY);
  }

  /** Keeps drafts in a list, by their identities. */
  private static final class MemoryJournal implements Journal {
    private final List<Draft> drafts = new ArrayList<>();
    private final Map<UUID, byte[]> contents = new HashMap<>();

    @Override
    public Outcome append(Submission submission) {
      List<Outcome.Placed> placed = new ArrayList<>();
      for (Draft draft : submission.drafts()) {
        byte[] known = contents.get(draft.identity().key());
        if (known != null && !Arrays.equals(known, draft.identity().content())) {
          return new Outcome.Conflicted(List.of(new Outcome.Conflict(placed.size(), null)));
        }
        placed.add(
            new Outcome.Placed(new EntryRef(1, drafts.size()), Instant.EPOCH, known != null));
        if (known == null) {
          contents.put(draft.identity().key(), draft.identity().content());
          drafts.add(draft);
        }
      }
      return new Outcome.Committed(placed, head());
    }

    @Override
    public TreeHead head() {
      return new TreeHead("test", drafts.size(), new byte[32], Instant.EPOCH);
    }

    @Override
    public Optional<Entry> read(EntryRef ref) {
      return Optional.empty();
    }

    @Override
    public List<Entry> readAll(List<EntryRef> refs) {
      return List.of();
    }

    @Override
    public void replay(long fromPosition, Consumer<List<Entry>> batch) {}
  }
}
