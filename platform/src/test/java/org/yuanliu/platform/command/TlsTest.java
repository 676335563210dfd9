package org.yuanliu.platform.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The certificate of the first days. */
class TlsTest {
  @TempDir Path data;

  @Test
  void makesACertificateOnceThatOnlyItsOwnerReads() throws Exception {
    List<String> args = Tls.arguments(data, null, null);
    assertThat(args).contains("--server.ssl.enabled=true", "--yuanliu.access.https=true");
    Path store = data.resolve("tls/self-signed.p12");
    for (Path file : List.of(store, data.resolve("tls/self-signed.password"))) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
    }
    String password =
        args.stream()
            .filter(arg -> arg.startsWith("--server.ssl.key-store-password="))
            .map(arg -> arg.substring(arg.indexOf('=') + 1))
            .findFirst()
            .orElseThrow();
    assertThat(password).hasSizeGreaterThan(30);
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, password.toCharArray());
    }
    X509Certificate certificate = (X509Certificate) keys.getCertificate("yuanliu");
    assertThat(certificate.getSubjectAlternativeNames().toString())
        .contains("localhost")
        .contains("127.0.0.1");
    byte[] before = Files.readAllBytes(store);
    assertThat(Tls.arguments(data, null, null)).isEqualTo(args);
    assertThat(Files.readAllBytes(store)).isEqualTo(before);
  }

  @Test
  void aCertificateNeedsItsKey() {
    assertThatThrownBy(() -> Tls.arguments(data, Path.of("a.pem"), null))
        .hasMessageContaining("--tls-key");
  }
}
