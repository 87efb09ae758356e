package io.countess.cli;

import io.countess.cli.apikey.ApiKeyCommand;
import io.countess.cli.console.Choices;
import io.countess.cli.console.ExitCode;
import io.countess.cli.console.Failures;
import io.countess.cli.console.Terminal;
import io.countess.cli.console.UsageErrors;
import io.countess.cli.counters.ClaimCommand;
import io.countess.cli.counters.CountCommand;
import io.countess.cli.counters.PutCommand;
import io.countess.cli.counters.ReleaseCommand;
import io.countess.cli.counters.ResetCommand;
import io.countess.cli.counters.SetCommand;
import io.countess.cli.counters.WriteCommand;
import io.countess.cli.deadletters.DeadLettersCommand;
import io.countess.cli.listings.ExportWindowCommand;
import io.countess.cli.listings.JournalCommand;
import io.countess.cli.listings.KeysCommand;
import io.countess.cli.listings.NamespaceCommand;
import io.countess.cli.listings.NamespacesCommand;
import io.countess.cli.listings.PoliciesCommand;
import io.countess.cli.listings.TopCommand;
import io.countess.cli.listings.WindowsCommand;
import io.countess.cli.load.LoadCommand;
import io.countess.cli.policy.PolicyCommand;
import io.countess.cli.rehearse.RehearseCommand;
import io.countess.cli.serve.ServeCommand;
import io.countess.event.Numbers;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.TypeConversionException;

/** The entry: finds the command, and builds no other, so that short commands start fast. */
public final class Main {
  private static final List<String> COMMANDS =
      List.of(
          "serve",
          "put",
          "count",
          "set",
          "write",
          "reset",
          "claim",
          "release",
          "keys",
          "top",
          "namespaces",
          "namespace",
          "windows",
          "journal",
          "export-window",
          "policy",
          "policies",
          "load",
          "dead-letters",
          "api-key",
          "bench",
          "completion",
          "help");

  /** What the launcher runs for itself. */
  private static final String REHEARSE = "rehearse";

  /** Speak of all the others. */
  private static final Set<String> ABOUT_COMMANDS = Set.of("completion", "help");

  /** What the command does that measures. */
  public static final String BENCH =
      "Measure Countess on this machine, beside raw Kafka and Kafka Streams.";

  private Main() {}

  /** Runs a command and ends the process with its exit code. */
  public static void main(String[] args) {
    main(Main::noBench, args);
  }

  /**
   * The same.
   *
   * @param bench makes the command that measures, which is not in this module
   */
  public static void main(Function<Terminal, Object> bench, String[] args) {
    quietUnlessAskedFor(args);
    var terminal = Terminal.ofProcess();
    int exitCode = written(terminal, run(bench, terminal, Arguments.exact(args)));
    terminal.out().flush();
    terminal.err().flush();
    System.exit(exitCode);
  }

  /** What Kafka's clients log says less than the one sentence that a command ends with. */
  private static void quietUnlessAskedFor(String[] args) {
    if (List.of(args).contains("--verbose")) {
      System.setProperty("countess.traces", "full");
    } else if (args.length > 0 && !args[0].equals("serve")) {
      System.setProperty("countess.log", "OFF");
    }
  }

  /** An answer that could not be written is none. */
  private static int written(Terminal terminal, int exitCode) {
    var failure = terminal.outFailure();
    failure.ifPresent(
        why -> terminal.err().println("countess: standard output can't be written: " + why));
    return failure.isPresent() && exitCode == ExitCode.OK ? ExitCode.FAILED : exitCode;
  }

  static int run(Terminal terminal, String... args) {
    return run(Main::noBench, terminal, args);
  }

  /** The same, with the command that {@code bench} makes. */
  public static int run(Function<Terminal, Object> bench, Terminal terminal, String... args) {
    var root = new CommandLine(new CountessCommand());
    boolean one =
        args.length > 0
            && (COMMANDS.contains(args[0]) || args[0].equals(REHEARSE))
            && !ABOUT_COMMANDS.contains(args[0]);
    (one ? List.of(args[0]) : COMMANDS)
        .forEach(
            name ->
                root.addSubcommand(
                    name, name.equals("bench") ? bench.apply(terminal) : create(name, terminal)));
    Choices.readBy(root);
    return root.registerConverter(int.class, whole(Integer::valueOf))
        .registerConverter(long.class, whole(Long::valueOf))
        .registerConverter(Long.class, whole(Long::valueOf))
        .setHelpFactory(Main::help)
        .setExpandAtFiles(false)
        .setOut(writer(terminal.out()))
        .setErr(writer(terminal.err()))
        .setExecutionExceptionHandler(new Failures(terminal))
        .setParameterExceptionHandler(new UsageErrors(terminal))
        .execute(args);
  }

  private static Object create(String name, Terminal terminal) {
    return switch (name) {
      case "serve" -> ServeCommand.of(terminal);
      case REHEARSE -> new RehearseCommand(terminal);
      case "put" -> new PutCommand(terminal);
      case "count" -> new CountCommand(terminal);
      case "set" -> takingNegatives(new SetCommand(terminal));
      case "write" -> new WriteCommand(terminal);
      case "reset" -> new ResetCommand(terminal);
      case "claim" -> new ClaimCommand(terminal);
      case "release" -> new ReleaseCommand(terminal);
      case "keys" -> new KeysCommand(terminal);
      case "top" -> new TopCommand(terminal);
      case "namespaces" -> new NamespacesCommand(terminal);
      case "namespace" -> new NamespaceCommand(terminal);
      case "windows" -> new WindowsCommand(terminal);
      case "journal" -> new JournalCommand(terminal);
      case "export-window" -> new ExportWindowCommand(terminal);
      case "load" -> new LoadCommand(terminal);
      case "dead-letters" -> DeadLettersCommand.of(terminal);
      case "api-key" -> ApiKeyCommand.of(terminal);
      case "policy" -> PolicyCommand.of(terminal);
      case "policies" -> new PoliciesCommand(terminal);
      case "completion" -> new CompletionCommand();
      case "help" -> new HelpCommand();
      default -> throw new IllegalStateException(name);
    };
  }

  private static Object noBench(Terminal terminal) {
    return new NoBenchCommand();
  }

  /** So that {@code -n N} is written as everybody types it, though {@code -n=N} works too. */
  private static Help help(CommandSpec spec, Help.ColorScheme colors) {
    return new Help(spec, colors) {
      @Override
      public String synopsis(int headingLength) {
        return super.synopsis(headingLength).replaceAll("\\[-(\\w)=", "[-$1 ");
      }

      @Override
      public String optionList() {
        return super.optionList().replaceAll("(?m)^( +-\\w), --\\w=(\\w+)", "$1 $2     ");
      }
    };
  }

  /** So that {@code -5} is a value, although it looks like an option. */
  private static CommandLine takingNegatives(Object command) {
    return new CommandLine(command).setUnmatchedOptionsArePositionalParams(true);
  }

  /** So that no type of Java stands in the message. */
  private static <N> ITypeConverter<N> whole(Function<String, N> parse) {
    return text -> {
      try {
        if (Numbers.whole(text).isPresent()) {
          return parse.apply(text);
        }
      } catch (NumberFormatException tooLarge) {
        // The sentence below is about that, too.
      }
      throw new TypeConversionException("'" + text + "' is no whole number, or too large");
    };
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
  }
}
