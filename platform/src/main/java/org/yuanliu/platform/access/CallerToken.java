package org.yuanliu.platform.access;

import static java.util.Objects.requireNonNull;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/** A caller, as Spring Security's rules see it. Lives for one request. */
final class CallerToken extends AbstractAuthenticationToken {
  private static final long serialVersionUID = 1;

  private final transient Caller caller;

  CallerToken(Caller caller) {
    super(
        caller.permissions().stream()
            .map(permission -> new SimpleGrantedAuthority(permission.name()))
            .toList());
    this.caller = requireNonNull(caller, "caller is null");
    setAuthenticated(true);
  }

  /** The account, by which sessions are counted. */
  @Override
  public Object getPrincipal() {
    return caller.account();
  }

  @Override
  public @Nullable Object getCredentials() {
    return null;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof CallerToken token && caller.equals(token.caller);
  }

  @Override
  public int hashCode() {
    return Objects.hash(caller);
  }
}
