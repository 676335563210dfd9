package org.yuanliu.platform.registry;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.OptBoolean;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants of the registry. JSON in a batch is told apart by {@code type}; addresses for
 * one kind need none. Codes are taken in any written form.
 */
@JsonTypeInfo(
    use = JsonTypeInfo.Id.NAME,
    property = "type",
    requireTypeIdForSubtypes = OptBoolean.FALSE)
@JsonSubTypes({
  @JsonSubTypes.Type(value = RegistryCommand.RegisterParty.class, name = "register-party"),
  @JsonSubTypes.Type(value = RegistryCommand.AmendParty.class, name = "amend-party"),
  @JsonSubTypes.Type(value = RegistryCommand.MergeParties.class, name = "merge-parties"),
  @JsonSubTypes.Type(value = RegistryCommand.UndoMerge.class, name = "undo-merge"),
  @JsonSubTypes.Type(value = RegistryCommand.RegisterPlace.class, name = "register-place"),
  @JsonSubTypes.Type(value = RegistryCommand.RegisterProduct.class, name = "register-product"),
  @JsonSubTypes.Type(value = RegistryCommand.RegisterDocument.class, name = "register-document"),
  @JsonSubTypes.Type(value = RegistryCommand.GrantMandate.class, name = "grant-mandate"),
  @JsonSubTypes.Type(value = RegistryCommand.AcceptMandate.class, name = "accept-mandate"),
  @JsonSubTypes.Type(value = RegistryCommand.RevokeMandate.class, name = "revoke-mandate"),
  @JsonSubTypes.Type(
      value = RegistryCommand.DeclareEquivalence.class,
      name = "declare-equivalence"),
  @JsonSubTypes.Type(value = RegistryCommand.EndEquivalence.class, name = "end-equivalence")
})
public sealed interface RegistryCommand {

  /**
   * @param codes the first one becomes its id; may be empty for stall holders and natural persons,
   *     who then get the next operator code of {@code node}
   * @param node node code of the market where it registers first
   * @param exemptionEvidence what was seen, where a credit code's check character fails though it
   *     was really issued
   * @param identityNumber of a natural person; only a keyed digest of it is kept
   */
  record RegisterParty(
      List<String> codes,
      Party.PartyKind kind,
      List<Party.DatedName> names,
      @Nullable String division,
      @Nullable String address,
      @Nullable String industry,
      List<Party.Licence> licences,
      List<Party.Stall> stalls,
      @Nullable String node,
      @Nullable String exemptionEvidence,
      @Nullable String identityNumber)
      implements RegistryCommand {
    public RegisterParty {
      codes = copy(codes);
      names = copy(names);
      licences = copy(licences);
      stalls = copy(stalls);
    }

    /** Without the identity number. */
    @Override
    public String toString() {
      return "RegisterParty[" + codes + "]";
    }
  }

  /**
   * What is null stays as it is; a list replaces the whole list, past periods included.
   *
   * @param addCodes further codes of the same party
   */
  record AmendParty(
      String party,
      @Nullable List<Party.DatedName> names,
      @Nullable String division,
      @Nullable String address,
      @Nullable String industry,
      @Nullable List<Party.Licence> licences,
      @Nullable List<Party.Stall> stalls,
      List<String> addCodes)
      implements RegistryCommand {
    public AmendParty {
      addCodes = copy(addCodes);
    }
  }

  record MergeParties(String kept, String merged, String reason) implements RegistryCommand {}

  record UndoMerge(UUID merge, String reason) implements RegistryCommand {}

  /** Registers a place, or amends the one with this id. */
  record RegisterPlace(Place place) implements RegistryCommand {}

  /** Registers a product, or amends the one with this code. */
  record RegisterProduct(Product product) implements RegistryCommand {}

  /** Registers a document, or amends the one with this id. */
  record RegisterDocument(TraceDocument document) implements RegistryCommand {}

  record GrantMandate(
      String reporter,
      String principal,
      Set<String> bizSteps,
      Period period,
      @Nullable String evidence)
      implements RegistryCommand {
    public GrantMandate {
      bizSteps = Set.copyOf(requireNonNullElse(bizSteps, Set.of()));
    }
  }

  /** The word of the side that had not given it. */
  record AcceptMandate(String mandate) implements RegistryCommand {}

  /**
   * Ends a mandate, or declines one that is only proposed.
   *
   * @param from null for now; never a moment of the past
   */
  record RevokeMandate(String mandate, @Nullable Instant from, String reason)
      implements RegistryCommand {}

  record DeclareEquivalence(String unit, String other, String reason) implements RegistryCommand {}

  record EndEquivalence(String unit, String other, String reason) implements RegistryCommand {}

  private static <T> List<T> copy(@Nullable List<T> list) {
    return list == null ? List.of() : List.copyOf(list);
  }
}
