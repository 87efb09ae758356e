package io.countess.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.countess.cli.Cli;
import io.countess.cli.console.ExitCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That it works, on little; what it measures so is not worth looking at. */
class BenchCommandTest {
  @TempDir private Path directory;

  @Test
  void shouldMeasureInThisProcessAndLeaveNothingBehind() throws IOException {
    var ran =
        run(
            "--only=bulk,decisions,http,memory --output=json"
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
            "changelog a key, all keys put once");
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void shouldRefuseWhatMakesNoSense() {
    for (String wrong :
        List.of("--records=1", "--rounds=0", "--store=tape", "--commit-interval=x")) {
      var ran = run(wrong);

      assertThat(ran.exitCode()).as(wrong).isEqualTo(ExitCode.USAGE);
      assertThat(ran.err()).contains(wrong.substring(2, wrong.indexOf('=')));
    }
    assertThat(directory).isEmptyDirectory();
  }

  private static void requireOneRound(JsonNode series) {
    assertThat(series.at("/rounds")).as(series.toString()).hasSize(1);
  }

  private Cli.Ran run(String options) {
    var args = new ArrayList<>(List.of("bench", "--data", directory.toString()));
    args.addAll(List.of(options.split(" ")));
    return new Cli().run(args.toArray(String[]::new));
  }
}
