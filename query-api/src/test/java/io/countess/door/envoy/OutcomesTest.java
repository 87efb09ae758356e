package io.countess.door.envoy;

import static io.countess.door.envoy.EnvoyPeer.entries;
import static io.countess.door.envoy.EnvoyPeer.limited;
import static io.countess.door.envoy.EnvoyPeer.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.countess.answer.Answer;
import io.countess.answer.Readiness;
import io.countess.door.Admission;
import io.countess.door.ApiKeys;
import io.countess.door.Floor;
import io.countess.door.KeysConfig;
import io.countess.event.Batch;
import io.countess.event.Decision;
import io.countess.event.Event;
import io.countess.event.InvalidInputException;
import io.countess.event.Outcome;
import io.countess.query.Command;
import io.countess.query.Commands;
import io.countess.query.Demand;
import io.countess.query.Queries;
import io.countess.query.Question;
import io.countess.query.Response;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitRequest;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitResponse.Code;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitServiceGrpc;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of requests where there is no plain answer. */
class OutcomesTest implements Queries, Commands {
  private static final RateLimitRequest ONE = request("d", entries("user", "ann"));
  private static final RateLimitRequest TWO =
      request("d", entries("user", "ann"), entries("path", "/"));

  @TempDir Path dir;
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final List<Command> submitted = new CopyOnWriteArrayList<>();
  private volatile boolean isReady = true;
  private volatile Function<Command, CompletionStage<Response>> responses =
      command -> now(decided(Outcome.ACCEPTED));
  private EnvoyDoor door;
  private EnvoyPeer envoy;

  @BeforeEach
  void open() throws Exception {
    Path limits = dir.resolve("limits.yaml");
    Files.writeString(
        limits,
        """
        domain: d
        descriptors:
          - {key: user, rate_limit: {unit: day, requests_per_unit: 5}}
          - {key: path, rate_limit: {unit: day, requests_per_unit: 5}}
        """);
    door = open(Optional.of(limits));
    envoy = EnvoyPeer.to(door);
  }

  private EnvoyDoor open(Optional<Path> limits) {
    var config = EnvoyConfig.on("127.0.0.1", 0, Optional.of(0), limits);
    var floor = new Floor(this, this, new ApiKeys(KeysConfig.NONE), registry);
    return EnvoyDoor.start(config, KeysConfig.NONE, floor, new Admission(2));
  }

  @AfterEach
  void close() {
    envoy.close();
    door.close();
  }

  @Override
  public <A> CompletionStage<Answer<A>> ask(Question<A> question, Demand demand) {
    throw new UnsupportedOperationException("the door does not ask");
  }

  @Override
  public CompletionStage<Response> submit(Command command) {
    submitted.add(command);
    return responses.apply(command);
  }

  @Override
  public Readiness readiness() {
    return new Readiness(isReady, "running", new TreeMap<>());
  }

  private static CompletionStage<Response> now(Response response) {
    return CompletableFuture.completedStage(response);
  }

  private static Response decided(Outcome outcome) {
    var decision = new Decision(outcome, Optional.of("why"), 0);
    return new Response.Decided(decision.counting(OptionalLong.of(1), OptionalLong.of(5)));
  }

  private void expect(Status.Code code, String why) {
    Status status = envoy.error(ONE);
    assertThat(status.getCode()).isEqualTo(code);
    assertThat(status.getDescription()).isEqualTo(why);
  }

