package org.yuanliu.industry;

import java.util.List;
import java.util.Set;

/**
 * What being on the key catalogue (重点产品目录) changes in a pack: every link of the product that
 * happens at a kind of place is asked for wherever the chain passes such a place. Links that happen
 * anywhere (loading, transport) stay as the pack has them, since nothing tells where they lack, and
 * so do those that there must be cause for (a medication, a recall).
 */
public final class Mandatory {
  private Mandatory() {}

  /** The set with these products' links mandatory in every version of the pack. */
  public static PackSet of(PackSet packs, String pack, Set<String> products) {
    return PackSet.of(
        packs.all().stream()
            .map(each -> each.id().equals(pack) ? withMandatory(each, products) : each)
            .toList());
  }

  private static Pack withMandatory(Pack pack, Set<String> products) {
    return new Pack(
        pack.id(),
        pack.version(),
        pack.effectiveFrom(),
        pack.effectiveTo(),
        pack.names(),
        pack.leads(),
        pack.nodeTypes(),
        pack.roles(),
        pack.documents(),
        pack.tests(),
        pack.codeLists(),
        pack.schemes(),
        pack.products().stream()
            .map(product -> products.contains(product.id()) ? of(product) : product)
            .toList(),
        pack.checks(),
        pack.statistics(),
        pack.retention(),
        pack.clockDisagreement(),
        pack.clockTolerance(),
        pack.publicView(),
        pack.text());
  }

  /** The product with its links mandatory. */
  public static Product of(Product product) {
    List<Link> links = product.links().stream().map(Mandatory::of).toList();
    return new Product(
        product.id(),
        product.names(),
        product.category(),
        product.goodsCodes(),
        product.categoryTerms(),
        links,
        product.balanceTolerancePercent(),
        product.source());
  }

  /** Whether the catalogue asks for the link. */
  public static boolean isAsked(Link link) {
    return !link.nodeTypes().isEmpty()
        && !(link.presence() instanceof Presence.AsNeeded)
        && !(link.presence() instanceof Presence.TakesOn);
  }

  private static Link of(Link link) {
    boolean asked = link.presence() instanceof Presence.Optional && isAsked(link);
    return asked
        ? new Link(
            link.id(),
            link.names(),
            link.stage(),
            new Presence.WhenPassing(link.nodeTypes()),
            link.recognisedBy(),
            link.requirements(),
            link.grace(),
            link.roles(),
            link.nodeTypes(),
            link.events(),
            link.elements(),
            link.procedure(),
            link.retention(),
            link.source())
        : link;
  }
}
