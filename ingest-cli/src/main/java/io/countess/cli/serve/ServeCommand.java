package io.countess.cli.serve;

import io.countess.broker.BrokerDiedException;
import io.countess.broker.BrokerStartException;
import io.countess.cli.console.ExitCode;
import io.countess.cli.console.FailedException;
import io.countess.cli.console.Printable;
import io.countess.cli.console.Terminal;
import io.countess.event.InvalidInputException;
import io.countess.runtime.LogTopicsException;
import io.countess.server.Countess;
import io.countess.server.CountessConfig;
import io.countess.server.Setting;
import io.countess.server.Settings;
import io.countess.server.SettingsException;
import io.countess.topology.LogReplacedException;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Spec;

/** Runs the service until it is told to stop. */
@Command(
    name = "serve",
    description = "Run Countess: Kafka, the fold and HTTP in one process.",
    footer = {
      "",
      "Each option is also a setting: --http-port is countess.http.port in the file that --config "
          + "names, and COUNTESS_HTTP_PORT in the environment. An option goes before the environment, "
          + "and that before the file. In the file kafka.* is for every Kafka client, streams.* for "
          + "Kafka Streams; in the environment COUNTESS_KAFKA__* and COUNTESS_STREAMS__*. "
          + "COUNTESS_API_KEY is one API key with every scope."
    })
public final class ServeCommand implements Callable<Integer> {
  private static final String UNCOMMITTED =
      "countess: stopped without Kafka, which did not answer. What was folded since the last commit"
          + " is not committed and is folded again, here or elsewhere; what was acknowledged is in"
          + " the log. The next start restores the state.";

  private static final Duration SOON = Duration.ofSeconds(5);

  private final Terminal terminal;
  private boolean abandoned;
  @Spec private CommandSpec spec;

  private ServeCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  public static CommandLine of(Terminal terminal) {
    var command = new CommandLine(new ServeCommand(terminal));
    for (Setting setting : Setting.values()) {
      if (setting.isFlag()) {
        command.getCommandSpec().addOption(option(setting));
      }
    }
    return command;
  }

  @Override
  public Integer call() {
    try {
      Settings settings = Settings.read(flags(), terminal.environment());
      CountessConfig config = CountessConfig.of(settings);
      CountessConfig.warnings(settings)
          .forEach(it -> terminal.err().println("countess: " + Printable.of(it)));
      return serve(config);
    } catch (SettingsException | InvalidInputException invalid) {
      throw new FailedException(ExitCode.USAGE, invalid.getMessage(), invalid);
    } catch (BrokerStartException failed) {
      throw new FailedException(codeOf(failed), failed.getMessage(), failed);
    } catch (LogTopicsException failed) {
      throw new FailedException(ExitCode.FAILED, failed.getMessage(), failed);
    } catch (KafkaException | UncheckedIOException failed) {
      throw new FailedException(ExitCode.FAILED, "can't start: " + failed.getMessage(), failed);
    }
  }

  /** An address or port that can't be had is a value to be changed. */
  private static int codeOf(BrokerStartException failed) {
    Throwable cause = failed.getCause();
    return cause instanceof SocketException || cause instanceof UnknownHostException
        ? ExitCode.USAGE
        : ExitCode.FAILED;
  }

  private int serve(CountessConfig config) {
    var countess = Countess.start(config);
    var stopping = new Thread(() -> stopOrHalt(countess), "countess-stop");
    Runtime.getRuntime().addShutdownHook(stopping);
    try {
      awaitReady(countess);
      Greeting.of(countess, config).lines().forEach(terminal.out()::println);
      terminal.out().flush();
      countess.died().get();
      return ExitCode.OK;
    } catch (ExecutionException died) {
      if (died.getCause() instanceof BrokerDiedException
          || died.getCause() instanceof LogReplacedException) {
        abandon(stopping);
      }
      throw new FailedException(
          ExitCode.FAILED, "stopped: " + died.getCause().getMessage(), died.getCause());
    } catch (InterruptedException stop) {
      return ExitCode.OK;
    } finally {
      stop(countess, stopping);
    }
  }

  /**
   * Without its Kafka, or its log, nothing that is open can be brought to an end: each part would
   * wait in vain. What was acknowledged is in the log, as after a kill. So the process ends with
   * the reason.
   */
  private void abandon(Thread hook) {
    abandoned = true;
    Runtime.getRuntime().removeShutdownHook(hook);
  }

  private void awaitReady(Countess countess) throws InterruptedException, ExecutionException {
    boolean told = false;
    while (!countess.awaitReady(SOON)) {
      if (countess.died().isDone()) {
        countess.died().get();
      }
      if (!told) {
        terminal.err().println("countess: still " + countess.state() + ", please wait");
        told = true;
      }
    }
  }

  /** Where the process is already ending, it is the hook that closes. */
  private void stop(Countess countess, Thread hook) {
    if (abandoned) {
      return;
    }
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
      isStopped(countess);
    } catch (IllegalStateException ending) {
      return;
    }
  }

  /** A hook can tell by the exit code what is not committed only if it ends the process itself. */
  private void stopOrHalt(Countess countess) {
    if (!isStopped(countess)) {
      Runtime.getRuntime().halt(ExitCode.UNCOMMITTED);
    }
  }

  /** What can't be brought to an end is left, as by a kill: who takes over folds it again. */
  private boolean isStopped(Countess countess) {
    try {
      boolean committed = countess.stop();
      if (!committed) {
        terminal.err().println(UNCOMMITTED);
        terminal.err().flush();
      }
      return committed;
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private Map<Setting, String> flags() {
    var given = spec.commandLine().getParseResult();
    var flags = new EnumMap<Setting, String>(Setting.class);
    for (Setting setting : Setting.values()) {
      if (given.hasMatchedOption(setting.flag())) {
        flags.put(setting, given.matchedOptionValue(setting.flag(), ""));
      }
    }
    return flags;
  }

  private static OptionSpec option(Setting setting) {
    String shownDefault = setting.isSwitch() ? "" : setting.defaultText();
    var option =
        OptionSpec.builder(setting.flag())
            .type(String.class)
            .description(
                setting.description()
                    + (shownDefault.isEmpty() ? "" : " Default: " + shownDefault + "."));
    return setting.isSwitch()
        ? option.arity("0..1").fallbackValue("true").paramLabel("true|false").build()
        : option.arity("1").paramLabel(setting.placeholder()).build();
  }
}
