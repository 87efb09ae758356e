package io.countess.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.utils.Exit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FaultsTest {
  @TempDir Path directory;
  private final Faults faults = new Faults(() -> Optional.of(new OpenFiles(300, 65_536)));

  @Test
  void shouldReportWhereKafkaWouldEndTheProcess() {
    try (var data = DataDirectory.lock(directory)) {
      faults.insteadOfExiting(data);
      Exit.halt(1);
    }
    assertThatThrownBy(faults.died()::join)
        .hasCauseInstanceOf(BrokerDiedException.class)
        .hasMessageContaining("its disk failed");
  }

  @Test
  void shouldSayThatItsDirectoryIsGone() throws IOException {
    Path removed = directory.resolve("kafka");
    try (var data = DataDirectory.lock(removed)) {
      faults.insteadOfExiting(data);
      Files.delete(removed.resolve("countess.lock"));
      Files.delete(removed);
      Exit.halt(1);
    }
    assertThatThrownBy(faults.died()::join)
        .hasMessageContaining(
            "its data directory " + directory.toRealPath().resolve("kafka") + " is gone");
  }

  @Test
  void shouldSayThatTooFewFilesMayBeOpen() {
    for (var files : List.of(new OpenFiles(249, 256), new OpenFiles(4090, 4096))) {
      var few = new Faults(() -> Optional.of(files));
      try (var data = DataDirectory.lock(directory)) {
        few.insteadOfExiting(data);
        Exit.halt(1);
      }
      assertThatThrownBy(few.died()::join)
          .hasMessageContaining("may have " + files.most() + " files and connections open")
          .hasMessageContaining("ulimit -n");
    }
  }

  @Test
  void shouldReportAFatalFault() {
    var cause = new IOException("no space left");
    var counted = new AtomicInteger();
    faults.build("raft manager", true, counted::incrementAndGet).handleFault("append", cause);
    assertThat(counted).hasValue(1);
    assertThatThrownBy(faults.died()::join)
        .hasMessageContaining("raft manager: append")
        .hasRootCause(cause);
  }

  @Test
  void shouldSurviveAFaultThatIsNotFatal() {
    faults.build("metadata publishing", false, () -> {}).handleFault("publish");
    assertThat(faults.died()).isNotDone();
  }
}
