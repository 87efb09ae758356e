package io.countess.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkbenchTest {
  @TempDir private Path parent;

  @Test
  void shouldLeaveNothingBehindAndTouchNothingElse() throws IOException {
    Path other = Files.createFile(parent.resolve("other"));
    try (var bench = open()) {
      Path file = bench.path("log").resolve("0").resolve("segment");
      Files.createDirectories(file.getParent());
      Files.writeString(file, "something");
    }

    assertThat(parent).isDirectoryContaining(other::equals);
    try (var left = Files.list(parent)) {
      assertThat(left).containsExactly(other);
    }
  }

  @Test
  void shouldNotWaitForEver() {
    try (var bench = open()) {
      assertThatThrownBy(() -> bench.await("the end", Duration.ofMillis(20), () -> false))
          .isInstanceOf(BenchException.class)
          .hasMessageContaining("the end took longer than");
    }
  }

  private Workbench open() {
    return Workbench.open(parent, new PrintStream(OutputStream.nullOutputStream()));
  }
}