  @Test
  void shouldTellEachOutcomeByAStatus() {
    responses = command -> now(new Response.NotSent("it is starting", Duration.ofSeconds(1)));
    expect(Status.Code.UNAVAILABLE, "nothing was done: it is starting");
    responses = command -> now(new Response.Elsewhere(3, "unknown"));
    expect(Status.Code.UNAVAILABLE, "nothing was done: partition 3 is on its way");
    responses = command -> now(new Response.FateUnknown("the log was silent"));
    expect(Status.Code.UNKNOWN, "it may have been done, or not: the log was silent");
    responses = command -> now(new Response.Invalid("key", "is too long"));
    expect(Status.Code.INVALID_ARGUMENT, "invalid: key is too long");
    responses = command -> now(decided(Outcome.IMPOSSIBLE));
    expect(Status.Code.INVALID_ARGUMENT, "impossible: why");
    responses = command -> CompletableFuture.failedStage(new IllegalStateException("a bug"));
    expect(Status.Code.INTERNAL, "what happened is in the server's log");
    responses =
        command -> {
          throw new IllegalStateException("a bug");
        };
    expect(Status.Code.INTERNAL, "what happened is in the server's log");
    assertThat(registry.scrape())
        .contains("command=\"should_rate_limit\",door=\"envoy\",outcome=\"failed\"")
        .contains("command=\"should_rate_limit\",door=\"envoy\",outcome=\"unavailable\"");
  }

