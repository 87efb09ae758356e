package io.countess.cluster;

import io.countess.answer.Answer;
import io.countess.query.Instance;
import io.countess.query.KeyedCommand;
import io.countess.query.Response;
import io.countess.query.Share;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

/**
 * Measures what instances ask of each other: how much, how fast, and what became of it. Kinds and
 * outcomes are named as the cases of {@link io.countess.query.Question}, {@link Answer} and {@link
 * Response}, so there are never more meters than those allow.
 */
public final class MeasuredInstance implements Instance {
  private static final Duration[] BUCKETS =
      LongStream.of(1, 2, 5, 10, 25, 50, 100, 250, 1000, 5000)
          .mapToObj(Duration::ofMillis)
          .toArray(Duration[]::new);

  /** {@code not_ready} for {@link Answer.NotReady}. */
  private static final ClassValue<String> NAMES =
      new ClassValue<>() {
        @Override
        protected String computeValue(Class<?> oneCase) {
          String name = oneCase.getSimpleName();
          return name.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
        }
      };

  private static final String COMMAND = "command";
  private static final String FAILED = "failed";

  private final Instance instance;
  private final Role role;
  private final MeterRegistry registry;
  private final Map<MeterKey, Timer> timers = new ConcurrentHashMap<>();

  /** On which side it is measured. */
  public enum Role {
    /** This instance asks another one. */
    ASKS,
    /** This instance answers another one. */
    ANSWERS
  }

  private record MeterKey(String kind, String outcome) {}

  /** What {@code instance} is asked, measured. */
  public MeasuredInstance(Instance instance, Role role, MeterRegistry registry) {
    this.instance = instance;
    this.role = role;
    this.registry = registry;
  }

  @Override
  public <A> CompletionStage<Answer<A>> ask(Share<A> share) {
    long startNanos = System.nanoTime();
    return measured(name(share.question()), instance.ask(share), startNanos);
  }

  @Override
  public CompletionStage<Response> submit(KeyedCommand command) {
    long startNanos = System.nanoTime();
    return measured(COMMAND, instance.submit(command), startNanos);
  }

  private <T> CompletionStage<T> measured(String kind, CompletionStage<T> told, long startNanos) {
    return told.whenComplete(
        (outcome, failure) ->
            timers
                .computeIfAbsent(
                    new MeterKey(kind, failure == null ? name(outcome) : FAILED), this::timer)
                .record(System.nanoTime() - startNanos, TimeUnit.NANOSECONDS));
  }

  private static String name(Object oneCase) {
    return NAMES.get(oneCase.getClass());
  }

  private Timer timer(MeterKey key) {
    return Timer.builder("countess.peer.requests")
        .description("questions and commands from one instance to another")
        .tag("role", role.name().toLowerCase(Locale.ROOT))
        .tag("kind", key.kind)
        .tag("outcome", key.outcome)
        .serviceLevelObjectives(BUCKETS)
        .register(registry);
  }
}
