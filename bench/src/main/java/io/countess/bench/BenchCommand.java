package io.countess.bench;

import io.countess.broker.BrokerStartException;
import io.countess.cli.Main;
import io.countess.cli.console.ExitCode;
import io.countess.cli.console.FailedException;
import io.countess.event.Durations;
import io.countess.event.InvalidInputException;
import io.countess.server.SettingsException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures this machine with Countess on it. */
@Command(
    name = "bench",
    description = Main.BENCH,
    footer = {
      "",
      "Runs in this process, and in some that it starts, on data of its own that is deleted in "
          + "the end. Takes a quarter of an hour; progress goes to standard error. Figures only mean "
          + "something where nothing else runs: compare within one run, and look at min and max. "
          + "docs/BENCHMARKS.md says what is measured and how to read it."
    })
final class BenchCommand implements Callable<Integer> {
  private final PrintStream out;
  private final PrintStream err;

  @Option(
      names = "--only",
      paramLabel = "PART",
      split = ",",
      description = "Measure only these: bulk, decisions, http, doors, memory, start, cold.")
  private Set<Part> only = EnumSet.allOf(Part.class);

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Where the temporary data goes (default: the system's temporary directory).")
  private Path data = Path.of(System.getProperty("java.io.tmpdir"));

  @Option(
      names = "--store",
      paramLabel = "rocksdb|memory",
      defaultValue = "rocksdb",
      description = "What holds the state of Countess (default: ${DEFAULT-VALUE}).")
  private String store;

  @Option(
      names = "--commit-interval",
      paramLabel = "DURATION",
      defaultValue = "500ms",
      description = "How often progress is committed (default: ${DEFAULT-VALUE}).")
  private String commitInterval;

  @Option(
      names = "--records",
      paramLabel = "N",
      defaultValue = "2000000",
      description = "Records of each run in bulk (default: ${DEFAULT-VALUE}).")
  private int records;

  @Option(
      names = "--keys",
      paramLabel = "N",
      defaultValue = "1000000",
      description = "Keys that they are drawn from (default: ${DEFAULT-VALUE}).")
  private int keys;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "3",
      description = "How often everything is measured (default: ${DEFAULT-VALUE}).")
  private int rounds;

  @Option(
      names = "--span",
      paramLabel = "DURATION",
      defaultValue = "3s",
      description = "How long a run takes that goes by time (default: ${DEFAULT-VALUE}).")
  private String span;

  @Option(
      names = "--output",
      paramLabel = "json|table",
      defaultValue = "table",
      description = "How the figures are shown (default: ${DEFAULT-VALUE}).")
  private Format output;

  /** How figures are shown. */
  enum Format {
    JSON,
    TABLE
  }

  /**
   * @param out takes the figures
   * @param err takes the progress
   */
  BenchCommand(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  @Override
  public Integer call() {
    try {
      measure(plan());
      return ExitCode.OK;
    } catch (SettingsException | InvalidInputException invalid) {
      throw new FailedException(ExitCode.USAGE, invalid.getMessage(), invalid);
    } catch (BenchException | BrokerStartException | KafkaException | UncheckedIOException failed) {
      throw new FailedException(ExitCode.FAILED, failed.getMessage(), failed);
    }
  }

  private Plan plan() {
    var plan =
        new Plan(
            store,
            Durations.parse("commit-interval", commitInterval),
            records,
            keys,
            rounds,
            Durations.parse("span", span));
    // What the server would not take is better known now than in some minutes.
    plan.countess(data);
    return plan;
  }

  private void measure(Plan plan) {
    try (var bench = Workbench.open(data, err)) {
      var comparisons = new ArrayList<Comparison>();
      String before = load();
      for (Part part : EnumSet.copyOf(only)) {
        comparisons.addAll(part.measure(bench, plan));
      }
      show(plan, machine(before), comparisons);
    }
  }

  private void show(Plan plan, String machine, List<Comparison> comparisons) {
    var report = new Report(plan, machine, comparisons);
    if (output == Format.JSON) {
      report.json(out);
    } else {
      report.table(out);
    }
    out.flush();
  }

  private static String machine(String loadBefore) {
    return String.format(
        Locale.ROOT,
        "%d processors, %s %s; JDK %s, heap of at most %d MB; load %s before, %s after",
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("os.name"),
        System.getProperty("os.arch"),
        Runtime.version(),
        Runtime.getRuntime().maxMemory() >> 20,
        loadBefore,
        load());
  }

  private static String load() {
    double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    return load < 0 ? "unknown" : String.format(Locale.ROOT, "%.1f", load);
  }
}
