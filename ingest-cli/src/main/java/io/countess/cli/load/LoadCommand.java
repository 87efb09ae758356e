package io.countess.cli.load;

import io.countess.cli.console.ExitCode;
import io.countess.cli.console.Session;
import io.countess.cli.console.Terminal;
import io.countess.event.ByteString;
import io.countess.event.CounterName;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Loads files and pipes. */
@Command(
    name = "load",
    description = "Append the events in files or pipes to the log.",
    footer = {
      "",
      "A line is an event such as {\"namespace\":\"logins\",\"key\":\"alice\",\"n\":2,\"at\":…},",
      "or with --namespace just a key. Blank lines are passed over. Ends when the log has all",
      "events; they count some milliseconds later. Exits with 1 where lines were rejected.",
      "",
      "Example:",
      "  grep Failed auth.log | awk '{print $11}' | countess load --namespace failed-logins -"
    })
public final class LoadCommand implements Callable<Integer> {
  @Mixin private final Session session;

  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description = "Files, gzipped or not; - for standard input.")
  private List<String> files;

  @Option(
      names = "--namespace",
      paramLabel = "NS",
      description = "Each line is a key in this namespace, and puts 1.")
  private String namespace;

  /** A command on {@code terminal}. */
  public LoadCommand(Terminal terminal) {
    this.session = new Session(terminal);
  }

  @Override
  public Integer call() {
    var load = new Load(session, namespace == null ? null : checked(namespace));
    var sources = new ArrayList<Source>();
    files.forEach(file -> sources.add(Source.open(file, session.terminal())));
    boolean all = true;
    try (var server = session.server()) {
      for (Source source : sources) {
        all &= load.run(source, server);
      }
    }
    return all ? ExitCode.OK : ExitCode.FAILED;
  }

  private static ByteString checked(String namespace) {
    return CounterName.policyOf(ByteString.utf8("namespace", namespace)).namespace();
  }
}
