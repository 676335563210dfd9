package org.yuanliu.ledger.note;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Base64;
import java.util.List;

/**
 * A signer in a process of its own, which alone holds the key ({@link LineProcess}): a message in
 * base64 goes in, its signature (64 bytes) in base64 comes out.
 */
public final class ProcessSigner implements Signer {
  private final VerifierKey key;
  private final LineProcess process;

  /**
   * A signer that starts with its first signature.
   *
   * @param key whose private half the process holds
   * @param command program and arguments
   * @param timeout longest wait for a signature
   */
  public ProcessSigner(VerifierKey key, List<String> command, Duration timeout) {
    this.key = requireNonNull(key, "key is null");
    this.process = new LineProcess(command, timeout);
  }

  @Override
  public VerifierKey key() {
    return key;
  }

  @Override
  public byte[] sign(byte[] message) {
    try {
      return Base64.getDecoder().decode(process.ask(Base64.getEncoder().encodeToString(message)));
    } catch (LineProcess.NoAnswerException e) {
      throw new SignerException(process.program() + " did not sign: " + e.getMessage(), e);
    } catch (IllegalArgumentException e) {
      process.close();
      throw new SignerException(process.program() + " did not sign: its answer is no base64", e);
    }
  }

  /** Ends the process. */
  @Override
  public void close() {
    process.close();
  }
}
