package org.yuanliu.platform.query;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.yuanliu.platform.binding.ReleasedTokens;

/** Keeps page tokens that were given back, until they would have expired anyway. */
@Component
class TokenStore implements ReleasedTokens {
  private final JdbcClient jdbc;
  private final Clock clock;

  TokenStore(JdbcClient jdbc, Clock clock) {
    this.jdbc = requireNonNull(jdbc, "jdbc is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  @Override
  public boolean contains(String token) {
    return jdbc.sql("select exists (select 1 from page_token_released where token = :token)")
        .param("token", digest(token))
        .query(Boolean.class)
        .single();
  }

  @Transactional
  public void release(String token, Instant expiry) {
    jdbc.sql("delete from page_token_released where expires_at < :now")
        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
        .update();
    jdbc.sql(
            """
            insert into page_token_released (token, expires_at) values (:token, :expiry)
            on conflict do nothing\
            """)
        .param("token", digest(token))
        .param("expiry", expiry.atOffset(ZoneOffset.UTC))
        .update();
  }

  private static byte[] digest(String token) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(token.getBytes(UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
