package io.countess.cli.console;

import io.countess.client.Counts;
import io.countess.client.CountsConfig;
import io.countess.event.Durations;
import picocli.CommandLine.Option;

/** Which server a command speaks to. */
public final class ServerOptions {
  private static final String DEFAULT_URL = "http://127.0.0.1:8080";

  private final Terminal terminal;

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "The server (default: COUNTESS_URL, else " + DEFAULT_URL + ").")
  private String url;

  @Option(
      names = "--api-key",
      paramLabel = "KEY",
      description = "The API key (default: COUNTESS_API_KEY, which others can't see).")
  private String apiKey;

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      defaultValue = "5s",
      description =
          "How long to wait for the answer, network included; at most 60s (default:"
              + " ${DEFAULT-VALUE}).")
  private String timeout;

  public ServerOptions(Terminal terminal) {
    this.terminal = terminal;
  }

  public Counts open() {
    String where = url != null ? url : terminal.variable("COUNTESS_URL").orElse(DEFAULT_URL);
    String key = apiKey != null ? apiKey : terminal.variable("COUNTESS_API_KEY").orElse(null);
    var config = CountsConfig.of(where).withTimeout(Durations.parse("timeout", timeout));
    return Counts.open(key == null ? config : config.withApiKey(key));
  }
}
