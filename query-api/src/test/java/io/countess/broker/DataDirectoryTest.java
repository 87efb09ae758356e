package io.countess.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
  @TempDir Path temporary;

  @Test
  void shouldFormatANewDirectoryOnce() throws IOException {
    try (var data = DataDirectory.lock(temporary.resolve("new/data"))) {
      data.formatIfNew();
      String formatted = Files.readString(data.path().resolve("meta.properties"));
      data.formatIfNew();
      assertThat(data.path().resolve("meta.properties")).hasContent(formatted);
      assertThat(data.wasLeftClean()).isTrue();
    }
  }

  @Test
  void shouldFormatAgainWhereAFormatWasCutShort() throws IOException {
    Files.writeString(temporary.resolve("bootstrap.checkpoint"), "half");
    Files.writeString(temporary.resolve("meta.properties.tmp"), "clus");
    try (var data = DataDirectory.lock(temporary)) {
      data.formatIfNew();
      assertThat(temporary.resolve("meta.properties")).content().contains("cluster.id");
      assertThat(temporary.resolve("bootstrap.checkpoint")).content().isNotEqualTo("half");
    }
  }

  @Test
  void shouldRefuseADirectoryWithSomethingElseInIt() throws IOException {
    Files.createDirectory(temporary.resolve("holiday-pictures"));
    try (var data = DataDirectory.lock(temporary)) {
      assertThatThrownBy(data::formatIfNew)
          .isInstanceOf(BrokerStartException.class)
          .hasMessageContaining("is not a data directory of Countess: it holds 'holiday-pictures'");
    }
  }

  @Test
  void shouldRefuseAFile() throws IOException {
    Path file = Files.writeString(temporary.resolve("file"), "");
    assertThatThrownBy(() -> DataDirectory.lock(file))
        .isInstanceOf(BrokerStartException.class)
        .hasMessageEndingWith("file is not a directory.");
  }

  @Test
  void shouldGiveTheLockToTheNext() {
    DataDirectory.lock(temporary).close();
    DataDirectory.lock(temporary).close();
  }

  @Test
  void shouldNameTheProcessThatHasIt() throws Exception {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Path holder =
        Files.writeString(
            temporary.resolve("Holder.java"),
            """
            import java.nio.channels.FileChannel;
            import java.nio.file.*;
            class Holder {
              public static void main(String[] args) throws Exception {
                var file = Path.of(args[0], "countess.lock");
                Files.writeString(file, Long.toString(ProcessHandle.current().pid()));
                FileChannel.open(file, StandardOpenOption.WRITE).lock();
                System.out.println("locked");
                System.in.read();
              }
            }
            """);
    Path data = Files.createDirectory(temporary.resolve("data"));
    Process other = new ProcessBuilder(java.toString(), holder.toString(), data.toString()).start();
    try (var output = other.inputReader()) {
      assertThat(output.readLine()).isEqualTo("locked");
      assertThatThrownBy(() -> DataDirectory.lock(data))
          .isInstanceOf(BrokerStartException.class)
          .hasMessageEndingWith("is in use by another process (pid %d).".formatted(other.pid()));
    } finally {
      other.destroyForcibly();
    }
  }
}
