package io.countess.cli.console;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Names values as the command line has them. Messages about values are the same for all doors. Most
 * doors say {@code onChange} or {@code Idempotency-Key} where the option here is {@code
 * --on-change} or {@code --id}.
 */
final class FlagNames {
  private static final Pattern FIELD = Pattern.compile("\\b[a-z]+(?:[A-Z][a-z]+)+\\b");
  private static final Map<String, String> HEADERS =
      Map.of("Countess-Position", "--position", "Idempotency-Key", "--id");
  private static final String SEND_KEY = "send a key as Authorization: Bearer KEY";
  private static final String GIVE_KEY = "give a key with --api-key or COUNTESS_API_KEY";

  private final CommandLine command;

  /** Names of the options of {@code command}. */
  FlagNames(CommandLine command) {
    this.command = command;
  }

  /** The sentence, which starts with a field, with flags for all fields and headers. */
  String of(String sentence) {
    String shown = in(sentence);
    int end = shown.indexOf(' ');
    return end < 0 ? shown : flag(shown.substring(0, end)) + shown.substring(end);
  }

  /** The sentence with flags for fields of several words, and for headers. */
  String in(String sentence) {
    String shown = sentence.replace(SEND_KEY, GIVE_KEY);
    for (Map.Entry<String, String> header : HEADERS.entrySet()) {
      if (command.getCommandSpec().findOption(header.getValue()) != null) {
        shown = shown.replace(header.getKey(), header.getValue());
      }
    }
    return FIELD.matcher(shown).replaceAll(found -> flag(found.group()));
  }

  /** The flag of a field; the field itself where the command has none. */
  private String flag(String field) {
    if (!field.matches("[a-zA-Z][a-zA-Z-]*")) {
      return field;
    }
    String name = "--" + field.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    OptionSpec option = command.getCommandSpec().findOption(name);
    if (option == null) {
      return field;
    }
    return option.shortestName().length() == 2 ? option.shortestName() : name;
  }
}
