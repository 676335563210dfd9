package org.yuanliu.platform.access;

import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;

/**
 * What a credential may do; what it may see is the viewer's matter. The three administrations are
 * kept apart (三员分立): no account holds two of them, so that whoever runs the platform can neither
 * raise himself nor read what is written about him.
 */
public enum Permission {
  CAPTURE,
  QUERY,
  REGISTER,
  /** Statistics (统计监测): figures of one's divisions and industries, never a record. */
  STATISTICS,
  /** Personal data: see them with a reason, hand them to the person, erase them. */
  PERSONAL,
  /** System administration (系统管理): accounts, packs, ranges, jobs. */
  ADMINISTER,
  /** Security administration (安全管理): who may what, locks, second factors, sessions, keys. */
  SECURE,
  /** Audit administration (审计管理): reads the audit, and nothing else does. */
  AUDIT;

  private static final Set<Permission> DUTIES = Set.copyOf(EnumSet.of(ADMINISTER, SECURE, AUDIT));

  /** Whether this is one of the three administrations. */
  public boolean isDuty() {
    return DUTIES.contains(this);
  }

  /** Whether these keep the administrations apart. */
  public static boolean areSeparate(Collection<Permission> permissions) {
    return permissions.stream().filter(Permission::isDuty).distinct().count() <= 1;
  }

  /** All that the one may hold who runs the platform: everything but the two other duties. */
  public static Set<Permission> ofOperator() {
    return EnumSet.of(CAPTURE, QUERY, REGISTER, ADMINISTER);
  }
}
