package org.yuanliu.platform.subscription;

import org.yuanliu.platform.problem.Problem;
import org.yuanliu.platform.problem.ProblemException;

/** Refusals of subscriptions, by the names of the standard (EPCIS 2.0 §8.2.5). */
public final class SubscriptionProblems {
  public static final String CONTROLS = "epcisException:SubscriptionControlsException";
  public static final String INVALID_URI = "epcisException:InvalidURIException";
  public static final String NOT_PERMITTED = "epcisException:SubscribeNotPermittedException";
  public static final String DUPLICATE = "epcisException:DuplicateSubscriptionException";
  public static final String NO_SUCH = "epcisException:NoSuchSubscriptionException";

  private SubscriptionProblems() {}

  public static ProblemException controls(String zh, String en) {
    return new ProblemException(Problem.of(CONTROLS, 400, "订阅控制：" + zh, "Subscription: " + en));
  }

  public static ProblemException invalidUri(String zh, String en) {
    return new ProblemException(Problem.of(INVALID_URI, 400, "dest：" + zh, "dest: " + en));
  }

  public static ProblemException notPermitted(String zh, String en) {
    return new ProblemException(Problem.of(NOT_PERMITTED, 403, zh, en));
  }

  public static ProblemException duplicate() {
    return new ProblemException(
        Problem.of(DUPLICATE, 409, "已有同一标识的订阅。", "There is a subscription with this id."));
  }
}
