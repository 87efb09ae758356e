package io.countess.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WarmupTest {
  private static final Duration LONG = Duration.ofHours(1);

  @TempDir private Path directory;
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final AtomicLong compiled = new AtomicLong();
  private final AtomicInteger turns = new AtomicInteger();

  @Test
  void shouldGoOnUntilTheCompilerIsQuiet() {
    Warmup.Went went = run(LONG, 3);

    assertThat(turns).hasValue(4);
    assertThat(went.compilerPercent()).isZero();
    assertThat(said.toString(UTF_8)).contains("it, warming up", "it, warm after");
  }

  @Test
  void shouldSayWhereItIsNotWarmInTime() {
    Warmup.Went went = run(Duration.ZERO, 3);

    assertThat(turns).hasValue(1);
    assertThat(went.compilerPercent()).isGreaterThan(100);
    assertThat(said.toString(UTF_8)).contains("it, not warm after");
  }

  /** The compiler is at work for an hour in each of the first turns. */
  private Warmup.Went run(Duration atMost, int busyTurns) {
    try (var bench = Workbench.open(directory, new PrintStream(said, true, UTF_8))) {
      return new Warmup(bench, compiled::get, atMost).run("it", () -> turn(busyTurns));
    }
  }

  private void turn(int busyTurns) {
    if (turns.incrementAndGet() <= busyTurns) {
      compiled.addAndGet(LONG.toMillis());
    }
  }
}
