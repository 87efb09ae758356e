package io.countess.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HelpTest {
  private final Cli cli = new Cli();

  @Test
  void shouldShowTheSameHelpInBothWays() {
    for (String command :
        List.of("", "put", "serve", "policy", "policy set", "dead-letters list")) {
      String[] words = command.isEmpty() ? new String[0] : command.split(" ");
      var asked =
          cli.run(Stream.concat(Stream.of("help"), Arrays.stream(words)).toArray(String[]::new));
      var flagged =
          cli.run(Stream.concat(Arrays.stream(words), Stream.of("--help")).toArray(String[]::new));
      assertThat(asked).as(command).isEqualTo(flagged);
      assertThat(asked.out()).startsWith("Usage: countess").contains("\n");
      assertThat(asked.exitCode()).isZero();
    }
  }

  @Test
  void shouldSayThatThereIsNoSuchCommand() {
    assertThat(cli.run("help", "policy", "sett"))
        .isEqualTo(
            new Cli.Ran(
                2,
                "",
                "countess help: There is no command 'policy sett'\nTry 'countess help --help'.\n"));
  }

  @Test
  void shouldFitIntoATerminalAndWrapParagraphsOnce() {
    for (String command : List.of("put", "serve", "load", "claim", "release", "policy set")) {
      var lines = cli.run(("help " + command).split(" ")).out().lines().toList();
      assertThat(lines).as(command).allMatch(line -> line.length() <= 80);
      int footer = lines.lastIndexOf("      --verbose             Show stack traces of failures.");
      for (int i = Math.max(footer, lines.indexOf("")) + 1; i + 1 < lines.size(); i++) {
        boolean prose = !lines.get(i).startsWith(" ") && !lines.get(i + 1).isBlank();
        if (prose && !lines.get(i).isBlank() && !lines.get(i).endsWith(":")) {
          String next = lines.get(i + 1).strip().split(" ", 2)[0];
          assertThat(lines.get(i).length() + 1 + next.length()).as(lines.get(i)).isGreaterThan(79);
        }
      }
    }
  }

  @Test
  void shouldWriteShortOptionsAsTheyAreTyped() {
    assertThat(cli.run("put", "--help").out()).contains(" [-n N]", "\n  -n N  ");
    assertThat(cli.run("top", "--help").out()).contains(" [-k N]", "\n  -k N  ");
  }

  @Test
  void shouldNameTheFormatsThatThereAre() {
    assertThat(cli.run("put", "--output", "yaml", "a", "b").err())
        .startsWith(
            "countess put: Invalid value for option '--output': 'yaml' is none of table, json\n");
    assertThat(cli.run("count", "--output", "JSON", "--help").exitCode()).isZero();
  }

  @Test
  void shouldNameTheChoicesThatThereAre() {
    assertThat(complaint("put a b --ack never"))
        .endsWith("option '--ack': 'never' is none of applied, logged");
    assertThat(complaint("policy set a --mode strict"))
        .endsWith("option '--mode': 'strict' is none of enforce, observe");
    assertThat(complaint("policy default set --on-change drop"))
        .endsWith("option '--on-change': 'drop' is none of keep, reset");
    assertThat(cli.run("put", "--ack", "Logged", "--help").exitCode()).isZero();
  }

  @Test
  void shouldSayWhereTheBenchmarkIs() {
    assertThat(cli.run("--help").out()).containsPattern("(?m)^  bench  +Measure Countess");
    assertThat(cli.run("bench", "--only", "bulk"))
        .isEqualTo(
            new Cli.Ran(
                1,
                "",
                "countess: bench comes with the source only: run ./countess bench in a clone of"
                    + " it.\n"));
    assertThat(cli.run("bench", "--help").out()).endsWith(" in a clone of it.\n");
  }

  private String complaint(String words) {
    return cli.run(words.split(" ")).err().lines().findFirst().orElse("");
  }

  @Test
  void shouldNameFlagsAsTheCommandLineHasThem() throws IOException {
    try (var server = new FakeServer()) {
      server
          .answer(400, "{'title':'t','detail':'timeout is 2ms; it must be more'}", null)
          .answer(400, "{'title':'t','detail':'Idempotency-Key takes 0 bytes'}", null)
          .answer(400, "{'title':'t','detail':'a change needs onChange reset'}", null)
          .answer(401, "{'title':'t','detail':'send a key as Authorization: Bearer KEY'}", null);
      var asked = Cli.at(server);
      assertThat(asked.run("put", "a", "b").err())
          .isEqualTo("countess: --timeout is 2ms; it must be more\n");
      assertThat(asked.run("put", "a", "b").err()).isEqualTo("countess: --id takes 0 bytes\n");
      assertThat(asked.run("policy", "set", "a", "--ttl", "5s").err())
          .isEqualTo("countess: a change needs --on-change reset\n");
      assertThat(asked.run("count", "a", "b").err())
          .isEqualTo("countess: give a key with --api-key or COUNTESS_API_KEY\n");
      assertThat(asked.run("top", "a", "-k", "0").err())
          .startsWith("countess: -k is 0; it must be");
    }
  }

  @Test
  void shouldCompleteInShells(@TempDir Path dir) throws Exception {
    String bash = cli.run("completion", "bash").out();
    assertThat(cli.run("completion", "zsh").out()).isEqualTo(bash);
    var script =
        bash
            + "\nCOMP_WORDS=(countess policy se); COMP_CWORD=2; _complete_countess;"
            + " echo \"${COMPREPLY[@]}\"\n";
    Path file = Files.writeString(dir.resolve("completion"), script);
    var shell = new ProcessBuilder("bash", file.toString()).start();
    assertThat(shell.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .isEqualTo("set\n");
  }

  @Test
  void shouldCompleteInFish() {
    assertThat(cli.run("completion", "fish").out())
        .contains(
            "\ncomplete -c countess -n '__fish_seen_subcommand_from put' -l ack -x -a 'applied logged'"
                + " -d 'Wait until it has counted, or only until the log has it (default:"
                + " applied).'\n",
            "\ncomplete -c countess -n '__fish_seen_subcommand_from policy; and not"
                + " __fish_seen_subcommand_from ");
    assertThat(cli.run("completion", "tcsh").err())
        .startsWith("countess completion: 'tcsh' is none of bash, zsh, fish\n");
  }
}
