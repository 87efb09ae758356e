package io.countess.cli.load;

import io.countess.cli.console.ExitCode;
import io.countess.cli.console.FailedException;
import io.countess.cli.console.Session;
import io.countess.cli.console.Terminal;
import io.countess.client.BrokenLoadException;
import io.countess.client.LoadOptions.Ack;
import io.countess.client.ProblemException;
import java.nio.file.Path;
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
          + "log: those without a key are counted as unmatched. Blank lines are passed over.",
      "",
      "Ends when all events are folded, and says how many were accepted, refused, late and so on, "
          + "with the first of each. Exits with 1 where lines were rejected, impossible or in "
          + "conflict, with 3 where lines were refused, late or over the bound of ids, and with 4 "
          + "where nobody could tell in time. With --ack logged it ends when the log has all "
          + "events, and says no more than that.",
      "",
      "Where a load breaks off, the row says how many events are logged at least. With --id KEY it "
          + "can be repeated: an event without an id gets one that depends on KEY and on its line, and "
          + "counts once as long as its counter remembers ids: for the policy's dedupe, 10 min unless "
          + "set, and up to 1000000 ids in that time unless set, beyond which it refuses puts with "
          + "ids.",
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
  private static final String LOGGED_ONLY =
      "countess: lines are logged; which of them count is not known (--ack applied tells)";

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

  @Option(
      names = "--ack",
      paramLabel = "applied|logged",
      defaultValue = "applied",
      description =
          "Wait until all lines are folded and tell what became of them, or only until the log has"
              + " them, which is faster (default: ${DEFAULT-VALUE}).")
  private Ack ack;

  @Option(
      names = "--as-of-log",
      description =
          "Take events of any age, with their time. Without this, those of more than 6 days ago are"
              + " rejected. A put that has ended meanwhile is late: so this is for totals, gauges,"
              + " long-lived puts, and windows that are kept.")
  private boolean asOfLog;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description =
          "Makes this file, of NDJSON: file, line, outcome, namespace, key and reason of each line"
              + " that did not count, or would not have.")
  private Path report;

  public LoadCommand(Terminal terminal) {
    this.session = new Session(terminal);
  }

  @Override
  public Integer call() {
    Optional<Form> lines = new Forms(form, Clock.systemUTC()).form();
    if (report != null && ack == Ack.LOGGED) {
      String why = "--report goes with --ack applied: what is only logged may yet be refused";
      throw new FailedException(ExitCode.USAGE, why, null);
    }
    if (files.stream().filter(Source::isStandardInput).count() > 1) {
      throw new FailedException(ExitCode.USAGE, "standard input can be read only once", null);
    }
    var sources = new ArrayList<Source>();
    files.forEach(file -> sources.add(Source.open(file, session.terminal())));
    Optional<ReportFile> listed = Optional.ofNullable(report).map(ReportFile::create);
    boolean ended = false;
    try {
      int exitCode = load(sources, new Load(session, lines, new Load.How(ack, asOfLog, listed)));
      ended = true;
      if (ack == Ack.LOGGED && exitCode != ExitCode.NO_ANSWER) {
        session.terminal().err().println(LOGGED_ONLY);
      }
      listed.ifPresent(ReportFile::close);
      return listed.flatMap(ReportFile::failure).map(this::unwritten).orElse(exitCode);
    } finally {
      listed.ifPresent(ended ? ReportFile::close : ReportFile::abandon);
    }
  }

  private int unwritten(String why) {
    throw new FailedException(ExitCode.FAILED, "--report " + why, null);
  }

  private int load(List<Source> sources, Load load) {
    var verdict = LoadVerdict.GOOD;
    try (var server = session.server()) {
      for (Source source : sources) {
        verdict = verdict.and(load.run(source, idOf(sources.indexOf(source)), server));
      }
    } catch (BrokenLoadException told) {
      return told.getCause() instanceof ProblemException it && it.problem().status() < 500
          ? ExitCode.FAILED
          : ExitCode.NO_ANSWER;
    }
    return verdict.exitCode();
  }

  private Optional<String> idOf(int file) {
    return Optional.ofNullable(id).map(key -> file == 0 ? key : key + "." + (file + 1));
  }
}
