package org.yuanliu.platform.subscription;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.springframework.security.web.util.matcher.IpAddressMatcher;
import org.springframework.stereotype.Component;

/**
 * Lets webhooks reach public addresses only, and what the configuration allows besides. It stands
 * where names become addresses, so that a name which meant something else when the subscription was
 * made is of no use, and an address in any spelling is one all the same.
 */
@Component
final class AddressGuard implements DnsResolver {
  /** IANA's registry of special-purpose addresses; what Java tells itself is asked there too. */
  private static final List<String> SPECIAL_V4 =
      List.of(
          "0.0.0.0/8",
          "10.0.0.0/8",
          "100.64.0.0/10",
          "127.0.0.0/8",
          "169.254.0.0/16",
          "172.16.0.0/12",
          "192.0.0.0/24",
          "192.0.2.0/24",
          "192.88.99.0/24",
          "192.168.0.0/16",
          "198.18.0.0/15",
          "198.51.100.0/24",
          "203.0.113.0/24",
          "224.0.0.0/4",
          "240.0.0.0/4");

  /** Addresses in use on the open network begin so; all else is local, mapped or reserved. */
  private static final String GLOBAL_V6 = "2000::/3";

  /**
   * Of them: protocols (Teredo among them), documentation, and 6to4, which wraps any IPv4 address.
   */
  private static final List<String> SPECIAL_V6 =
      List.of("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20");

  private final List<IpAddressMatcher> allowed;
  private final List<IpAddressMatcher> specialV4;
  private final IpAddressMatcher globalV6 = new IpAddressMatcher(GLOBAL_V6);
  private final List<IpAddressMatcher> specialV6;

  AddressGuard(SubscriptionSettings settings) {
    this.allowed = matchers(settings.allowedAddresses());
    this.specialV4 = matchers(SPECIAL_V4);
    this.specialV6 = matchers(SPECIAL_V6);
  }

  private static List<IpAddressMatcher> matchers(List<String> networks) {
    return networks.stream().map(IpAddressMatcher::new).toList();
  }

  /** A name that leads to an address where nothing may be sent. */
  static final class RefusedAddressException extends UnknownHostException {
    private static final long serialVersionUID = 1;

    RefusedAddressException(String host) {
      super(host + " leads to an address that webhooks may not reach");
    }
  }

  /** Whether webhooks may reach this address. */
  boolean permits(InetAddress address) {
    String text = address.getHostAddress();
    int zone = text.indexOf('%');
    String plain = zone < 0 ? text : text.substring(0, zone);
    if (allowed.stream().anyMatch(network -> network.matches(plain))) {
      return true;
    }
    if (address.isLoopbackAddress()
        || address.isAnyLocalAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || address.isMulticastAddress()) {
      return false;
    }
    // Java gives an IPv4 address for one that is mapped into IPv6.
    return address instanceof Inet4Address
        ? specialV4.stream().noneMatch(network -> network.matches(plain))
        : globalV6.matches(plain)
            && specialV6.stream().noneMatch(network -> network.matches(plain));
  }

  /**
   * The host's addresses; refused as a whole where one of them may not be reached, for nobody who
   * means well has such a name.
   */
  @Override
  public InetAddress[] resolve(String host) throws UnknownHostException {
    InetAddress[] addresses = SystemDefaultDnsResolver.INSTANCE.resolve(host);
    List<InetAddress> permitted = new ArrayList<>(addresses.length);
    for (InetAddress address : addresses) {
      if (!permits(address)) {
        throw new RefusedAddressException(host);
      }
      permitted.add(address);
    }
    return permitted.toArray(InetAddress[]::new);
  }

  @Override
  public String resolveCanonicalHostname(String host) {
    return host;
  }
}
