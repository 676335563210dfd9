package org.yuanliu.platform.transparency;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.yuanliu.ledger.Suite;
import org.yuanliu.ledger.note.FileSigner;
import org.yuanliu.ledger.note.Note;
import org.yuanliu.ledger.note.NoteException;
import org.yuanliu.ledger.note.PrivateKeys;
import org.yuanliu.ledger.note.ProcessSigner;
import org.yuanliu.ledger.note.Signer;
import org.yuanliu.ledger.note.SignerException;
import org.yuanliu.ledger.note.Signing;
import org.yuanliu.ledger.note.VerifierKey;
import org.yuanliu.platform.ServerSettings;
import org.yuanliu.platform.journal.JournalSettings;
import org.yuanliu.platform.transparency.KeyRows.KeyRow;

/**
 * The keys of this log and of this server as a witness: made when first needed, rotated by command.
 * Every public key that was ever in use stays published, in the database, at {@code /ledger/…/key}
 * and as a file in {@code {data-dir}/ledger}.
 */
@Component
final class LedgerKeys {
  private static final Logger LOG = LoggerFactory.getLogger(LedgerKeys.class);

  private final KeyRows rows;
  private final KeyFiles files;
  private final String log;
  private final Suite suite;
  private final TransparencySettings settings;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();
  private final Set<VerifierKey> warned = new HashSet<>();
  private final Map<KeyPurpose, Signer> open = new EnumMap<>(KeyPurpose.class);

