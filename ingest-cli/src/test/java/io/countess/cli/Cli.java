package io.countess.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.countess.cli.console.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.Map;

/** Runs commands in this process, on streams of their own. */
public final class Cli {
  private final Map<String, String> environment = new HashMap<>();
  private byte[] in = {};
  private boolean terminal;

  /** How a command ended and what it said. */
  public record Ran(int exitCode, String out, String err) {}

  /** Against this server. */
  public static Cli at(FakeServer server) {
    return new Cli().with("COUNTESS_URL", server.url());
  }

  public Cli with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  public Cli in(byte[] bytes) {
    in = bytes;
    return this;
  }

  public Cli onTerminal() {
    terminal = true;
    return this;
  }

  public Ran run(String... args) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    int exitCode = Main.run(terminal(out, err), args);
    return new Ran(exitCode, out.toString(UTF_8), err.toString(UTF_8));
  }

  public Terminal terminal(ByteArrayOutputStream out, ByteArrayOutputStream err) {
    return new Terminal(
        new ByteArrayInputStream(in),
        new PrintStream(out, true, UTF_8),
        new PrintStream(err, true, UTF_8),
        terminal,
        terminal,
        environment);
  }
}
