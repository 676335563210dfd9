package org.yuanliu.platform.organisation;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yuanliu.platform.access.Permission;

/**
 * A registered party as an organisation that people hold roles in.
 *
 * @param party canonical URI
 * @param level of a department, else null
 * @param division of a department: the digits that the divisions in its care begin with
 * @param industries of a department: ids of packs; empty for all
 * @param functions of a department: they bound what its people may do
 */
record Organisation(
    String party,
    Kind kind,
    @Nullable Level level,
    String division,
    List<String> industries,
    Set<Function> functions) {
  Organisation {
    industries = List.copyOf(industries);
    functions = Set.copyOf(functions);
  }

  enum Kind {
    ENTERPRISE,
    MARKET,
    DEPARTMENT,
    PARTNER_PLATFORM,
    ASSOCIATION,
    TESTING_BODY,
    CERTIFICATION_BODY;

    /** Whether what its people declare is verified by an authority. */
    boolean isAuthority() {
      return switch (this) {
        case DEPARTMENT, TESTING_BODY, CERTIFICATION_BODY -> true;
        case ENTERPRISE, MARKET, PARTNER_PLATFORM, ASSOCIATION -> false;
      };
    }
  }

  /** Of a department; with it goes the length of its division's code (GB/T 2260, 10114). */
  enum Level {
    NATION(0),
    PROVINCE(2),
    CITY(4),
    COUNTY(6),
    TOWNSHIP(9);

    final int digits;

    Level(int digits) {
      this.digits = digits;
    }
  }

  /** What a department is there for. */
  enum Function {
    /** 监督检查 */
    SUPERVISION,
    /** 主体与单证登记 */
    REGISTRATION,
    /** 检验检疫 */
    INSPECTION,
    /** 统计监测：figures only, no record. */
    STATISTICS;

    Set<Permission> permissions() {
      return switch (this) {
        case SUPERVISION -> Set.of(Permission.QUERY);
        case REGISTRATION -> Set.of(Permission.QUERY, Permission.REGISTER);
        case INSPECTION -> Set.of(Permission.QUERY, Permission.CAPTURE);
        case STATISTICS -> Set.of(Permission.STATISTICS);
      };
    }
  }

  /** The most that a role with it may hold. */
  Set<Permission> possible() {
    EnumSet<Permission> possible = EnumSet.of(Permission.ADMINISTER);
    if (kind != Kind.DEPARTMENT) {
      possible.addAll(Arrays.asList(Permission.CAPTURE, Permission.QUERY, Permission.REGISTER));
    }
    functions.forEach(function -> possible.addAll(function.permissions()));
    return possible;
  }

  Set<Permission> bounded(Collection<Permission> permissions) {
    EnumSet<Permission> bounded = EnumSet.noneOf(Permission.class);
    bounded.addAll(permissions);
    bounded.retainAll(possible());
    return bounded;
  }
}
