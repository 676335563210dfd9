package org.yuanliu.ledger.note;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Set;

/**
 * Private keys in files that only their owner may read: PKCS #8 in PEM (RFC 7468), which {@code
 * openssl pkey} reads too. A file that others may read is refused, as SSH does it.
 */
public final class FileSigner {
  /** A PKCS #8 file of either algorithm has under 300 bytes. */
  private static final int MAX_BYTES = 4_096;

  private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
  private static final String END = "-----END PRIVATE KEY-----";
  private static final int PEM_COLUMNS = 64;

  private static final Set<PosixFilePermission> OWNER =
      EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  private FileSigner() {}

  /**
   * The signer with the private key of a file.
   *
   * @throws SignerException if the file cannot be read, is open to others, or holds no such key
   */
  public static Signer open(Path file, String name, SignatureType type) {
    requireNonNull(file, "file is null");
    try {
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
      if (!OWNER.containsAll(permissions)) {
        throw new SignerException(
            file
                + " is open to others ("
                + PosixFilePermissions.toString(permissions)
                + "): chmod 600");
      }
      if (Files.size(file) > MAX_BYTES) {
        throw new SignerException(file + " is no private key");
      }
      return PrivateKeys.signer(name, type, decode(Files.readString(file, US_ASCII)));
    } catch (UnsupportedOperationException e) {
      throw new SignerException("the file system of " + file + " does not tell who may read it", e);
    } catch (IOException e) {
      throw new SignerException(file + " cannot be read", e);
    } catch (IllegalArgumentException e) {
      throw new SignerException(file + " is no private key for " + type, e);
    }
  }

  /**
   * Makes a new private key in a new file.
   *
   * @throws SignerException if there is such a file already, or it cannot be written
   */
  public static Signer create(Path file, String name, SignatureType type, SecureRandom random) {
    byte[] pkcs8 = PrivateKeys.generate(type.suite(), random);
    String pem =
        BEGIN
            + "\n"
            + Base64.getMimeEncoder(PEM_COLUMNS, new byte[] {'\n'}).encodeToString(pkcs8)
            + "\n"
            + END
            + "\n";
    // Nobody else can open it in the moment between its making and its writing.
    try (var channel =
        Files.newByteChannel(
            file,
            EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(OWNER))) {
      channel.write(java.nio.ByteBuffer.wrap(pem.getBytes(US_ASCII)));
    } catch (IOException e) {
      throw new SignerException(file + " cannot be written", e);
    }
    return open(file, name, type);
  }

  private static byte[] decode(String pem) {
    String text = pem.strip();
    if (!text.startsWith(BEGIN) || !text.endsWith(END)) {
      throw new IllegalArgumentException("no PEM of a private key");
    }
    return Base64.getMimeDecoder()
        .decode(text.substring(BEGIN.length(), text.length() - END.length()).strip());
  }
}