  @Test
  void shouldWaitAsLongAsTheCallerDoes() {
    responses = command -> new CompletableFuture<>();
    var stub =
        RateLimitServiceGrpc.newBlockingStub(envoy.channel())
            .withDeadlineAfter(300, TimeUnit.MILLISECONDS);
    assertThat(EnvoyPeer.error(stub, ONE).getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
    await().until(() -> submitted.size() == 1);
    assertThat(submitted.get(0).within()).isLessThanOrEqualTo(Duration.ofMillis(300));
  }

  @Test
  void shouldGiveBackWhatWasCountedBesideWhatWasRefused() {
    responses =
        command ->
            now(
                decided(
                    command.counter().key().toString().contains("path")
                        ? Outcome.REFUSED
                        : Outcome.ACCEPTED));
    var response = envoy.stub().shouldRateLimit(TWO);
    assertThat(response.getOverallCode()).isEqualTo(Code.OVER_LIMIT);
    assertThat(response.getStatuses(0).getLimitRemaining()).isEqualTo(5);
    assertThat(submitted).hasSize(3);
    Command released = submitted.get(2);
    assertThat(released.counter()).isEqualTo(submitted.get(0).counter());
    assertThat(((Event.Release) released.event()).of())
        .isEqualTo(submitted.get(0).event().id().orElseThrow())
        .isEqualTo(submitted.get(1).event().id().orElseThrow());
  }

  @Test
  void shouldGiveBackAgainWhereThatFailed() {
    var released = new CountDownLatch(2);
    responses =
        command -> {
          if (command.event() instanceof Event.Release) {
            released.countDown();
            return now(
                released.getCount() == 0
                    ? decided(Outcome.ACCEPTED)
                    : new Response.NotSent("it is busy", Duration.ofSeconds(1)));
          }
          boolean isPath = command.counter().key().toString().contains("path");
          return now(isPath ? decided(Outcome.REFUSED) : new Response.FateUnknown("silence"));
        };
    Status status = envoy.error(TWO);
    assertThat(status.getCode()).isEqualTo(Status.Code.UNKNOWN);
    assertThat(released.getCount()).isZero();
  }

  @Test
  void shouldLeaveCountedWhatNobodyKnowsTheFateOf() {
    responses =
        command -> {
          boolean isPath = command.counter().key().toString().contains("path");
          return now(isPath ? new Response.FateUnknown("silence") : decided(Outcome.ACCEPTED));
        };
    assertThat(envoy.error(TWO).getCode()).isEqualTo(Status.Code.UNKNOWN);
    assertThat(submitted).hasSize(2);
  }

  @Test
  void shouldNeedNoIdWhereOneStepDecides() {
    assertThat(envoy.stub().shouldRateLimit(ONE).getOverallCode()).isEqualTo(Code.OK);
    assertThat(submitted.get(0).event().id()).isEmpty();
    var alike =
        request(
            "d",
            limited(entries("user", "ann", "a", "1"), 2),
            limited(entries("user", "ann", "a", "2"), 2),
            entries("user", "ann"));
    var unused = envoy.error(alike); // the answer of these tests has no parts
    assertThat(submitted).hasSize(2);
    var batch = (Batch) submitted.get(1).event();
    assertThat(batch.together()).isTrue();
    assertThat(batch.parts()).hasSize(3);
    assertThat(batch.id()).isEmpty();
  }

  @Test
  void shouldDecideWhatIsTooLongForARecordOneByOne() {
    var many = RateLimitRequest.newBuilder().setDomain("d");
    for (int i = 0; i < 50; i++) {
      many.addDescriptors(limited(entries("user", "ann", "a", i + "a".repeat(1900)), 2));
    }
    assertThat(envoy.stub().shouldRateLimit(many.build()).getOverallCode()).isEqualTo(Code.OK);
    assertThat(submitted).hasSize(50);
  }

  @Test
  void shouldBoundWhatIsUnderWay() {
    var pending = new CompletableFuture<Response>();
    responses = command -> pending;
    var first = RateLimitServiceGrpc.newFutureStub(envoy.channel()).shouldRateLimit(ONE);
    var second = RateLimitServiceGrpc.newFutureStub(envoy.channel()).shouldRateLimit(ONE);
    await().until(() -> submitted.size() == 2);
    expect(Status.Code.UNAVAILABLE, "too many are under way; nothing was done");
    pending.complete(decided(Outcome.ACCEPTED));
    assertThat(first).succeedsWithin(Duration.ofSeconds(20));
    assertThat(second).succeedsWithin(Duration.ofSeconds(20));
  }

  @Test
  void shouldAnswerWhatIsUnderWayWhenItCloses() {
    responses = command -> new CompletableFuture<>();
    var asked = RateLimitServiceGrpc.newFutureStub(envoy.channel()).shouldRateLimit(ONE);
    await().until(() -> submitted.size() == 1);
    door.close();
    assertThatThrownBy(asked::get)
        .hasMessageEndingWith("UNKNOWN: this instance stopped before it knew what was decided");
  }

  @Test
  void shouldTellWhetherItIsReady() {
    await().untilAsserted(() -> assertThat(envoy.health("")).isEqualTo(ServingStatus.SERVING));
    isReady = false;
    await().untilAsserted(() -> assertThat(envoy.health("")).isEqualTo(ServingStatus.NOT_SERVING));
  }

  @Test
  void shouldLimitNothingWithoutAConfiguration() {
    try (EnvoyDoor bare = open(Optional.empty());
        EnvoyPeer peer = EnvoyPeer.to(bare)) {
      Status status = peer.error(ONE);
      assertThat(status.getCode()).isEqualTo(Status.Code.UNAVAILABLE);
      assertThat(status.getDescription()).isEqualTo("no rate limit configuration loaded");
      assertThat(bare.isConfigured()).isFalse();
      assertThat(bare.example()).isEmpty();
    }
  }

  @Test
  void shouldNameASettingThatIsWrong() {
    assertThatThrownBy(() -> open(Optional.of(dir.resolve("none.yaml"))))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("envoy-config " + dir + "/none.yaml can't be read: there is no such file");
    var taken = EnvoyConfig.on("127.0.0.1", door.port(), Optional.empty(), Optional.empty());
    var floor = new Floor(this, this, new ApiKeys(KeysConfig.NONE), registry);
    assertThatThrownBy(() -> EnvoyDoor.start(taken, KeysConfig.NONE, floor))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("envoy-port " + door.port() + " can't be listened on at 127.0.0.1");
    var far = EnvoyConfig.on("192.0.2.1", 0, Optional.empty(), Optional.empty());
    var insecure = new KeysConfig(Optional.empty(), Optional.empty(), true);
    assertThatThrownBy(() -> EnvoyDoor.start(far, insecure, floor))
        .hasMessage("envoy-bind is 192.0.2.1, which is no address of this machine");
  }
}
