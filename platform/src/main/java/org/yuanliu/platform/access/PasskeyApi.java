package org.yuanliu.platform.access;

import static java.util.Objects.requireNonNull;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.web.webauthn.api.Bytes;
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
import tools.jackson.databind.JsonNode;

/** One's own passkeys, and signing in with one. Bodies are those of WebAuthn's JSON (Level 3). */
@RestController
@RequestMapping(PasskeyApi.BASE)
@Tag(name = "Sign-in")
class PasskeyApi {
  static final String BASE = "/api/v1/session/passkeys";
  static final String CHALLENGE = BASE + "/challenge";
  static final String SIGN_IN = BASE + "/sign-in";

  /** Phone, computer, two keys, and some to spare. */
  static final int MAX_PASSKEYS = 10;

  static final int MAX_LABEL_LENGTH = 60;

  private static final Problem UNAVAILABLE =
      Problem.of(
          "passkeys-unavailable",
          409,
          "本平台未设置访问地址，暂不能使用通行密钥，请联系系统管理员（yuanliu.sign-in.origin）。",
          "The platform's address is not set, so passkeys can't be bound to it; tell the system"
              + " administrator (yuanliu.sign-in.origin).");

  private static final Problem REFUSED =
      Problem.of(
          "passkey-refused",
          401,
          "通行密钥无效、不属于本平台或已超时，请重试。",
          "The passkey is not valid, not known here, or came too late; try again.");

  private static final Problem TOO_MANY =
      Problem.of(
          "too-many-passkeys",
          409,
          "最多绑定10个通行密钥，请先删除不用的。",
          "An account has ten passkeys at most; remove one first.");

  private final Passkeys passkeys;
  private final PasskeyStore store;
  private final AccountService accounts;
  private final OwnProof proof;
  private final SessionStart start;
  private final BucketRateLimiter limiter;

  PasskeyApi(
      Passkeys passkeys,
      PasskeyStore store,
      AccountService accounts,
      OwnProof proof,
      SessionStart start,
      BucketRateLimiter limiter) {
    this.passkeys = requireNonNull(passkeys, "passkeys is null");
    this.store = requireNonNull(store, "store is null");
    this.accounts = requireNonNull(accounts, "accounts is null");
    this.proof = requireNonNull(proof, "proof is null");
    this.start = requireNonNull(start, "start is null");
    this.limiter = requireNonNull(limiter, "limiter is null");
  }

  record PasskeyList(List<PasskeyStore.Passkey> passkeys) {}

  @GetMapping
  @Operation(summary = "通行密钥 · One's own passkeys")
  PasskeyList list(Caller caller, HttpServletRequest request) {
    return new PasskeyList(store.of(proof.own(caller, request).id()));
  }

  record Again(@Nullable String password) {
    /** Without the password. */
    @Override
    public String toString() {
      return "Again";
    }
  }

  @PostMapping("/options")
  @Operation(summary = "绑定通行密钥 · What the browser asks the authenticator for")
  JsonNode options(Caller caller, HttpServletRequest request, @RequestBody Again again) {
    AccountRow account = proof.own(caller, request);
    proof.require(account, request, again.password());
    if (store.of(account.id()).size() >= MAX_PASSKEYS) {
      throw new ProblemException(TOO_MANY);
    }
    return passkeys.beginRegistration(origin(request), caller, request.getSession());
  }

  /**
   * @param label how its owner calls it
   * @param credential what the browser gave
   */
  record NewPasskey(@Nullable String label, @Nullable JsonNode credential) {}

  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  @Operation(summary = "登记通行密钥 · Keep what the authenticator made")
  void register(Caller caller, HttpServletRequest request, @RequestBody NewPasskey made) {
    AccountRow account = proof.own(caller, request);
    String label = made.label();
    if (label == null || label.isBlank() || label.length() > MAX_LABEL_LENGTH) {
      throw new ProblemException(
          StandardProblems.invalid(
              "/label",
              "passkey-label",
              "请给通行密钥起个名字，不超过60字。",
              "Give the passkey a name of up to 60 characters."));
    }
    JsonNode credential = made.credential();
    if (credential == null) {
      throw new ProblemException(REFUSED);
    }
    try {
      passkeys.register(origin(request), request.getSession(), label.strip(), credential);
    } catch (Passkeys.Refused e) {
      throw new ProblemException(REFUSED);
    }
    accounts.changed(account.id());
  }

  @PostMapping("/{passkey}/removal")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(summary = "删除通行密钥 · Remove a passkey")
  void remove(
      Caller caller,
      HttpServletRequest request,
      @PathVariable String passkey,
      @RequestBody Again again) {
    AccountRow account = proof.own(caller, request);
    proof.require(account, request, again.password());
    if (!store.remove(account.id(), id(passkey))) {
      throw new ProblemException(StandardProblems.NOT_FOUND);
    }
    accounts.changed(account.id());
  }

  @PostMapping(path = "/challenge", consumes = MediaType.APPLICATION_JSON_VALUE)
  @Operation(summary = "通行密钥登录第一步 · What the browser asks the authenticator to sign")
  JsonNode challenge(HttpServletRequest request) {
    limited(request);
    return passkeys.beginSignIn(origin(request), request.getSession(true));
  }

  record Given(@Nullable JsonNode credential) {}

  @PostMapping(path = "/sign-in", consumes = MediaType.APPLICATION_JSON_VALUE)
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(summary = "通行密钥登录第二步 · Sign in with what it signed")
  void signIn(HttpServletRequest request, HttpServletResponse response, @RequestBody Given given) {
    limited(request);
    HttpSession session = request.getSession(false);
    JsonNode credential = given.credential();
    if (session == null || credential == null) {
      throw new ProblemException(REFUSED);
    }
    UUID account;
    try {
      account = passkeys.signIn(origin(request), session, credential);
    } catch (Passkeys.Refused e) {
      throw new ProblemException(REFUSED);
    }
    AuditNotes.put(request, "account", account.toString());
    AccountRow row =
        accounts
            .account(account)
            .filter(found -> !found.disabled())
            .orElseThrow(() -> new ProblemException(REFUSED));
    start.begin(row, new Proof(false, true, null), request, response);
  }

  private void limited(HttpServletRequest request) {
    if (limiter.signIn(request.getRemoteAddr()) instanceof Decision.Refused refused) {
      throw new ProblemException(
          StandardProblems.TOO_MANY_REQUESTS,
          Map.of(HttpHeaders.RETRY_AFTER, Long.toString(refused.retryAfterS())));
    }
  }

  private String origin(HttpServletRequest request) {
    return passkeys.origin(request).orElseThrow(() -> new ProblemException(UNAVAILABLE));
  }

  private static Bytes id(String text) {
    try {
      return Bytes.fromBase64(text);
    } catch (IllegalArgumentException e) {
      throw new ProblemException(StandardProblems.NOT_FOUND);
    }
  }
}
