package io.countess.cli.console;

import io.countess.event.ByteOrderMark;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What surrounds the process. All text is UTF-8, whatever the locale.
 *
 * @param outIsTerminal whether a person reads {@code out}, rather than a file or another program
 */
public record Terminal(
    InputStream in,
    PrintStream out,
    PrintStream err,
    boolean outIsTerminal,
    boolean errIsTerminal,
    Map<String, String> environment) {
  /** Which of the descriptors 0 to 2 were closed when the process was started. */
  private static final String CLOSED = System.getProperty("countess.closed", "");

  /** The terminal of this process. */
  public static Terminal ofProcess() {
    return new Terminal(
        CLOSED.contains("0") ? new ClosedInput() : new FileInputStream(FileDescriptor.in),
        CLOSED.contains("1")
            ? StandardOutput.closed()
            : StandardOutput.of(FileDescriptor.out, false),
        StandardOutput.of(FileDescriptor.err, true),
        isTerminal(1),
        isTerminal(2),
        System.getenv());
  }

  /** A variable of the environment that is set to something. */
  public Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name))
        .map(ByteOrderMark::without)
        .filter(value -> !value.isEmpty());
  }

  /** Why not all of {@link #out} could be written; nothing where nobody reads it any more. */
  public Optional<String> outFailure() {
    return out instanceof StandardOutput standard ? standard.failure() : Optional.empty();
  }

  /**
   * Linux says per stream. Elsewhere there is a console only where all streams are terminals: the
   * launcher asks newer JVMs for the console that keeps to this.
   */
  @SuppressWarnings("SystemConsoleNull")
  private static boolean isTerminal(int descriptor) {
    try {
      var device = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor)).toString();
      return device.startsWith("/dev/pts/") || device.startsWith("/dev/tty");
    } catch (IOException noProc) {
      return System.console() != null;
    }
  }
}
