package io.countess.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A serve process is killed while a client of MetricNexus adds: what was answered is counted. */
class MetricNexusKillTest {
  private static final Duration READY = Duration.ofSeconds(90);
  private static final int KILLS = 2;
  private static final int BETWEEN = 200;

  @TempDir Path data;

  @Test
  void shouldCountWhatWasAnsweredWhenItIsKilledUnderLoad() throws Exception {
    List<Integer> ports = FreePorts.take(3);
    var client = new Client(ports.get(2));
    Process serve = serve(ports);
    try {
      await().atMost(READY).until(() -> client.status("POST", "/killed", "of a test") == 201);
      await().atMost(READY).until(() -> client.status("POST", "/gone", "of a test") == 201);
      assertThat(client.status("DELETE", "/gone", "")).isEqualTo(204);
      var adding = CompletableFuture.runAsync(client::addUntilStopped);
      for (int kill = 1; kill <= KILLS; kill++) {
        int some = kill * BETWEEN;
        await().atMost(READY).until(() -> client.answered.get() >= some);
        serve.destroyForcibly().waitFor();
        serve = serve(ports);
        await().atMost(READY).until(() -> client.status("GET", "/killed", "") == 200);
      }
      client.stop.set(true);
      adding.join();

      await().atMost(READY).until(() -> client.status("GET", "/killed", "") == 200);
      double value = Double.parseDouble(client.ask("GET", "/killed", "").body());
      assertThat(value)
          .isBetween(
              (double) client.answered.get(),
              (double) client.answered.get() + client.unknown.get());
      assertThat(client.unknown).hasValueLessThan(BETWEEN);
      assertThat(client.status("GET", "/gone", "")).isEqualTo(404);
    } finally {
      serve.destroyForcibly().waitFor();
    }
  }

  private Process serve(List<Integer> ports) throws IOException {
    return ServeProcess.start(
        data,
        "--http-port=" + ports.get(0),
        "--kafka-port=" + ports.get(1),
        "--metric-nexus",
        "--metric-nexus-tls=off",
        "--metric-nexus-port=" + ports.get(2));
  }

  /** One request at a time, with books on what is known of each that adds. */
  private static final class Client {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long WAIT_NANOS = 10_000_000;

    private final HttpClient http = HttpClient.newHttpClient();
    private final int port;
    private final AtomicBoolean stop = new AtomicBoolean();
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicInteger unknown = new AtomicInteger();

    Client(int port) {
      this.port = port;
    }

    HttpResponse<String> ask(String method, String path, String body)
        throws IOException, InterruptedException {
      var request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
              .timeout(PATIENCE)
              .method(method, BodyPublishers.ofString(body))
              .build();
      return http.send(request, BodyHandlers.ofString());
    }

    /** 0 where nobody answers. */
    int status(String method, String path, String body) throws InterruptedException {
      try {
        return ask(method, path, body).statusCode();
      } catch (IOException nobody) {
        return 0;
      }
    }

    void addUntilStopped() {
      try {
        while (!stop.get()) {
          add();
        }
      } catch (InterruptedException hurry) {
        throw new IllegalStateException(hurry);
      }
    }

    private void add() throws InterruptedException {
      try {
        int status = ask("PUT", "/killed/inc", "").statusCode();
        if (status == 204) {
          answered.incrementAndGet();
        } else if (status == 503) {
          LockSupport.parkNanos(WAIT_NANOS); // it is starting, and says that it has not counted
        } else {
          unknown.incrementAndGet();
        }
      } catch (ConnectException nobody) {
        LockSupport.parkNanos(WAIT_NANOS);
      } catch (IOException brokenOff) {
        unknown.incrementAndGet();
      }
    }
  }
}
