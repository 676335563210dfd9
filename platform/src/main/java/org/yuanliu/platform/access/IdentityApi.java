package org.yuanliu.platform.access;

import static java.util.Objects.requireNonNull;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.yuanliu.platform.problem.Problem;
import org.yuanliu.platform.problem.ProblemException;
import org.yuanliu.platform.problem.StandardProblems;

/** As whom a provider's subjects come in. */
@RestController
@RequestMapping("/api/v1/accounts")
@Tag(name = "Accounts")
class IdentityApi {
  /** OpenID Connect Core §2: a subject has at most 255 characters. */
  private static final int MAX_SUBJECT_LENGTH = 255;

  private final ProviderLinks links;
  private final OidcProviders providers;
  private final AccountScope scope;
  private final Devices devices;

  IdentityApi(ProviderLinks links, OidcProviders providers, AccountScope scope, Devices devices) {
    this.links = requireNonNull(links, "links is null");
    this.providers = requireNonNull(providers, "providers is null");
    this.scope = requireNonNull(scope, "scope is null");
    this.devices = requireNonNull(devices, "devices is null");
  }

  record Identities(List<ProviderLinks.Link> identities) {}

  @GetMapping("/{account}/identities")
  @Operation(summary = "身份提供方账号 · Who the account is at providers")
  Identities identities(Caller caller, @PathVariable UUID account) {
    AccountScope.oversees(caller);
    return new Identities(links.of(scope.requireAdministered(caller, account).id()));
  }

  /**
   * @param provider its id in the settings
   * @param subject the {@code sub} of its tokens
   */
  record NewIdentity(@Nullable String provider, @Nullable String subject) {}

  record Made(UUID id) {}

  @PostMapping("/{account}/identities")
  @Operation(summary = "关联身份提供方账号 · Let a provider's subject in as this account")
  ResponseEntity<Made> link(
      Caller caller,
      HttpServletRequest request,
      @PathVariable UUID account,
      @RequestBody NewIdentity given) {
    AccountRow row = scope.requireMayOpen(caller, account);
    String named = given.provider();
    OidcSettings.Provider provider = named == null ? null : providers.settings(named).orElse(null);
    if (named == null || provider == null) {
      throw new ProblemException(
          StandardProblems.invalid(
              "/provider", "provider-unknown", "没有这个身份提供方。", "There is no such provider."));
    }
    String subject = given.subject();
    if (subject == null || subject.isBlank() || subject.length() > MAX_SUBJECT_LENGTH) {
      throw new ProblemException(
          StandardProblems.invalid(
              "/subject",
              "subject-length",
              "须填写提供方令牌中的sub，不超过255字。",
              "The sub of the provider's tokens is needed, up to 255 characters."));
    }
    AuditNotes.put(request, "provider", named);
    UUID id =
        links
            .make(provider.issuer().toString(), subject, row.id(), caller.account())
            .orElseThrow(
                () ->
                    new ProblemException(
                        Problem.of(
                            "subject-linked",
                            409,
                            "该身份已关联其他账号或本账号。",
                            "The subject is linked to an account already.")));
    return ResponseEntity.created(URI.create("/api/v1/accounts/identities/" + id))
        .body(new Made(id));
  }

  @DeleteMapping("/identities/{identity}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(summary = "解除关联 · The subject comes in no more; its sessions end")
  void unlink(Caller caller, @PathVariable UUID identity) {
    AccountScope.seesAccounts(caller);
    AccountRow row =
        scope.requireMayOpen(caller, links.accountOf(identity).orElseThrow(AccountScope::absent));
    links.remove(identity);
    devices.endAll(row.id(), null);
  }
}
