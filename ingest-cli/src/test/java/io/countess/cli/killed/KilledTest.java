package io.countess.cli.killed;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertAll;

import io.countess.cli.FreePorts;
import io.countess.cli.ServeProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/**
 * A serve process is killed again and again while clients count at each of its doors. What was
 * answered is counted, and where a client can tell repeats apart, it is counted once.
 */
class KilledTest {
  private static final Duration READY = Duration.ofSeconds(90);
  private static final Duration FAR = Duration.ofMinutes(3);
  private static final int KILLS = 3;

  @TempDir Path directory;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private List<Client> clients;
  private Process serve;

  @BeforeEach
  void start() throws IOException {
    List<Integer> ports = FreePorts.take(7);
    clients =
        List.of(
            new HttpApi(ports.get(0)),
            new AnyPartition(ports.get(1), ports.get(0)),
            new Dracula(ports.get(2)),
            new Envoy(ports.get(3), directory),
            new MetricNexus(ports.get(4)),
            new Redis(ports.get(5)),
            new CounterApi(ports.get(6)));
    serve = serve();
  }

  @AfterEach
  void stop() throws Exception {
    serve.destroyForcibly().waitFor();
    threads.shutdownNow();
    clients.forEach(Client::close);
  }

  @Test
  void shouldHoldWhatWasAnsweredWhenItIsKilledAgainAndAgain() throws Exception {
    awaitServed();
    for (Client client : clients) {
      client.prepare();
    }
    List<Counting> countings = clients.stream().map(Counting::new).toList();
    countings.forEach(counting -> counting.start(threads));
    for (int kill = 1; kill <= KILLS; kill++) {
      awaitFarEnough(countings);
      serve.destroyForcibly().waitFor();
      countings.forEach(Counting::mark);
      serve = serve();
      awaitServed();
    }
    countings.forEach(Counting::stop);
    awaitServed();

    assertAll(countings.stream().map(counting -> (Executable) counting::check));
  }

  private Process serve() throws IOException {
    return ServeProcess.start(
        directory, clients.stream().flatMap(client -> client.flags().stream()).toList());
  }

  private void awaitServed() {
    for (Client client : clients) {
      await(client.getClass().getSimpleName() + " is served")
          .atMost(READY)
          .ignoreExceptions()
          .until(client::isServed);
    }
  }

  private static void awaitFarEnough(List<Counting> countings) {
    for (Counting counting : countings) {
      await(counting.name() + " comes far").atMost(FAR).until(counting::isFarEnough);
    }
  }
}
