package io.countess.door.line;

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
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

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
            "ERR this is not for nobody\nOK nobody\nERR this is not for nobody\n"
                + "OK api-key\nOK accepted 3");
  }

  @Test
  void shouldMeasureWhatItAnswers() throws Exception {
    LineClient client = open(KeysConfig.NONE);
    var said = CompletableFuture.supplyAsync(() -> client.say("PUT n k 1"));
    Awaitility.await().until(() -> admission.underWay() == 1);

    response.complete(ACCEPTED);

    assertThat(said.get(10, TimeUnit.SECONDS)).isEqualTo("OK accepted 3");
    assertThat(registry.scrape())
        .contains("countess_door_requests_seconds_count{command=\"PUT\",door=\"line\"} 1");
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
