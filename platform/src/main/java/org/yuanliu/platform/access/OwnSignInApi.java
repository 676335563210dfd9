package org.yuanliu.platform.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.yuanliu.platform.problem.Problem;
import org.yuanliu.platform.problem.ProblemException;
import org.yuanliu.platform.problem.StandardProblems;
import org.yuanliu.platform.qr.QrImages;

/** One's own password, second factor and devices. Only for a session: a key has none of them. */
@RestController
@RequestMapping("/api/v1/session")
@Tag(name = "Sign-in", description = "登录安全 · One's own password, second factor and devices")
class OwnSignInApi {
  private static final Problem WRONG_CODE =
      Problem.of(
          "second-factor-wrong",
          400,
          "动态码不正确或已用过，请核对手机时间后输入新的动态码。",
          "The code is wrong or was used before; check the phone's clock and enter the next one.");

  private static final Problem ENROLLED =
      Problem.of(
          "second-factor-exists",
          409,
          "已启用动态码；请先停用再重新绑定。",
          "A second factor is in force; remove it before you enrol another.");

  private final AccountService accounts;
  private final SecondFactor factor;
  private final Devices devices;
  private final QrImages qr;
  private final OwnProof proof;

  OwnSignInApi(
      AccountService accounts, SecondFactor factor, Devices devices, QrImages qr, OwnProof proof) {
    this.accounts = requireNonNull(accounts, "accounts is null");
    this.factor = requireNonNull(factor, "factor is null");
    this.devices = requireNonNull(devices, "devices is null");
    this.qr = requireNonNull(qr, "qr is null");
    this.proof = requireNonNull(proof, "proof is null");
  }

  record PasswordChange(@Nullable String current, @Nullable String password) {
    /** Without the passwords. */
    @Override
    public String toString() {
      return "PasswordChange";
    }
  }

  @PutMapping("/password")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(summary = "修改口令 · Change one's password; every session ends, this one too")
  void change(Caller caller, HttpServletRequest request, @RequestBody PasswordChange change) {
    AccountRow account = proof.own(caller, request);
    proof.require(account, request, change.current());
    accounts.setPassword(account.id(), change.password() == null ? "" : change.password());
  }

  /**
   * @param qr the same as the URI, as an SVG image
   */
  record Enrolment(String secret, String uri, String qr) {
    /** Without the secret. */
    @Override
    public String toString() {
      return "Enrolment";
    }
  }

  record Code(@Nullable String code) {}

  record Password(@Nullable String password) {
    /** Without the password. */
    @Override
    public String toString() {
      return "Password";
    }
  }

  record RecoveryCodes(List<String> recoveryCodes) {
    /** Without the codes. */
    @Override
    public String toString() {
      return "RecoveryCodes";
    }
  }

  record FactorState(boolean inForce, int recoveryCodesLeft) {}

  @GetMapping("/second-factor")
  FactorState state(Caller caller, HttpServletRequest request) {
    AccountRow account = proof.own(caller, request);
    return new FactorState(account.codes(), factor.recoveryCodesLeft(account.id()));
  }

  @PostMapping("/second-factor")
  @Operation(summary = "绑定动态码 · A new secret for an authenticator app; in force once confirmed")
  Enrolment begin(Caller caller, HttpServletRequest request, @RequestBody Password password) {
    AccountRow account = proof.own(caller, request);
    proof.require(account, request, password.password());
    SecondFactor.Enrolment begun =
        factor.begin(account).orElseThrow(() -> new ProblemException(ENROLLED));
    return new Enrolment(begun.secret(), begun.uri(), new String(qr.svg(begun.uri()), UTF_8));
  }

  @PutMapping("/second-factor")
  @Operation(summary = "确认动态码 · Confirm it with a first code; gives recovery codes, this once")
  RecoveryCodes confirm(Caller caller, HttpServletRequest request, @RequestBody Code code) {
    AccountRow account = proof.own(caller, request);
    List<String> recovery =
        factor
            .confirm(account.id(), code.code() == null ? "" : code.code().strip())
            .orElseThrow(() -> new ProblemException(WRONG_CODE));
    accounts.changed(account.id());
    return new RecoveryCodes(recovery);
  }

  @PostMapping("/second-factor/removal")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(summary = "停用动态码 · Remove the second factor")
  void remove(Caller caller, HttpServletRequest request, @RequestBody Password password) {
    AccountRow account = proof.own(caller, request);
    proof.require(account, request, password.password());
    factor.remove(account.id());
    accounts.changed(account.id());
  }

  record DeviceList(List<Devices.Device> devices) {}

  @GetMapping("/devices")
  @Operation(summary = "登录设备 · Where one is signed in")
  DeviceList devices(Caller caller, HttpServletRequest request) {
    HttpSession session = request.getSession(false);
    return new DeviceList(devices.of(caller.account(), session == null ? null : session.getId()));
  }

  @DeleteMapping("/devices/{device}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(summary = "下线设备 · Sign a device out")
  void end(Caller caller, @PathVariable UUID device) {
    if (!devices.end(caller.account(), device)) {
      throw new ProblemException(StandardProblems.NOT_FOUND);
    }
  }
}
