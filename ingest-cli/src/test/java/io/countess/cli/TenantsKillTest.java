package io.countess.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A serve process is killed while a client of counter-api increments, and sends again what it does
 * not know of. With keys each increment counts once, and is in the history once.
 */
class TenantsKillTest {
  private static final Duration READY = Duration.ofSeconds(90);
  private static final int KILLS = 2;
  private static final int BETWEEN = 100;

  @TempDir Path data;

  @Test
  void shouldCountEachKeyOnceWhenItIsKilledUnderLoad() throws Exception {
    List<Integer> ports = FreePorts.take(3);
    Process serve = serve(ports);
    var client = new Client(ports.get(2));
    try {
      await().atMost(READY).until(() -> client.status("/readyz") == 200);
      client.open();
      var incrementing = CompletableFuture.runAsync(client::incrementUntilStopped);
      for (int kill = 1; kill <= KILLS; kill++) {
        int some = kill * BETWEEN;
        await().atMost(READY).until(() -> client.answered.get() >= some);
        serve.destroyForcibly().waitFor();
        serve = serve(ports);
        await().atMost(READY).until(() -> client.status("/readyz") == 200);
      }
      client.stop.set(true);
      incrementing.join();

      assertThat(client.json("GET", client.counter, "").path("value").asInt())
          .isEqualTo(client.answered.get());
      assertThat(client.operations())
          .as("and the one that made it")
          .isEqualTo(client.answered.get() + 1);
      assertThat(client.ask("POST", "/tenants", "{\"label\":\"killed\"}", "").statusCode())
          .isEqualTo(409);
    } finally {
      serve.destroyForcibly().waitFor();
    }
  }

  private Process serve(List<Integer> ports) throws IOException {
    return ServeProcess.start(
        data,
        "--http-port=" + ports.get(0),
        "--kafka-port=" + ports.get(1),
        "--tenants",
        "--tenants-limit=off",
        "--tenants-port=" + ports.get(2));
  }

  /** One increment at a time, each sent until it is answered. */
  private static final class Client {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long WAIT_NANOS = 10_000_000;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final int port;
    private final AtomicBoolean stop = new AtomicBoolean();
    private final AtomicInteger answered = new AtomicInteger();
    private volatile String counter;

    Client(int port) {
      this.port = port;
    }

    void open() throws IOException, InterruptedException {
      String tenant =
          "/tenants/"
              + json("POST", "/tenants", "{\"label\":\"killed\"}").path("tenant_id").asText();
      counter = tenant + "/counters/" + json("POST", tenant, "{}").path("counter_id").asText();
    }

    HttpResponse<String> ask(String method, String path, String body, String key)
        throws IOException, InterruptedException {
      var request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
              .timeout(PATIENCE)
              .header("Idempotency-Key", key)
              .method(method, BodyPublishers.ofString(body));
      return http.send(request.build(), BodyHandlers.ofString());
    }

    JsonNode json(String method, String path, String body)
        throws IOException, InterruptedException {
      return JSON.readTree(ask(method, path, body, "").body());
    }

    /** How many there are, page by page. */
    int operations() throws IOException, InterruptedException {
      int all = 0;
      String cursor = "";
      do {
        JsonNode page = json("GET", "/v2" + counter + "/operations?limit=100" + cursor, "");
        all += page.path("operations").size();
        String next = page.path("next_cursor").asText("");
        cursor = page.path("next_cursor").isNull() ? "" : "&cursor=" + next;
      } while (!cursor.isEmpty());
      return all;
    }

    /** 0 where nobody answers. */
    int status(String path) throws InterruptedException {
      try {
        return ask("GET", path, "", "").statusCode();
      } catch (IOException nobody) {
        return 0;
      }
    }

    void incrementUntilStopped() {
      try {
        while (!stop.get()) {
          increment(UUID.randomUUID().toString());
        }
      } catch (InterruptedException hurry) {
        throw new IllegalStateException(hurry);
      }
    }

    private void increment(String key) throws InterruptedException {
      while (!isDone(key)) {
        LockSupport.parkNanos(WAIT_NANOS);
      }
      answered.incrementAndGet();
    }

    private boolean isDone(String key) throws InterruptedException {
      try {
        int status = ask("POST", "/v2" + counter + "/inc", "", key).statusCode();
        if (status != 200 && status < 500) {
          throw new IllegalStateException("it was answered with " + status);
        }
        return status == 200;
      } catch (IOException brokenOff) {
        return false;
      }
    }
  }
}
