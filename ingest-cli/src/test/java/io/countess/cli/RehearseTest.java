package io.countess.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the launcher has a JVM remember goes through every door, and nothing of it fails. */
class RehearseTest {
  @TempDir Path data;

  @Test
  void shouldGoThroughEveryDoorWithoutAFailure() {
    var ran = new Cli().run("rehearse", "--data", data.toString(), "--seconds", "3");
    assertThat(ran.err()).isEmpty();
    assertThat(ran.out()).startsWith("rehearsing at http://127.0.0.1:");
    assertThat(ran.exitCode()).isZero();
  }
}
