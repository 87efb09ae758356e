package io.countess.door.redis;

import io.countess.answer.Answer;
import io.countess.answer.Readiness;
import io.countess.door.Admission;
import io.countess.door.ApiKeys;
import io.countess.door.Floor;
import io.countess.door.KeysConfig;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A door before ports that answer as a test says. */
final class RedisFakes implements Queries, Commands {
  final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  final List<Command> taken = new CopyOnWriteArrayList<>();
  final List<Question<?>> asked = new CopyOnWriteArrayList<>();
  volatile Function<Command, CompletionStage<Response>> responses =
      command ->
          CompletableFuture.completedStage(new Response.NotSent("a fake", Duration.ofSeconds(1)));
  volatile Function<Question<?>, CompletionStage<Answer<?>>> answers =
      question -> CompletableFuture.completedStage(new Answer.Invalid<>("question", "is a fake's"));

  RedisDoor open(RedisConfig config, KeysConfig keys, Admission admission) {
    return RedisDoor.start(
        config, keys, new Floor(this, this, new ApiKeys(keys), registry), admission);
  }

  RedisDoor open(KeysConfig keys) {
    return open(RedisConfig.on("127.0.0.1", 0, "redis"), keys, new Admission(1000));
  }

  RedisDoor open() {
    return open(KeysConfig.NONE);
  }

  @Override
  @SuppressWarnings("unchecked") // a test that answers wrongly fails
  public <A> CompletionStage<Answer<A>> ask(Question<A> question, Demand demand) {
    asked.add(question);
    return answers.apply(question).thenApply(answer -> (Answer<A>) answer);
  }

  @Override
  public CompletionStage<Response> submit(Command command) {
    taken.add(command);
    return responses.apply(command);
  }

  @Override
  public Readiness readiness() {
    throw new UnsupportedOperationException("the door does not ask");
  }
}
