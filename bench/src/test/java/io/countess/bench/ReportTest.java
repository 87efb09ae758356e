package io.countess.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ReportTest {
  private static final Plan PLAN =
      new Plan("rocksdb", Duration.ofMillis(500), 2000, 1000, 3, Duration.ofSeconds(1));

  @Test
  void shouldShowTheMedianOfTheRoundsAndOfTheirRatios() {
    var report = new Report(PLAN, "a machine", List.of(puts()));

    assertThat(printed(report::table).lines())
        .anySatisfy(line -> assertThat(line.split(" +")).contains("200k/s", "300k/s", "900k/s"))
        .anySatisfy(
            line -> assertThat(line.split(" +")).contains("yardstick", "100k/s", "300k/s", "2.00"));
  }

  @Test
  void shouldGiveProgramsEveryRound() throws IOException {
    var report = new Report(PLAN, "a machine", List.of(puts()));

    JsonNode json = new ObjectMapper().readTree(printed(report::json));
    JsonNode yardstick = json.at("/comparisons/0/series/1");
    assertThat(json.at("/machine").asText()).isEqualTo("a machine");
    assertThat(json.at("/comparisons/0/unit").asText()).isEqualTo("per s");
    assertThat(yardstick.at("/rounds/2").asDouble()).isEqualTo(300_000);
    assertThat(yardstick.at("/median").asDouble()).isEqualTo(150_000);
    assertThat(yardstick.at("/ratio").asDouble()).isEqualTo(2);
  }

  @Test
  void shouldCompareMediansWhereAYardstickHasFewerRounds() {
    var own = new Series("own", List.of(1.0, 2.0, 4.0));

    assertThat(own.over(new Series("once", List.of(4.0)))).isEqualTo(0.5);
  }

  @Test
  void shouldKeepTheOrderThatIsFixed() {
    var results = new Results();
    results.order("puts", Unit.PER_SECOND, List.of("own", "yardstick"));
    results.add("puts", Unit.PER_SECOND, "yardstick", 1);
    results.add("puts", Unit.PER_SECOND, "own", 2);

    assertThat(results.comparisons().get(0).subject().name()).isEqualTo("own");
  }

  @Test
  void shouldShowFiguresInReadableUnits() {
    assertThat(Unit.PER_SECOND.format(1234)).isEqualTo("1234/s");
    assertThat(Unit.PER_SECOND.format(123_456)).isEqualTo("123k/s");
    assertThat(Unit.PER_SECOND.format(1_234_567)).isEqualTo("1.23M/s");
    assertThat(Unit.MILLIS.format(0.704)).isEqualTo("0.70 ms");
    assertThat(Unit.BYTES.format(149.6)).isEqualTo("150 B");
  }

  /** Twice the yardstick in two rounds of three, although something slowed the second down. */
  private static Comparison puts() {
    var results = new Results();
    for (double value : new double[] {300_000, 200_000, 900_000}) {
      results.add("puts", Unit.PER_SECOND, "own", value);
    }
    for (double value : new double[] {150_000, 100_000, 300_000}) {
      results.add("puts", Unit.PER_SECOND, "yardstick", value);
    }
    return results.comparisons().get(0);
  }

  private static String printed(Consumer<PrintStream> action) {
    var bytes = new ByteArrayOutputStream();
    action.accept(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
