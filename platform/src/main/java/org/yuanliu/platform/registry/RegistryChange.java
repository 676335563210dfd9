package org.yuanliu.platform.registry;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yuanliu.platform.journal.Subject;

/**
 * One change of the registry, as the journal keeps it: JSON, told apart by {@code type}. The names
 * and members are stored for ever; new ones may come, none may go.
 *
 * <p>A change of something that stands says which revision it makes, so that two writers who saw
 * the same state cannot both win.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = RegistryChange.PartyRegistered.class, name = "party-registered"),
  @JsonSubTypes.Type(value = RegistryChange.PartyAmended.class, name = "party-amended"),
  @JsonSubTypes.Type(value = RegistryChange.PartiesMerged.class, name = "parties-merged"),
  @JsonSubTypes.Type(value = RegistryChange.MergeUndone.class, name = "merge-undone"),
  @JsonSubTypes.Type(value = RegistryChange.PlaceRegistered.class, name = "place-registered"),
  @JsonSubTypes.Type(value = RegistryChange.ProductRegistered.class, name = "product-registered"),
  @JsonSubTypes.Type(value = RegistryChange.DocumentRegistered.class, name = "document-registered"),
  @JsonSubTypes.Type(value = RegistryChange.MandateGranted.class, name = "mandate-granted"),
  @JsonSubTypes.Type(value = RegistryChange.MandateProposed.class, name = "mandate-proposed"),
  @JsonSubTypes.Type(value = RegistryChange.MandateAccepted.class, name = "mandate-accepted"),
  @JsonSubTypes.Type(value = RegistryChange.MandateRevoked.class, name = "mandate-revoked"),
  @JsonSubTypes.Type(
      value = RegistryChange.EquivalenceDeclared.class,
      name = "equivalence-declared"),
  @JsonSubTypes.Type(value = RegistryChange.EquivalenceEnded.class, name = "equivalence-ended")
})
public sealed interface RegistryChange extends Subject {

  /**
   * @param identityIndex keyed digest of name and identity number, with the key's name before it;
   *     null where none was shown
   * @param exemption for a credit code whose check character fails
   */
  record PartyRegistered(
      Party party, @Nullable String identityIndex, @Nullable CodeExemption exemption)
      implements RegistryChange {}

  /** See {@code CreditCode.Exemption}: who let it through, when, on what ground. */
  record CodeExemption(String grantedBy, LocalDate grantedOn, String evidence) {}

  /**
   * @param revision of the party after this, from 2
   * @param party as it stands after this, its own codes only
   */
  record PartyAmended(int revision, Party party) implements RegistryChange {}

  /**
   * Two entries turned out to be one subject.
   *
   * @param kept id of the party that keeps
   * @param merged id of the party that is from now on the same
   */
  record PartiesMerged(UUID id, String kept, String merged, String reason)
      implements RegistryChange {}

  /** They were two after all; everything stands again as before the merge. */
  record MergeUndone(UUID merge, String kept, String merged, String reason)
      implements RegistryChange {}

  record PlaceRegistered(int revision, Place place) implements RegistryChange {}

  record ProductRegistered(int revision, Product product) implements RegistryChange {}

  /**
   * One party's statement of what a document says.
   *
   * @param registrant whose statement it is; null where it is the reporter's
   */
  record DocumentRegistered(int revision, TraceDocument document, @Nullable String registrant)
      implements RegistryChange {}

  /** In force by the word of both sides, or by a paper that carries it. */
  record MandateGranted(Mandate mandate) implements RegistryChange {}

  /**
   * Covers nothing before the other side accepts.
   *
   * @param waitsFor whose word it lacks
   */
  record MandateProposed(Mandate mandate, Mandate.Side waitsFor) implements RegistryChange {}

  record MandateAccepted(String mandate) implements RegistryChange {}

  /**
   * @param from the moment from which it holds no longer
   */
  record MandateRevoked(String mandate, Instant from, String reason) implements RegistryChange {}

  /** Two codes of one unit, by their canonical URIs. */
  record EquivalenceDeclared(UUID id, String unit, String other, String reason)
      implements RegistryChange {}

  record EquivalenceEnded(UUID id, String unit, String other, String reason)
      implements RegistryChange {}
}
