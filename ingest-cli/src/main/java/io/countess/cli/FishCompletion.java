package io.countess.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/**
 * What fish needs to complete commands and options: a line for each, with the condition under which
 * it is offered.
 */
final class FishCompletion {
  private final StringBuilder script = new StringBuilder();
  private final String program;

  private FishCompletion(String program) {
    this.program = program;
  }

  static String of(CommandLine root) {
    var completion = new FishCompletion(root.getCommandName());
    completion.script.append("complete -c ").append(completion.program).append(" -e\n");
    completion.add(root, List.of());
    return completion.script.toString();
  }

  private void add(CommandLine command, List<String> path) {
    String here = condition(command, path);
    command
        .getSubcommands()
        .forEach((name, sub) -> line(here, "-f -a " + name + " -d " + quoted(description(sub))));
    for (OptionSpec option : command.getCommandSpec().options()) {
      if (!option.hidden()) {
        line(here, names(option) + values(option) + " -d " + quoted(description(option)));
      }
    }
    for (var sub : command.getSubcommands().entrySet()) {
      var longer = new ArrayList<>(path);
      longer.add(sub.getKey());
      add(sub.getValue(), longer);
    }
  }

  private void line(String condition, String what) {
    script.append("complete -c ").append(program).append(condition).append(' ').append(what);
    script.append('\n');
  }

  /** That all of {@code path} has been typed, and none of the commands below it. */
  private static String condition(CommandLine command, List<String> path) {
    String below = String.join(" ", command.getSubcommands().keySet());
    String seen =
        path.stream()
            .map(name -> "__fish_seen_subcommand_from " + name)
            .collect(Collectors.joining("; and "));
    String notBelow = below.isEmpty() ? "" : "not __fish_seen_subcommand_from " + below;
    String all =
        seen.isEmpty() || notBelow.isEmpty() ? seen + notBelow : seen + "; and " + notBelow;
    return " -n " + quoted(all);
  }

  private static String names(OptionSpec option) {
    var names = new ArrayList<String>();
    for (String name : option.names()) {
      names.add(name.startsWith("--") ? "-l " + name.substring(2) : "-s " + name.substring(1));
    }
    return String.join(" ", names);
  }

  /** Where the label names all values, as in {@code table|json}, those are offered. */
  private static String values(OptionSpec option) {
    if (option.arity().max() == 0) {
      return "";
    }
    String label = option.paramLabel();
    return label.matches("[a-z]+(\\|[a-z]+)+")
        ? " -x -a " + quoted(label.replace('|', ' '))
        : " -r";
  }

  private static String description(CommandLine command) {
    return String.join(" ", command.getCommandSpec().usageMessage().description());
  }

  private static String description(OptionSpec option) {
    String text = String.join(" ", option.description());
    return text.replace("${DEFAULT-VALUE}", String.valueOf(option.defaultValue()))
        .replace("%%", "%");
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
