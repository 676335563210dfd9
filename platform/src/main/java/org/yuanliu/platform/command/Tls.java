package org.yuanliu.platform.command;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The settings of HTTPS, and a self-signed certificate for the first days. */
final class Tls {
  /** Browsers take no certificate that is valid for longer. */
  private static final int VALID_DAYS = 397;

  private static final int PASSWORD_BYTES = 24;

  private static final long KEYTOOL_S = 60;

  private Tls() {}

  /**
   * @param certificate null for a self-signed one, made at the first start in {@code
   *     {data-dir}/tls}
   */
  static List<String> arguments(Path data, @Nullable Path certificate, @Nullable Path key) {
    List<String> args = new ArrayList<>();
    args.add("--server.ssl.enabled=true");
    args.add("--server.ssl.enabled-protocols=TLSv1.3,TLSv1.2");
    args.add("--yuanliu.access.https=true");
    if (certificate != null) {
      if (key == null) {
        throw new IllegalArgumentException("--tls-certificate needs --tls-key");
      }
      args.add("--server.ssl.certificate=file:" + CallerPath.of(certificate));
      args.add("--server.ssl.certificate-private-key=file:" + CallerPath.of(key));
      return args;
    }
    Path folder = data.resolve("tls");
    Path store = folder.resolve("self-signed.p12");
    Path secret = folder.resolve("self-signed.password");
    try {
      if (!Files.exists(store)) {
        make(folder, store, secret);
        System.out.println(
            "已生成自签名证书，浏览器会提示不受信任；正式使用请换 --tls-certificate。    A self-signed certificate was made:"
                + " browsers will warn; use --tls-certificate for real use.");
      }
      args.add("--server.ssl.key-store=file:" + store);
      args.add("--server.ssl.key-store-type=PKCS12");
      args.add("--server.ssl.key-store-password=" + Files.readString(secret, US_ASCII).strip());
      return args;
    } catch (IOException e) {
      throw new UncheckedIOException("no certificate could be made in " + folder, e);
    }
  }

  private static void make(Path folder, Path store, Path secret) throws IOException {
    var ownerOnly =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder.getParent() == null ? folder : folder.getParent());
      Files.createDirectory(folder, ownerOnly);
    }
    byte[] random = new byte[PASSWORD_BYTES];
    new SecureRandom().nextBytes(random);
    String password = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    Files.writeString(secret, password + "\n", US_ASCII);
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
    Path made = folder.resolve("making.p12");
    Files.deleteIfExists(made);
    String host = InetAddress.getLocalHost().getHostName().replaceAll("[^A-Za-z0-9.-]", "");
    String names = "dns:localhost,ip:127.0.0.1,ip:::1" + (host.isEmpty() ? "" : ",dns:" + host);
    // The JDK's own tool: the one thing in a JDK that makes certificates.
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "yuanliu",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-validity",
                Integer.toString(VALID_DAYS),
                "-dname",
                "CN=Yuanliu self-signed",
                "-ext",
                "san=" + names,
                "-storetype",
                "PKCS12",
                "-keystore",
                made.toString(),
                "-storepass:file",
                secret.toString())
            .redirectErrorStream(true)
            .start();
    try {
      String said = new String(keytool.getInputStream().readAllBytes(), US_ASCII);
      if (!keytool.waitFor(KEYTOOL_S, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
        keytool.destroyForcibly();
        throw new IOException("keytool: " + said);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rw-------"));
    Files.move(made, store, StandardCopyOption.ATOMIC_MOVE);
  }
}
