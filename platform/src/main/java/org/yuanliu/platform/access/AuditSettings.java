package org.yuanliu.platform.access;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How long the audit is kept.
 *
 * @param keep records older than this are removed, their leaf hashes stay; six months at least
 */
@Validated
@ConfigurationProperties("yuanliu.audit")
public record AuditSettings(@DefaultValue("365d") @NotNull Duration keep) {
  /** 网络安全法 asks for six months; the longest six months of a calendar. */
  static final Duration LEAST = Duration.ofDays(184);

  /** Beyond a lifetime somebody mistook the unit. */
  static final Duration MOST = Duration.ofDays(36_600);

  public AuditSettings {
    if (keep.compareTo(LEAST) < 0 || keep.compareTo(MOST) > 0) {
      throw new IllegalArgumentException(
          "yuanliu.audit.keep: 184d to 36600d; the law asks for six months at least");
    }
  }
}