  LedgerKeys(
      KeyRows rows,
      ServerSettings server,
      JournalSettings journal,
      TransparencySettings settings,
      Clock clock) {
    this.rows = requireNonNull(rows, "rows is null");
    this.files = new KeyFiles(server);
    this.log = server.log();
    this.suite = Suite.ofId(journal.suite());
    this.settings = requireNonNull(settings, "settings is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /**
   * Who signs now; the key is made if there is none.
   *
   * @throws SignerException if the private key is not to be had
   */
  synchronized Signer current(KeyPurpose purpose) {
    Signer signer = open.get(purpose);
    if (signer == null) {
      signer = open(inUse(purpose));
      open.put(purpose, signer);
    }
    return signer;
  }

  /** Lets go of keys that were rotated by another process; who signs next finds the new one. */
  synchronized void refresh() {
    for (Map.Entry<KeyPurpose, Signer> entry : List.copyOf(open.entrySet())) {
      List<KeyRow> all = rows.all(entry.getKey());
      if (all.isEmpty() || !all.getFirst().key().equals(entry.getValue().key())) {
        open.remove(entry.getKey());
        entry.getValue().close();
      }
    }
  }

  /** Every key of a purpose, the one in use first; made if there is none. */
  synchronized List<KeyRow> published(KeyPurpose purpose) {
    inUse(purpose);
    return rows.all(purpose);
  }

  /**
   * Replaces the key in use. The old one vouches for the new one if it still can; what it has
   * signed stays verifiable by it.
   *
   * @return the new key
   */
  synchronized VerifierKey rotate(KeyPurpose purpose) {
    KeyRow before = inUse(purpose);
    Made made = make(purpose);
    String succession = null;
    try (Signer old = open(before)) {
      succession = succession(old, made.key());
    } catch (SignerException e) {
      // Lost or broken is one of the reasons to rotate.
      succession = null;
    }
    KeyRow next =
        new KeyRow(purpose, made.key(), now(), null, made.holder(), made.sealed(), succession);
    if (!rows.put(next, before.key())) {
      throw new SignerException("the key is in use already, or another server rotated it just now");
    }
    files.write(purpose, made.key());
    publish(purpose, rows.all(purpose));
    Signer closing = open.remove(purpose);
    if (closing != null) {
      closing.close();
    }
    return made.key();
  }

  /** What an old key signs about the one that follows it. */
  private String succession(Signer old, VerifierKey next) {
    String text = KeyFiles.succession(old.key(), next);
    return new Note(text, List.of(Signing.sign(old, text, clock.instant()))).toString();
  }

  private KeyRow inUse(KeyPurpose purpose) {
    List<KeyRow> all = rows.all(purpose);
    if (all.isEmpty() || all.getFirst().retired() != null) {
      Made made = make(purpose);
      KeyRow first =
          new KeyRow(purpose, made.key(), now(), null, made.holder(), made.sealed(), null);
      // Where another server was faster, its key is the one, and ours is never used.
      if (rows.put(first, null)) {
        files.write(purpose, made.key());
      }
      all = rows.all(purpose);
    }
    publish(purpose, all);
    return all.getFirst();
  }

  private record Made(
      VerifierKey key, TransparencySettings.Holder holder, byte @Nullable [] sealed) {}

  private Made make(KeyPurpose purpose) {
    TransparencySettings.Holder holder =
        purpose == KeyPurpose.LOG || settings.keys().holder() != TransparencySettings.Holder.PROCESS
            ? settings.keys().holder()
            // The configured process has the log's key, not the witness's.
            : TransparencySettings.Holder.FILE;
    return switch (holder) {
      case FILE -> inFile(purpose);
      case DATABASE -> inDatabase(purpose);
      case PROCESS -> inProcess();
    };
  }

  private Made inFile(KeyPurpose purpose) {
    try {
      Files.createDirectories(files.folder());
      Path draft = files.folder().resolve(purpose.prefix() + ".new");
      Files.deleteIfExists(draft); // left by a start that was cut off, and never in use
      try (Signer signer = FileSigner.create(draft, name(purpose), purpose.type(suite), random)) {
        Files.move(draft, files.file(purpose, signer.key(), "key"), StandardCopyOption.ATOMIC_MOVE);
        return new Made(signer.key(), TransparencySettings.Holder.FILE, null);
      }
    } catch (IOException e) {
      throw new SignerException("no key can be written to " + files.folder(), e);
    }
  }

  private Made inDatabase(KeyPurpose purpose) {
    byte[] pkcs8 = PrivateKeys.generate(purpose.type(suite).suite(), random);
    try (Signer signer = PrivateKeys.signer(name(purpose), purpose.type(suite), pkcs8)) {
      byte[] sealed = seal().seal(pkcs8, signer.key().toString(), random);
      return new Made(signer.key(), TransparencySettings.Holder.DATABASE, sealed);
    }
  }

  private Made inProcess() {
    VerifierKey key;
    try {
      key = VerifierKey.parse(settings.keys().publicKey());
    } catch (NoteException e) {
      throw new SignerException("yuanliu.transparency.keys.public-key is no verifier key", e);
    }
    if (!key.name().equals(log) || key.type() != KeyPurpose.LOG.type(suite)) {
      throw new SignerException(
          "yuanliu.transparency.keys.public-key is not a key of " + log + " for " + suite.id());
    }
    return new Made(key, TransparencySettings.Holder.PROCESS, null);
  }

  private Signer open(KeyRow row) {
    return switch (row.holder()) {
      case FILE ->
          matching(
              row,
              FileSigner.open(
                  files.file(row.purpose(), row.key(), "key"), row.key().name(), row.key().type()));
      case DATABASE -> {
        byte[] sealed = requireNonNull(row.sealed(), "a key in the database without its seal");
        yield matching(
            row,
            PrivateKeys.signer(
                row.key().name(), row.key().type(), seal().open(sealed, row.key().toString())));
      }
      case PROCESS ->
          new ProcessSigner(row.key(), settings.keys().command(), settings.keys().timeout());
    };
  }

  private static Signer matching(KeyRow row, Signer signer) {
    if (!signer.key().equals(row.key())) {
      throw new SignerException("the private key is not that of " + row.key());
    }
    return signer;
  }

  private KeySeal seal() {
    Path file = settings.keys().keyEncryptionKeyFile();
    if (file == null) {
      throw new SignerException(
          "a key in the database needs yuanliu.transparency.keys.key-encryption-key-file");
    }
    return KeySeal.ofFile(suite, file);
  }

  private String name(KeyPurpose purpose) {
    if (purpose == KeyPurpose.LOG) {
      return log;
    }
    return settings.watch().name().isEmpty() ? log + "/witness" : settings.watch().name();
  }

  /** Public keys as files; those that nobody vouches for are for a person to put there. */
  private void publish(KeyPurpose purpose, List<KeyRow> all) {
    List<KeyRow> strangers = files.strangers(purpose, all);
    for (KeyRow row : all) {
      if (!strangers.contains(row)) {
        files.write(purpose, row.key());
      } else if (warned.add(row.key())) {
        LOG.warn(
            "{} stands in the database, and no key in {} vouches for it: if it is yours, put it"
                + " there as {}",
            row.key(),
            files.folder(),
            files.file(purpose, row.key(), "pub").getFileName());
      }
    }
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
