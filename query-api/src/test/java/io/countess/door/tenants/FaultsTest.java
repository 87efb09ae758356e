package io.countess.door.tenants;

import static io.countess.door.tenants.CounterApi.error;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.countess.answer.Answer;
import io.countess.answer.Readiness;
import io.countess.door.ApiKeys;
import io.countess.door.Floor;
import io.countess.door.KeysConfig;
import io.countess.event.ByteString;
import io.countess.event.InvalidInputException;
import io.countess.query.Command;
import io.countess.query.Commands;
import io.countess.query.Demand;
import io.countess.query.Queries;
import io.countess.query.Question;
import io.countess.query.Response;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What callers are told where nothing can be counted. */
class FaultsTest implements Queries, Commands {
  private static final String TENANT = "/tenants/01234567-89ab-4def-8123-456789abcdef";
  private static final String COUNTER = TENANT + "/counters/01234567-89ab-4def-8123-456789abcdef";

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private volatile boolean isReady = true;
  private volatile Supplier<CompletionStage<Answer<?>>> answers =
      () ->
          CompletableFuture.completedStage(
              new Answer.NotReady<>("it is starting", Duration.ofSeconds(1)));
  private TenantsDoor door;

  private CounterApi open(Optional<String> adminKey, int most) {
    door = TenantsDoor.start(config("127.0.0.1", adminKey), KeysConfig.NONE, floor(), most);
    return new CounterApi(door.url(), List.of());
  }

  private Floor floor() {
    return new Floor(this, this, new ApiKeys(KeysConfig.NONE), registry);
  }

  private static TenantsConfig config(String bind, Optional<String> adminKey) {
    return new TenantsConfig(
        bind,
        0,
        ByteString.utf8("tenants"),
        adminKey,
        Optional.of(RequestLimit.DEFAULT),
        TenantsConfig.IDEMPOTENCY,
        TenantsConfig.HISTORY,
        Origins.ANY,
        Optional.empty());
  }

  @AfterEach
  void close() {
    if (door != null) {
      door.close();
    }
  }

  @Override
  @SuppressWarnings("unchecked") // a question of another kind fails, and the test with it
  public <A> CompletionStage<Answer<A>> ask(Question<A> question, Demand demand) {
    return answers.get().thenApply(answer -> (Answer<A>) answer);
  }

  @Override
  public CompletionStage<Response> submit(Command command) {
    return CompletableFuture.completedStage(
        new Response.NotSent("it is starting", Duration.ofSeconds(1)));
  }

  @Override
  public Readiness readiness() {
    return new Readiness(isReady, isReady ? "RUNNING" : "STARTING", new TreeMap<>());
  }

  @Test
  void shouldAnswerProbesWhereNothingCanBeCounted() {
    CounterApi anyone = open(Optional.of(CounterApi.ADMIN_KEY), 8);
    assertThat(anyone.get("/livez").told()).isEqualTo("200 {\"status\":\"ok\"}");
    assertThat(anyone.get("/readyz").told()).isEqualTo("200 {\"status\":\"ok\"}");
    isReady = false;
    assertThat(anyone.get("/readyz").told())
        .isEqualTo(error(503, "NOT_READY", "Service is not ready"));
    CounterApi.Answer other = anyone.get(COUNTER);
    assertThat(other.told())
        .isEqualTo(error(503, "SERVICE_UNAVAILABLE", "Service is temporarily unavailable"));
    assertThat(other.header("Retry-After")).isEqualTo("1");
    assertThat(anyone.admin().get("/metrics").is(200).body())
        .contains("counter_events_total{name=\"service_error\"} 1\n");
    assertThat(anyone.key("ck_01234567-89ab-4def-8123-456789abcdef.s").get("/livez").told())
        .isEqualTo(
            error(503, "SERVICE_UNAVAILABLE", "Authentication service is temporarily unavailable"));
  }

  @Test
  void shouldSayThatTheServerFailed() {
    answers = () -> CompletableFuture.failedStage(new IllegalStateException("a bug"));
    CounterApi anyone = open(Optional.of(CounterApi.ADMIN_KEY), 8);
    assertThat(anyone.get(COUNTER).told())
        .isEqualTo(error(500, "INTERNAL_SERVER_ERROR", "Internal server error"));
    assertThat(registry.scrape())
        .containsPattern("command=\"read\",door=\"tenants\",outcome=\"failed\"");
  }

  @Test
  void shouldRefuseMoreThanItCanHold() throws InterruptedException {
    var isAsked = new CountDownLatch(1);
    var held = new CompletableFuture<Answer<?>>();
    answers =
        () -> {
          isAsked.countDown();
          return held;
        };
    CounterApi anyone = open(Optional.of(CounterApi.ADMIN_KEY), 1);
    var first = CompletableFuture.supplyAsync(() -> anyone.get(COUNTER));
    assertThat(isAsked.await(20, TimeUnit.SECONDS)).isTrue();
    CounterApi.Answer refused = anyone.get("/livez");
    assertThat(refused.told())
        .isEqualTo(error(503, "SERVICE_OVERLOADED", "Service is temporarily overloaded"));
    assertThat(refused.header("X-Overload-Limit")).isEqualTo("1");
    assertThat(refused.header("Access-Control-Allow-Methods")).isEmpty();
    held.complete(new Answer.NotReady<>("it is starting", Duration.ofSeconds(1)));
    assertThat(first.join().status()).isEqualTo(503);
    await().until(() -> anyone.get("/livez").status() == 200);
  }

  @Test
  void shouldNotListenBeyondThisMachineWithoutAKey() {
    assertThatThrownBy(
            () -> TenantsDoor.start(config("0.0.0.0", Optional.empty()), KeysConfig.NONE, floor()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("tenants-bind is 0.0.0.0, where others can reach it")
        .hasMessageContaining("--tenants-admin-key-file");
  }
}
