package io.countess.cli.rehearse;

import io.countess.cli.console.ExitCode;
import io.countess.cli.console.Terminal;
import io.countess.server.Countess;
import io.countess.server.CountessConfig;
import io.countess.server.Setting;
import io.countess.server.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Runs a server of its own, with every door open, and has it do all that users have it do. A JVM
 * that records this knows what will matter: the launcher makes its archives so.
 */
@Command(name = "rehearse", hidden = true, description = "Run a server through what matters.")
public final class RehearseCommand implements Callable<Integer> {
  private static final Duration START = Duration.ofSeconds(60);

  @Option(names = "--data", required = true, description = "An empty directory.")
  private Path data;

  @Option(names = "--seconds", required = true, description = "How long.")
  private int seconds;

  private final Terminal terminal;

  public RehearseCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException, InterruptedException, ExecutionException {
    Path limits = data.resolve("limits.yaml");
    Files.writeString(limits, DoorActs.LIMITS);
    var config = CountessConfig.of(Settings.read(flags(limits), Map.of()));
    try (Countess countess = Countess.start(config)) {
      if (!countess.awaitReady(START)) {
        throw new IllegalStateException("it is still " + countess.state());
      }
      terminal.out().println("rehearsing at " + countess.url());
      terminal.out().flush();
      Map<String, Long> failures = new Rehearsal(countess).play(Duration.ofSeconds(seconds));
      failures.forEach((what, times) -> terminal.err().println(times + " times: " + what));
      return failures.isEmpty() ? ExitCode.OK : ExitCode.FAILED;
    }
  }

  private Map<Setting, String> flags(Path limits) {
    var flags = new EnumMap<Setting, String>(Setting.class);
    flags.put(Setting.DATA, data.resolve("data").toString());
    flags.put(Setting.HTTP_PORT, "0");
    flags.put(Setting.KAFKA_PORT, "0");
    flags.put(Setting.ALL_DOORS, "true");
    flags.put(Setting.DRACULA_PORT, "0");
    flags.put(Setting.DRACULA_REST_PORT, "0");
    flags.put(Setting.REDIS_PORT, "0");
    flags.put(Setting.METRIC_NEXUS_PORT, "0");
    flags.put(Setting.METRIC_NEXUS_TLS, "off");
    flags.put(Setting.TENANTS_PORT, "0");
    flags.put(Setting.TENANTS_LIMIT, "off");
    flags.put(Setting.ENVOY_PORT, "0");
    flags.put(Setting.ENVOY_JSON_PORT, "0");
    flags.put(Setting.ENVOY_CONFIG, limits.toString());
    return flags;
  }
}
