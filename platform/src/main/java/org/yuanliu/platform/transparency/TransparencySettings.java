package org.yuanliu.platform.transparency;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How the log is signed, published and witnessed, and which other logs this server witnesses.
 *
 * @param signing whether tree heads are signed and published at all; off only to measure what that
 *     costs
 * @param publishInterval a new checkpoint is published no more often than this
 * @param keepCheckpoints published checkpoints older than this are dropped; the anchors of each day
 *     stay
 */
@Validated
@ConfigurationProperties("yuanliu.transparency")
public record TransparencySettings(
    @DefaultValue("true") boolean signing,
    @NotNull @DefaultValue("500ms") Duration publishInterval,
    @NotNull @DefaultValue("7d") Duration keepCheckpoints,
    @Valid @NotNull @DefaultValue Keys keys,
    @Valid @NotNull @DefaultValue Witnesses witnesses,
    @Valid @NotNull @DefaultValue Watch watch) {

  /** Where a private key is. */
  public enum Holder {
    /** A file in the data folder that only its owner may read. */
    FILE,
    /** The database, sealed under a key from outside: whichever server holds the lease can sign. */
    DATABASE,
    /** A process of its own that is spoken to by lines. */
    PROCESS
  }

  /**
   * Where new private keys are put.
   *
   * @param keyEncryptionKeyFile 64 hexadecimal digits (AES-256-GCM; suite sha256-ed25519) or 32
   *     (SM4-GCM; suite sm3-sm2); needed where the database holds keys
   * @param publicKey of the process's private key: a C2SP verifier key of the log's name
   * @param command of the process, program and arguments
   * @param timeout how long the process may take for a signature
   */
  public record Keys(
      @NotNull @DefaultValue("file") Holder holder,
      @Nullable Path keyEncryptionKeyFile,
      @NotNull @DefaultValue("") String publicKey,
      @NotNull @DefaultValue List<String> command,
      @NotNull @DefaultValue("2s") Duration timeout) {}

  /**
   * Who is to cosign this log.
   *
   * @param required how many cosignatures a checkpoint needs
   * @param patience how long fewer may answer before health says so
   * @param failClosed whether nothing more is accepted after that
   * @param timeout how long a witness may take
   */
  public record Witnesses(
      @NotNull @DefaultValue List<@Valid WitnessOf> list,
      @Min(0) @Max(32) @DefaultValue("0") int required,
      @NotNull @DefaultValue("10m") Duration patience,
      @DefaultValue("false") boolean failClosed,
      @NotNull @DefaultValue("5s") Duration timeout) {
    public Witnesses {
      list = List.copyOf(list);
      if (required > list.size()) {
        throw new IllegalArgumentException(
            required + " cosignatures are required of " + list.size() + " witnesses");
      }
    }
  }

  /**
   * One witness.
   *
   * @param url add-checkpoint stands below it
   * @param key its C2SP verifier key, of a cosignature type
   */
  public record WitnessOf(@NotNull URI url, @NotBlank String key) {}

  /**
   * Which logs this server cosigns.
   *
   * @param name of this witness in its cosignatures; empty: the log's name with /witness behind
   */
  public record Watch(
      @NotNull @DefaultValue("") String name, @NotNull @DefaultValue List<@Valid WatchedLog> logs) {
    public Watch {
      logs = List.copyOf(logs);
    }
  }

  /**
   * A log that is watched.
   *
   * @param origin its name, the first line of its checkpoints
   * @param keys its C2SP verifier keys; all of one suite
   */
  public record WatchedLog(@NotBlank String origin, @NotEmpty List<String> keys) {
    public WatchedLog {
      keys = List.copyOf(keys);
    }
  }
}
