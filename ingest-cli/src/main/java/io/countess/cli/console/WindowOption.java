package io.countess.cli.console;

import io.countess.event.WindowName;
import java.util.Optional;
import picocli.CommandLine.Option;

/** In which window is counted. */
public final class WindowOption {
  @Option(
      names = "--window",
      paramLabel = "WINDOW",
      description =
          "In the window that begins so by its zone's clock: 2026, 2026-Q4, 2026-10, 2026-W41,"
              + " 2026-10-05, 2026-10-05T14; or that holds an instant as 2026-10-05T14:30:00Z.")
  private String window;

  /** The window that is asked for; empty for the present. */
  public Optional<WindowName> name() {
    return Optional.ofNullable(window).map(WindowName::parse);
  }
}
