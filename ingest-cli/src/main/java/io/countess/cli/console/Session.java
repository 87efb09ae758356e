package io.countess.cli.console;

import io.countess.client.Counts;
import picocli.CommandLine.Mixin;

/** What every command that speaks to a server has: the server, and where the answer goes. */
public final class Session {
  private final Terminal terminal;
  @Mixin private final ServerOptions server;
  @Mixin private final OutputOptions output;

  public Session(Terminal terminal) {
    this.terminal = terminal;
    this.server = new ServerOptions(terminal);
    this.output = new OutputOptions(terminal);
  }

  public Counts server() {
    return server.open();
  }

  /** Where the answer goes. */
  public Output output() {
    return output.open();
  }

  public Terminal terminal() {
    return terminal;
  }
}
