package org.yuanliu.platform.personal;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;
import org.yuanliu.platform.keys.Gcm;

/**
 * How personal values are kept.
 *
 * @param cipher AES (AES-256-GCM) or SM4 (SM4-GCM) for keys and values made from now on
 */
@Validated
@ConfigurationProperties("yuanliu.personal")
public record PersonalSettings(
    @NotNull @DefaultValue("aes") Gcm cipher, @Valid @NotNull @DefaultValue Keys keys) {

  /** Where the key-encryption key is. */
  public enum Holder {
    /** Files in a folder, one a key. */
    FILE,
    /** The settings themselves, as an environment variable gives them. */
    ENVIRONMENT,
    /** A process of its own that is spoken to by lines: a KMS, a token by PKCS#11. */
    PROCESS
  }

  /**
   * The key-encryption keys.
   *
   * @param folder of the files; null for {@code {data-dir}/keys/personal}
   * @param values hexadecimal, the one in use first, then those that are being replaced
   * @param command of the process, program and arguments
   * @param timeout how long the process may take for an answer
   */
  public record Keys(
      @NotNull @DefaultValue("file") Holder holder,
      @Nullable Path folder,
      @NotNull @DefaultValue List<String> values,
      @NotNull @DefaultValue List<String> command,
      @NotNull @DefaultValue("2s") Duration timeout) {
    public Keys {
      values = List.copyOf(values);
      command = List.copyOf(command);
    }

    /** Without the secrets. */
    @Override
    public String toString() {
      return "Keys[" + holder + "]";
    }
  }
}
