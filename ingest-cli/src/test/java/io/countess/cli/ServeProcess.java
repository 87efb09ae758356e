package io.countess.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A serve process of the classes under test, to be killed. */
public final class ServeProcess {
  private ServeProcess() {}

  /**
   * Starts one whose data and log are in {@code directory}.
   *
   * @param flags of serve, besides {@code --data}
   */
  public static Process start(Path directory, List<String> flags) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var command =
        new ArrayList<>(
            List.of(
                java,
                "-Xmx768m",
                "-XX:TieredStopAtLevel=1", // quick to start rather than fast in the end
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "serve",
                "--data=" + directory.resolve("data")));
    command.addAll(flags);
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(directory.resolve("serve.log").toFile()))
        .start();
  }
}
