package org.yuanliu.platform.command;

import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import org.springframework.context.ConfigurableApplicationContext;
import org.yuanliu.platform.ServerSettings;
import org.yuanliu.platform.demo.DemoLoader;
import org.yuanliu.platform.demo.DemoOptions;
import org.yuanliu.platform.opendata.OpenData;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Starts the server, loads the demonstration through its door, and says what to look at. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = "Start with the demonstration; a second start keeps what is there.")
final class DemoCommand implements Callable<Integer> {
  @Mixin private ServerOptions options = new ServerOptions();

  @Option(
      names = "--scale",
      description = "1 for about 50,000 events, more for more days; default ${DEFAULT-VALUE}")
  private double scale = 1;

  @Override
  public Integer call() throws Exception {
    Path log = options.dataFolder().resolve("logs").resolve("yuanliu.log");
    ConfigurableApplicationContext context =
        options.start(
            List.of(
                // People read the console; the log is a file beside.
                "--logging.file.name=" + log,
                "--logging.structured.format.file=ecs",
                "--logging.threshold.console=warn",
                "--yuanliu.open-data.publish=true"));
    try {
      int port = context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
      ServerSettings settings = context.getBean(ServerSettings.class);
      context
          .getBean(DemoLoader.class)
          .load(
              URI.create("http://127.0.0.1:" + port),
              settings.dataDir(),
              DemoOptions.upToNow(scale, context.getBean(Clock.class)),
              settings.log(),
              new PrintStream(System.out, true, StandardCharsets.UTF_8),
              new PrintStream(System.err, true, StandardCharsets.UTF_8),
              Terminal.console() != null);
      // The days that are over, as the schedule would do it within the hour.
      context.getBean(OpenData.class).publish();
    } catch (Exception e) {
      context.close();
      throw e;
    }
    return 0;
  }
}
