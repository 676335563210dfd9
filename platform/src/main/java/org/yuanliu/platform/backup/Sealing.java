package org.yuanliu.platform.backup;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.SecureRandom;
import org.bouncycastle.bcpg.SymmetricKeyAlgorithmTags;
import org.bouncycastle.openpgp.PGPEncryptedDataGenerator;
import org.bouncycastle.openpgp.PGPEncryptedDataList;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPLiteralData;
import org.bouncycastle.openpgp.PGPLiteralDataGenerator;
import org.bouncycastle.openpgp.PGPPBEEncryptedData;
import org.bouncycastle.openpgp.bc.BcPGPObjectFactory;
import org.bouncycastle.openpgp.operator.bc.BcPBEDataDecryptorFactory;
import org.bouncycastle.openpgp.operator.bc.BcPBEKeyEncryptionMethodGenerator;
import org.bouncycastle.openpgp.operator.bc.BcPGPDataEncryptorBuilder;
import org.bouncycastle.openpgp.operator.bc.BcPGPDigestCalculatorProvider;

/** OpenPGP messages under a passphrase (RFC 9580), AES-256, integrity protected. */
final class Sealing {
  private static final int CHUNK_BYTES = 1 << 16;

  private Sealing() {}

  /** Closing it ends the message; the stream below is closed too. */
  static OutputStream seal(OutputStream out, char[] passphrase) throws IOException {
    try {
      PGPEncryptedDataGenerator sealer =
          new PGPEncryptedDataGenerator(
              new BcPGPDataEncryptorBuilder(SymmetricKeyAlgorithmTags.AES_256)
                  .setWithIntegrityPacket(true)
                  .setSecureRandom(new SecureRandom()));
      sealer.addMethod(new BcPBEKeyEncryptionMethodGenerator(passphrase));
      OutputStream sealed = sealer.open(out, new byte[CHUNK_BYTES]);
      OutputStream clear =
          new PGPLiteralDataGenerator()
              .open(sealed, PGPLiteralData.BINARY, "", PGPLiteralData.NOW, new byte[CHUNK_BYTES]);
      return new FilterOutputStream(clear) {
        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
          clear.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
          clear.close();
          sealed.close();
          out.close();
        }
      };
    } catch (PGPException e) {
      throw new IOException(e);
    }
  }

  /**
   * @throws IOException if the passphrase is another one or this is no such message
   */
  static InputStream open(InputStream in, char[] passphrase) throws IOException {
    try {
      Object first = new BcPGPObjectFactory(in).nextObject();
      if (first instanceof PGPEncryptedDataList list
          && !list.isEmpty()
          && list.get(0) instanceof PGPPBEEncryptedData sealed) {
        InputStream clear =
            sealed.getDataStream(
                new BcPBEDataDecryptorFactory(passphrase, new BcPGPDigestCalculatorProvider()));
        if (new BcPGPObjectFactory(clear).nextObject() instanceof PGPLiteralData literal) {
          return literal.getInputStream();
        }
      }
      throw new IOException("not an OpenPGP message under a passphrase");
    } catch (PGPException e) {
      throw new IOException("the passphrase does not open it", e);
    }
  }
}
