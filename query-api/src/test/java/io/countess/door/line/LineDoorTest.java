package io.countess.door.line;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.countess.door.Admission;
import io.countess.door.ApiKeys;
import io.countess.door.Floor;
import io.countess.door.KeysConfig;
import io.countess.event.Decision;
import io.countess.event.Outcome;
import io.countess.query.Response;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the floor gives to every door, whatever it speaks. */
class LineDoorTest {
  private static final String KEY = "a-key-with-every-scope";
  private static final Response ACCEPTED =
      new Response.Decided(
          new Decision(Outcome.ACCEPTED, Optional.empty(), 1)
              .counting(OptionalLong.of(3), OptionalLong.empty()));

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  private final CompletableFuture<Response> response = new CompletableFuture<>();
  private Admission admission = new Admission(10);
  private LineDoor door;

  @AfterEach
  void close() {
    door.close();
  }

  @Test
  void shouldAskForAKeyWithTheScope() throws IOException {
    response.complete(ACCEPTED);
    LineClient client = open(new KeysConfig(Optional.empty(), Optional.of(KEY), false));

    assertThat(client.say("PUT n k 1", "AUTH nonsense", "PUT n k 1", "AUTH " + KEY, "PUT n k 1"))
        .isEqualTo(
            "ERR the key of nobody has not the scope write\nOK nobody\n"
                + "ERR the key of nobody has not the scope write\nOK api-key\nOK accepted 3");
  }

  @Test
  void shouldKeepAKeyToItsNamespaces(@TempDir Path directory) throws Exception {
    response.complete(ACCEPTED);
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(KEY.getBytes(US_ASCII));
    String line = "shop read@billing/* write@logins sha256:" + HexFormat.of().formatHex(hash);
    Path file = Files.writeString(directory.resolve("keys"), line);
    LineClient client = open(new KeysConfig(Optional.of(file), Optional.empty(), false));

    assertThat(client.say("AUTH " + KEY, "PUT logins k 1", "PUT secret k 1", "COUNT secret k"))
        .isEqualTo(
            "OK shop\nOK accepted 3\n"
                + "ERR the key of shop has the scope write for namespaces that match logins, and"
                + " 'secret' does not\n"
                + "ERR the key of shop has the scope read for namespaces that match billing/*, and"
                + " 'secret' does not");
  }

  @Test
  void shouldMeasureWhatItAnswers() throws Exception {
    LineClient client = open(KeysConfig.NONE);
    var said = CompletableFuture.supplyAsync(() -> client.say("PUT n k 1"));
    Awaitility.await().until(() -> admission.underWay() == 1);

    response.complete(ACCEPTED);

    assertThat(said.get(10, TimeUnit.SECONDS)).isEqualTo("OK accepted 3");
    assertThat(registry.scrape())
        .contains(
            "countess_door_requests_seconds_count{command=\"PUT\",door=\"line\",outcome=\"done\"} 1");
  }

  @Test
  void shouldLetInNoMoreThanItsBound() throws Exception {
    admission = new Admission(1);
    LineClient client = open(KeysConfig.NONE);
    var said = CompletableFuture.supplyAsync(() -> client.say("PUT n k 1"));
    Awaitility.await().until(() -> admission.underWay() == 1);

    assertThat(client.say("PUT n k 1")).isEqualTo("ERR not now");
    response.complete(ACCEPTED);
    assertThat(said.get(10, TimeUnit.SECONDS)).isEqualTo("OK accepted 3");
  }

  @Test
  void shouldAnswerWhatIsUnderWayBeforeItCloses() throws Exception {
    LineClient client = open(KeysConfig.NONE);
    var said = CompletableFuture.supplyAsync(() -> client.say("PUT n k 1"));
    Awaitility.await().until(() -> admission.underWay() == 1);
    var closing = CompletableFuture.runAsync(door::close);
    Awaitility.await().until(admission::isClosed);

    response.complete(ACCEPTED);

    assertThat(said.get(10, TimeUnit.SECONDS)).isEqualTo("OK accepted 3");
    closing.get(10, TimeUnit.SECONDS);
  }

  private LineClient open(KeysConfig keys) throws IOException {
    var nobody = new LineClient(0);
    var floor = new Floor(nobody, command -> response, new ApiKeys(keys), registry);
    door = new LineDoor(floor, admission);
    return new LineClient(door.port());
  }
}
