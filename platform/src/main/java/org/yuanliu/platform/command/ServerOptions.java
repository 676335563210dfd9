package org.yuanliu.platform.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.yuanliu.platform.YuanliuApplication;
import picocli.CommandLine.Option;

/** What every command that starts the server understands; each option overrides its setting. */
final class ServerOptions {
  @Option(names = "--port", description = "port to listen on; default 8080")
  @Nullable Integer port;

  @Option(names = "--lan", description = "listen on every address, not on loopback only")
  boolean lan;

  @Option(names = "--data", description = "data folder; default ./data")
  @Nullable Path data;

  @Option(names = "--config", description = "a file of settings (YAML)")
  @Nullable Path config;

  @Option(
      names = "--database-url",
      description =
          "a PostgreSQL 15 or later: jdbc:postgresql://host/name; default: the embedded one")
  @Nullable String databaseUrl;

  @Option(
      names = "--tls",
      description =
          "speak HTTPS; without --tls-certificate with a self-signed one, made once in the data"
              + " folder")
  boolean tls;

  @Option(names = "--tls-certificate", description = "its certificate chain (PEM)")
  @Nullable Path tlsCertificate;

  @Option(names = "--tls-key", description = "the private key of that certificate (PEM)")
  @Nullable Path tlsKey;

  @Option(
      names = "--behind-proxy",
      split = ",",
      description =
          "addresses of the proxies before this server: from them alone X-Forwarded-For and"
              + " X-Forwarded-Proto are believed")
  List<String> proxies = List.of();

  /** Where everything is kept that outlives the process. */
  Path dataFolder() {
    return data == null ? Path.of("data").toAbsolutePath().normalize() : CallerPath.of(data);
  }

  /** Starts the server; returns when it answers. */
  ConfigurableApplicationContext start(List<String> more) {
    return SpringApplication.run(YuanliuApplication.class, arguments(more));
  }

  /**
   * Starts a part of the application without a port, beside a server that may run on the same data
   * folder: then on its database.
   */
  ConfigurableApplicationContext startBeside(Class<?> part, List<String> more) {
    List<String> args = new ArrayList<>(more);
    args.addAll(RunningDatabase.of(dataFolder()).map(RunningDatabase::arguments).orElse(List.of()));
    return new SpringApplicationBuilder(part).web(WebApplicationType.NONE).run(arguments(args));
  }

  private String[] arguments(List<String> more) {
    List<String> args = new ArrayList<>(more);
    Path folder = dataFolder();
    args.add("--yuanliu.data-dir=" + folder);
    StringBuilder locations = new StringBuilder("optional:file:" + folder + "/yuanliu.yaml");
    if (config != null) {
      locations.append(",file:").append(CallerPath.ofFile(config));
    }
    args.add("--spring.config.additional-location=" + locations);
    if (port != null) {
      args.add("--server.port=" + port);
    }
    if (lan) {
      args.add("--server.address=0.0.0.0");
    }
    if (databaseUrl != null) {
      args.add("--yuanliu.database.url=" + databaseUrl);
    }
    if (tls || tlsCertificate != null) {
      args.addAll(Tls.arguments(folder, tlsCertificate, tlsKey));
    }
    if (!proxies.isEmpty()) {
      args.add("--server.forward-headers-strategy=native");
      args.add(
          "--server.tomcat.remoteip.internal-proxies="
              + proxies.stream().map(Pattern::quote).collect(Collectors.joining("|")));
      // The proxy speaks HTTPS with the world.
      args.add("--yuanliu.access.https=true");
    }
    return args.toArray(String[]::new);
  }
}
