package io.countess.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerTest {
  @TempDir Path temporary;

  @Test
  void shouldKeepRecordsOverARestart() throws Exception {
    try (var broker = EmbeddedBroker.start(config("data"))) {
      new Records(broker.bootstrapServers()).createTopic();
      new Records(broker.bootstrapServers()).write("first");
    }
    try (var broker = EmbeddedBroker.start(config("data"))) {
      new Records(broker.bootstrapServers()).write("second");
      assertThat(new Records(broker.bootstrapServers()).read(2)).containsExactly("first", "second");
    }
  }

  @Test
  void shouldStartAtOnceOnWhatAKilledBrokerLeaves() throws Exception {
    try (var broker = EmbeddedBroker.start(config("data"))) {
      new Records(broker.bootstrapServers()).createTopic();
      new Records(broker.bootstrapServers()).write("first");
      copy(temporary.resolve("data"), temporary.resolve("killed"));
    }
    try (var broker = EmbeddedBroker.start(config("killed"))) {
      new Records(broker.bootstrapServers()).write("second");
      assertThat(new Records(broker.bootstrapServers()).read(2)).containsExactly("first", "second");
    }
  }

  @Test
  void shouldSendOutsideClientsToTheAdvertisedAddressOnly() throws Exception {
    var config =
        new BrokerConfig(
            temporary.resolve("data"), "127.0.0.1", 0, Optional.of("kafka.invalid"), 4, false);
    try (var broker = EmbeddedBroker.start(config)) {
      assertThat(broker.advertisedServers()).matches("kafka\\.invalid:\\d+");
      assertThat(broker.bootstrapServers()).startsWith("127.0.0.1:");
      new Records(broker.bootstrapServers()).createTopic();
      new Records(broker.bootstrapServers()).write("from within");
    }
  }

  @Test
  void shouldRefuseASecondBrokerOnTheSameData() {
    try (var broker = EmbeddedBroker.start(config("data"))) {
      assertThatThrownBy(() -> EmbeddedBroker.start(config("data")))
          .isInstanceOf(BrokerStartException.class)
          .hasMessageContaining("is in use by this process already");
      assertThat(broker.died()).isNotDone();
    }
  }

  @Test
  void shouldSayThatAPortIsTakenAndWriteNothing() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var config =
          new BrokerConfig(temporary.resolve("data"), "127.0.0.1", taken.getLocalPort(), 4, false);
      assertThatThrownBy(() -> EmbeddedBroker.start(config))
          .isInstanceOf(BrokerStartException.class)
          .hasMessage(
              "Kafka can't listen on 127.0.0.1:%d: address already in use."
                  .formatted(taken.getLocalPort()));
    }
    EmbeddedBroker.start(config("data")).close();
  }

  @Test
  void shouldSayThatAHostIsUnknown() {
    var config = new BrokerConfig(temporary.resolve("data"), "no.such.invalid", 0, 4, false);
    assertThatThrownBy(() -> EmbeddedBroker.start(config))
        .isInstanceOf(BrokerStartException.class)
        .hasMessage("Kafka can't listen on 'no.such.invalid': no such host or address.");
  }

  @Test
  void shouldEndItsFutureWhenClosed() {
    var broker = EmbeddedBroker.start(config("data"));
    var died = broker.died();
    broker.close();
    broker.close();
    assertThat(died).isCompleted();
  }

  private BrokerConfig config(String directory) {
    return new BrokerConfig(temporary.resolve(directory), "127.0.0.1", 0, 4, false);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.copy(file, to.resolve(from.relativize(file)));
      }
    }
  }
}
