package org.yuanliu.platform.access;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The policy as it is enforced, for everybody who is signed in: what is decided is no secret. */
@RestController
@Tag(name = "Policy", description = "披露规则 · Who sees what")
class PolicyApi {

  record Policy(List<DisclosureRule.Shown> rules) {}

  @GetMapping("/api/v1/disclosure")
  @Operation(summary = "谁能看到什么 · The disclosure policy, from the lines that enforce it")
  Policy policy(Caller caller) {
    return new Policy(DisclosureRule.shown());
  }
}
