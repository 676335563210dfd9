package org.yuanliu.platform.subscription;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Locale;
import org.springframework.stereotype.Component;

/** Which addresses may be a subscription's {@code dest}. */
@Component
final class Destinations {
  /** Chars; as much as any web server takes. */
  static final int MAX_LENGTH = 2_048;

  private final AddressGuard guard;
  private final SubscriptionSettings settings;

  Destinations(AddressGuard guard, SubscriptionSettings settings) {
    this.guard = requireNonNull(guard, "guard is null");
    this.settings = requireNonNull(settings, "settings is null");
  }

  /**
   * @throws org.yuanliu.platform.problem.ProblemException InvalidURIException where nothing can or
   *     may be delivered there
   */
  URI check(String dest) {
    if (dest.length() > MAX_LENGTH) {
      throw SubscriptionProblems.invalidUri(
          "不得超过 " + MAX_LENGTH + " 字符。", "has at most " + MAX_LENGTH + " characters.");
    }
    URI uri;
    try {
      uri = new URI(dest);
    } catch (URISyntaxException e) {
      throw SubscriptionProblems.invalidUri("不是有效的 URI。", "is no URI.");
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("https") && !(scheme.equals("http") && settings.allowHttp())) {
      throw settings.allowHttp()
          ? SubscriptionProblems.invalidUri("应为 http 或 https 地址。", "is an http or https address.")
          : SubscriptionProblems.invalidUri("应为 https 地址。", "is an https address.");
    }
    if (uri.getHost() == null
        || uri.getRawUserInfo() != null
        || uri.getRawFragment() != null
        || uri.getPort() > 65_535
        || uri.getPort() == 0) {
      throw SubscriptionProblems.invalidUri(
          "应有主机名，不得有用户信息和片段。", "names a host, no user and no fragment.");
    }
    reachable(uri.getHost());
    return uri;
  }

  /** What is plainly not allowed is told now; at each connection it is looked at again. */
  private void reachable(String host) {
    try {
      guard.resolve(unbracketed(host));
    } catch (AddressGuard.RefusedAddressException e) {
      throw SubscriptionProblems.invalidUri(
          "不得指向本机、内网或保留地址；确需如此，由运营方在 yuanliu.subscription.allowed-addresses 中放行。",
          "leads to a local, private or reserved address; the operator may allow it by"
              + " yuanliu.subscription.allowed-addresses.");
    } catch (UnknownHostException e) {
      // The receiver's name may come into being later: deliveries wait for it.
    }
  }

  private static String unbracketed(String host) {
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }
}
