package io.countess.door.metricnexus;

import static org.assertj.core.api.Assertions.assertThat;

import io.countess.answer.Answer;
import io.countess.answer.CounterPolicy;
import io.countess.answer.Coverage;
import io.countess.answer.Readiness;
import io.countess.answer.VersionedPolicy;
import io.countess.door.Admission;
import io.countess.door.ApiKeys;
import io.countess.door.Floor;
import io.countess.door.KeysConfig;
import io.countess.event.ByteString;
import io.countess.event.CounterName;
import io.countess.event.Decision;
import io.countess.event.Outcome;
import io.countess.event.Policy;
import io.countess.event.Position;
import io.countess.query.Command;
import io.countess.query.Commands;
import io.countess.query.Demand;
import io.countess.query.Queries;
import io.countess.query.Question;
import io.countess.query.Response;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of requests where there is no plain answer. */
class OutcomesTest implements Queries, Commands {
  private static final CounterName NAME =
      new CounterName(ByteString.utf8("metrics"), ByteString.utf8("m"));

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private volatile Coverage coverage = Coverage.FULL;
  private volatile Function<Command, CompletionStage<Response>> responses =
      command -> now(decided(Outcome.ACCEPTED, ""));
  private MetricNexusDoor door;

  @BeforeEach
  void open() {
    door = open(new Admission(2));
  }

  private MetricNexusDoor open(Admission admission) {
    var config = MetricNexusConfig.on("127.0.0.1", 0, "metrics", new Tls.Off());
    var floor = new Floor(this, this, new ApiKeys(KeysConfig.NONE), registry);
    return MetricNexusDoor.start(config, KeysConfig.NONE, floor, admission);
  }

  @AfterEach
  void close() {
    door.close();
  }

  /** Whatever is asked for, there is a metric. */
  @Override
  @SuppressWarnings("unchecked") // a question of another kind fails, and the test with it
  public <A> CompletionStage<Answer<A>> ask(Question<A> question, Demand demand) {
    var policy = new VersionedPolicy(Policy.Gauge.unbounded(), OptionalLong.of(1));
    var there = new CounterPolicy(NAME, policy, Optional.empty());
    return CompletableFuture.completedStage(
        new Answer.Found<>((A) there, Position.of(0, 1), coverage));
  }

  @Override
  public CompletionStage<Response> submit(Command command) {
    return responses.apply(command);
  }

  @Override
  public Readiness readiness() {
    throw new UnsupportedOperationException("the door does not ask");
  }

  private static CompletionStage<Response> now(Response response) {
    return CompletableFuture.completedStage(response);
  }

  private static Response decided(Outcome outcome, String reason) {
    return new Response.Decided(new Decision(outcome, Optional.of(reason), 0));
  }

  private CompletableFuture<HttpResponse<String>> inc(String... headers) {
    var request =
        HttpRequest.newBuilder(URI.create(door.url() + "/m/inc")).PUT(BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    return HttpClient.newHttpClient().sendAsync(request.build(), BodyHandlers.ofString());
  }

  private void expect(String told) {
    HttpResponse<String> answer = inc().join();
    assertThat(answer.statusCode() + " " + answer.body()).isEqualTo(told);
  }

  @Test
  void shouldTellEachOutcomeByAStatus() {
    responses = command -> now(decided(Outcome.REFUSED, "the max of 1.0 would be passed"));
    expect("429 refused: the max of 1.0 would be passed");
    responses = command -> now(decided(Outcome.IMPOSSIBLE, "too much"));
    expect("400 impossible: too much");
    responses = command -> now(new Response.NotSent("it is starting", Duration.ofSeconds(1)));
    expect("503 nothing was done: it is starting");
    assertThat(inc().join().headers().firstValue("Retry-After")).hasValue("1");
    responses = command -> now(new Response.Elsewhere(3, "unknown"));
    expect("503 nothing was done: partition 3 is on its way");
    responses = command -> now(new Response.FateUnknown("the log was silent"));
    expect("504 it may have been done, or not: the log was silent");
    responses = command -> now(new Response.Invalid("key", "is too long"));
    expect("400 invalid: key is too long");
    responses = command -> CompletableFuture.failedStage(new IllegalStateException("a bug"));
    expect("500 what happened is in the server's log");
    responses =
        command -> {
          throw new IllegalStateException("a bug");
        };
    expect("500 what happened is in the server's log");
    assertThat(registry.scrape()).contains("door=\"metricnexus\",outcome=\"failed\"");
  }

  @Test
  void shouldAnswerFromNoCopyThatMayBeBehind() {
    coverage = Coverage.without(new TreeSet<>(List.of(1)));
    expect("503 not ready: only copies that may be behind can answer now");
  }

  @Test
  void shouldLetNoPageOfAnotherSiteChangeAnything() {
    HttpResponse<String> answer = inc("Origin", "https://other.example").join();
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).isEqualTo("a page of another site may not ask for this");
  }

  @Test
  void shouldBoundWhatIsUnderWayAndAnswerItAtTheEnd() throws Exception {
    var pending = new CompletableFuture<Response>();
    var arrived = new CountDownLatch(2);
    responses =
        command -> {
          arrived.countDown();
          return pending;
        };
    var first = inc();
    var second = inc();
    arrived.await();
    expect("503 too many requests are under way; nothing was done");

    var closing = CompletableFuture.runAsync(door::close);
    pending.complete(decided(Outcome.ACCEPTED, ""));
    assertThat(first.get().statusCode()).isEqualTo(204);
    assertThat(second.get().statusCode()).isEqualTo(204);
    closing.get();
  }
}
