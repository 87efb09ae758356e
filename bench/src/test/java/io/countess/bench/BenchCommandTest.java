package io.countess.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.countess.cli.Main;
import io.countess.cli.console.ExitCode;
import io.countess.cli.console.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That it works, on little; what it measures so is not worth looking at. */
class BenchCommandTest {
  @TempDir private Path directory;

  @Test
  void shouldMeasureInThisProcessAndLeaveNothingBehind() throws IOException {
    var ran =
        measured(
            "--only=bulk,decisions,http,doors,memory --output=json"
                + " --rounds=1 --span=100ms --records=2000 --keys=1000");

    assertThat(ran.exitCode()).as(ran.err()).isZero();
    var titles = new ArrayList<String>();
    for (JsonNode comparison : new ObjectMapper().readTree(ran.out()).at("/comparisons")) {
      titles.add(comparison.at("/title").asText());
      assertThat(comparison.at("/series/0/name").asText()).isEqualTo("Countess");
      assertThat(comparison.at("/series")).allSatisfy(BenchCommandTest::requireOneRound);
    }
    assertThat(titles)
        .contains(
            "puts in bulk, Zipf(1.0) keys, until applied",
            "puts in bulk, uniform keys, until applied and committed",
            "decisions, 512 in flight, p99",
            "HTTP counts, 32 connections, a second",
            "GET, 64 connections, 16 pipelined, a second",
            "Dracula counts over UDP, 64 under way, a second",
            "changelog a key, all keys put once");
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void shouldMeasureServersFromTheirStartOn() throws IOException {
    var ran = measured("--only=cold --output=json --span=100ms --records=2000 --keys=1000");

    assertThat(ran.exitCode()).as(ran.err()).isZero();
    var titles = new ArrayList<String>();
    for (JsonNode comparison : new ObjectMapper().readTree(ran.out()).at("/comparisons")) {
      titles.add(comparison.at("/title").asText());
      assertThat(comparison.at("/series/0/name").asText()).isEqualTo("Countess");
      assertThat(comparison.at("/series").findValuesAsText("name"))
          .contains("plain Kafka Streams count");
    }
    assertThat(titles)
        .contains(
            "HTTP puts, 32 connections, right after the start, a second",
            "HTTP counts, 32 connections, once warm, processor time each",
            "HTTP, warming up, time",
            "2000 puts into the log by murmur2, right after the start, until counted",
            "2000 puts into the log by kcat's own partitioner, once warm, until counted")
        .anyMatch(title -> title.startsWith("start until ready, fresh, "));
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void shouldRefuseWhatMakesNoSense() {
    for (String wrong :
        List.of("--records=1", "--rounds=0", "--store=tape", "--commit-interval=x")) {
      var ran = measured(wrong);

      assertThat(ran.exitCode()).as(wrong).isEqualTo(ExitCode.USAGE);
      assertThat(ran.err()).contains(wrong.substring(2, wrong.indexOf('=')));
    }
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void shouldNameTheChoicesThatThereAre() {
    assertThat(run("bench --only bulk,cpu").err())
        .contains(
            "option '--only' (PART): 'cpu' is none of bulk, decisions, http, doors, memory, start,"
                + " cold");
    assertThat(run("bench --output yaml").err())
        .contains("option '--output': 'yaml' is none of json, table");
  }

  @Test
  void shouldBeListedWithTheOtherCommandsAndFitIntoATerminal() {
    assertThat(run("--help").out())
        .containsPattern("(?m)^  bench  +" + Main.BENCH.split(",", 2)[0]);
    assertThat(run("completion bash").out()).contains("--commit-interval");
    assertThat(run("help bench").out().lines())
        .contains("to read it.")
        .allMatch(line -> line.length() <= 80);
  }

  private static void requireOneRound(JsonNode series) {
    assertThat(series.at("/rounds")).as(series.toString()).hasSize(1);
  }

  private Ran measured(String options) {
    return run("bench --data " + directory + " " + options);
  }

  private static Ran run(String words) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    var terminal =
        new Terminal(
            InputStream.nullInputStream(),
            new PrintStream(out, true, UTF_8),
            new PrintStream(err, true, UTF_8),
            false,
            false,
            Map.of());
    int exitCode = Main.run(BenchMain::bench, terminal, words.split(" "));
    return new Ran(exitCode, out.toString(UTF_8), err.toString(UTF_8));
  }

  /** How a command ended and what it said. */
  private record Ran(int exitCode, String out, String err) {}
}
