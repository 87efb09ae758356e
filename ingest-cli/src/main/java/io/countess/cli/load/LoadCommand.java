package io.countess.cli.load;

import io.countess.cli.console.ExitCode;
import io.countess.cli.console.FailedException;
import io.countess.cli.console.Session;
import io.countess.cli.console.Terminal;
import io.countess.client.BrokenLoadException;
import io.countess.client.ProblemException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
      "A line is an event such as {\"namespace\":\"logins\",\"key\":\"alice\",\"n\":2,\"at\":…}, "
          + "or with --namespace just a key, or with --regex, --json or --csv a line of another "
          + "log: those without a key are counted as unmatched. Blank lines are passed over. Ends "
          + "when the log has all events; they count some milliseconds later. Exits with 1 where "
          + "lines were rejected.",
      "",
      "Where a load breaks off, the row says how many events are logged at least. With --id KEY it "
          + "can be repeated: an event without an id gets one that depends on KEY and on its line, and "
          + "counts once as long as its counter remembers ids: for the policy's dedupe, 10 min unless "
          + "set, and up to 1000000 ids in that time unless set, beyond which it refuses puts with "
          + "ids: those become dead letters, and counters of which a file has so many lines are "
          + "named.",
      "",
      "Examples:",
      "  cut -f 1 visits | countess load --namespace visits -",
      "  countess load --namespace failed-logins --time-format syslog \\",
      "    --regex 'Failed password.* from (?<key>[0-9.]+)' auth.log",
      "  countess load --namespace traffic --json --key-field /client/ip \\",
      "    --n-field bytes --at-field ts --time-format epoch access.json",
      "  countess load --namespace sales --csv --key-field shop \\",
      "    --n-field pieces --at-field day --time-format 'dd.MM.yyyy HH:mm' sales.csv"
    })
public final class LoadCommand implements Callable<Integer> {
  @Mixin private final Session session;

  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description = "Files, gzipped or not; - for standard input.")
  private List<String> files;

  @Mixin private final FormOptions form = new FormOptions();

  @Option(
      names = "--id",
      paramLabel = "KEY",
      description =
          "Makes the load one that can be repeated safely; of several files, the second has KEY.2.")
  private String id;

  public LoadCommand(Terminal terminal) {
    this.session = new Session(terminal);
  }

  @Override
  public Integer call() {
    var load = new Load(session, new Forms(form, Clock.systemUTC()).form());
    if (files.stream().filter(Source::isStandardInput).count() > 1) {
      throw new FailedException(ExitCode.USAGE, "standard input can be read only once", null);
    }
    var sources = new ArrayList<Source>();
    files.forEach(file -> sources.add(Source.open(file, session.terminal())));
    boolean all = true;
    try (var server = session.server()) {
      for (Source source : sources) {
        all &= load.run(source, idOf(sources.indexOf(source)), server);
      }
    } catch (BrokenLoadException told) {
      return told.getCause() instanceof ProblemException it && it.problem().status() < 500
          ? ExitCode.FAILED
          : ExitCode.NO_ANSWER;
    }
    return all ? ExitCode.OK : ExitCode.FAILED;
  }

  private Optional<String> idOf(int file) {
    return Optional.ofNullable(id).map(key -> file == 0 ? key : key + "." + (file + 1));
  }
}
