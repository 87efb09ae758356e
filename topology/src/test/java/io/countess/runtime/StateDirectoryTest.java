package io.countess.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateDirectoryTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir private Path temporary;
  private Path root;
  private StateDirectory directory;

  @BeforeEach
  void prepare() {
    root = temporary.resolve("state");
    directory = new StateDirectory(root);
    directory.prepare(NOW);
  }

  @Test
  void shouldKnowWhetherItWasClosed() {
    assertThat(directory.open()).isFalse();
    assertThat(new StateDirectory(root).open()).as("after a kill").isTrue();

    directory.close();
    assertThat(new StateDirectory(root).open()).isFalse();
  }

  @Test
  void shouldDiscardWhatWasUsedInTimesToCome() throws IOException {
    Path row = Files.writeString(root.resolve("row"), "of a clock that was ahead");

    assertThat(directory.prepare(NOW.minus(Duration.ofHours(23)))).isFalse();
    assertThat(row).exists();
    assertThat(directory.prepare(NOW.minus(Duration.ofDays(3)))).isTrue();
    assertThat(row).doesNotExist();
  }

  @Test
  void shouldDiscardWhatIsTooOld() throws IOException {
    Path row = Files.writeString(root.resolve("row"), "old");

    assertThat(directory.prepare(NOW.plus(Duration.ofDays(5)))).isFalse();
    assertThat(row).exists();
    assertThat(directory.prepare(NOW.plus(Duration.ofDays(12)))).isTrue();
    assertThat(row).doesNotExist();
  }
}
