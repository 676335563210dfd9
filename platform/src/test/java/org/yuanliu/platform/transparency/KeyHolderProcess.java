package org.yuanliu.platform.transparency;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.yuanliu.ledger.note.FileSigner;
import org.yuanliu.ledger.note.SignatureType;
import org.yuanliu.ledger.note.Signer;

/** A program that alone holds a log's key and signs line by line: {@code main FILE LOG TYPE}. */
final class KeyHolderProcess {
  private KeyHolderProcess() {}

  static List<String> command(Path key, String log, SignatureType type) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "-Xshare:auto",
        "-cp",
        System.getProperty("java.class.path"),
        KeyHolderProcess.class.getName(),
        key.toString(),
        log,
        type.name());
  }

  public static void main(String[] args) throws IOException {
    Signer signer = FileSigner.open(Path.of(args[0]), args[1], SignatureType.valueOf(args[2]));
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, US_ASCII));
    PrintStream out = new PrintStream(System.out, true, US_ASCII);
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      out.println(
          Base64.getEncoder().encodeToString(signer.sign(Base64.getDecoder().decode(line))));
    }
  }
}
