package org.yuanliu.platform.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yuanliu.epcis.CbvForm;
import org.yuanliu.epcis.Syntax;
import org.yuanliu.platform.binding.EpcFormat;
import org.yuanliu.platform.problem.ProblemException;

/** Where webhooks may go: nothing that is local, whatever it is called (SSRF). */
class AddressGuardTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.255.255.254",
        "0.0.0.0",
        "0.1.2.3",
        "10.0.0.1",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "192.0.0.8",
        "192.0.2.1",
        "198.18.0.1",
        "198.51.100.7",
        "203.0.113.9",
        "192.88.99.1",
        "224.0.0.1",
        "239.255.255.255",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "::ffff:7f00:1",
        "::127.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b:1::1",
        "fe80::1",
        "fec0::1",
        "fc00::1",
        "fd12:3456::1",
        "ff02::1",
        "100::1",
        "2001::1",
        "2001:db8::1",
        "2002:7f00:1::",
        "3fff::1",
        "4000::1",
        // Other spellings of 127.0.0.1 that the system reads as addresses.
        "2130706433",
        "127.1",
        "localhost"
      })
  void isRefused(String host) {
    AddressGuard guard = new AddressGuard(settings(List.of(), false));
    assertThatThrownBy(() -> guard.resolve(host))
        .isInstanceOf(AddressGuard.RefusedAddressException.class);
    assertThatThrownBy(() -> guard.resolve(host, 443))
        .isInstanceOf(AddressGuard.RefusedAddressException.class);
    String literal = host.contains(":") ? "[" + host + "]" : host;
    assertThat(refusal("https://" + literal + "/hook", List.of(), false))
        .isEqualTo(SubscriptionProblems.INVALID_URI);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1.1.1",
        "9.255.255.255",
        "11.0.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "172.15.255.255",
        "172.32.0.0",
        "192.167.255.255",
        "223.255.255.255",
        "2400:3200::1",
        "2606:4700::1111",
        "::ffff:1.1.1.1"
      })
  void isPublic(String address) throws Exception {
    AddressGuard guard = new AddressGuard(settings(List.of(), false));
    assertThat(guard.permits(InetAddress.getByName(address))).isTrue();
    String literal = address.contains(":") ? "[" + address + "]" : address;
    assertThatCode(() -> check("https://" + literal + "/", List.of(), false))
        .doesNotThrowAnyException();
  }

  @Test
  void theConfigurationAllowsNetworks() throws Exception {
    AddressGuard guard = new AddressGuard(settings(List.of("10.1.0.0/16", "fd00::/8"), false));
    assertThat(guard.permits(InetAddress.getByName("10.1.255.1"))).isTrue();
    assertThat(guard.permits(InetAddress.getByName("fd00::7"))).isTrue();
    assertThat(guard.permits(InetAddress.getByName("10.2.0.1"))).isFalse();
    assertThat(guard.permits(InetAddress.getByName("127.0.0.1"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "hook",
        "/hook",
        "ftp://1.1.1.1/",
        "file:///etc/passwd",
        "http://1.1.1.1/",
        "https:///hook",
        "https://",
        "https:1.1.1.1",
        "https://user:pw@1.1.1.1/",
        "https://1.1.1.1/#x",
        "https://1.1.1.1:0/",
        "https://1.1.1.1:70000/",
        "https://1.1.1.1/a b",
        "mailto:a@b.c",
        "javascript:alert(1)"
      })
  void isNoDestination(String dest) {
    assertThat(refusal(dest, List.of(), false)).isEqualTo(SubscriptionProblems.INVALID_URI);
  }

  @Test
  void httpIsForWhoeverAllowsIt() {
    assertThatCode(() -> check("http://1.1.1.1/", List.of(), true)).doesNotThrowAnyException();
    String most = "https://1.1.1.1/" + "a".repeat(Destinations.MAX_LENGTH - 16);
    assertThat(most).hasSize(Destinations.MAX_LENGTH);
    assertThatCode(() -> check(most, List.of(), false)).doesNotThrowAnyException();
    assertThat(refusal(most + "a", List.of(), false)).isEqualTo(SubscriptionProblems.INVALID_URI);
  }

  /**
   * A name that was public when the subscription was made and is local when it is delivered: what
   * counts is the address of the connection.
   */
  @Test
  void aNameIsLookedUpAtTheConnection() throws Exception {
    SubscriptionSettings settings = settings(List.of(), true);
    try (Receiver receiver = new Receiver();
        WebhookClient client = new WebhookClient(new AddressGuard(settings), settings)) {
      for (String url :
          List.of(receiver.url("/"), receiver.url("/").replace("127.0.0.1", "localhost"))) {
        assertThatThrownBy(
                () ->
                    client.send(
                        new WebhookClient.Delivery(
                            UUID.randomUUID(),
                            URI.create(url),
                            new byte[0],
                            new DeliveryForm(
                                Syntax.JSON_LD, CbvForm.WEB_URI, EpcFormat.NEVER_TRANSLATES),
                            null,
                            false)))
            .isInstanceOf(AddressGuard.RefusedAddressException.class);
      }
      assertThat(receiver.taken).isEmpty();
    }
  }

  /** What a receiver answers at length is cut off, and counts as its answer. */
  @Test
  void ofALongAnswerNoMoreIsReadThanItsBeginning() throws Exception {
    SubscriptionSettings settings = settings(List.of("127.0.0.1/32"), true);
    byte[] answer = new byte[20_000_000];
    try (Receiver receiver = new Receiver();
        WebhookClient client = new WebhookClient(new AddressGuard(settings), settings)) {
      receiver.behaviour = delivery -> new Receiver.Answer(200, java.util.Map.of(), answer);
      for (int i = 0; i < 3; i++) {
        WebhookClient.Delivery delivery =
            new WebhookClient.Delivery(
                UUID.randomUUID(),
                URI.create(receiver.url("/")),
                new byte[0],
                new DeliveryForm(Syntax.JSON_LD, CbvForm.WEB_URI, EpcFormat.NEVER_TRANSLATES),
                null,
                false);
        assertThat(client.send(delivery).status()).isEqualTo(200);
      }
    }
  }

  private static String refusal(String dest, List<String> allowed, boolean http) {
    try {
      check(dest, allowed, http);
      return "";
    } catch (ProblemException e) {
      return e.problem().code();
    }
  }

  private static void check(String dest, List<String> allowed, boolean http) {
    SubscriptionSettings settings = settings(allowed, http);
    new Destinations(new AddressGuard(settings), settings).check(dest);
  }

  private static SubscriptionSettings settings(List<String> allowed, boolean http) {
    return new SubscriptionSettings(
        true,
        10,
        http,
        allowed,
        100,
        1 << 20,
        4,
        Duration.ofMillis(100),
        Duration.ofSeconds(10),
        Duration.ofSeconds(1),
        Duration.ofSeconds(2),
        Duration.ofSeconds(1),
        Duration.ofMinutes(1),
        10,
        10);
  }
}
