package io.countess.door.metricnexus;

import io.countess.answer.Answer;
import io.countess.answer.Count;
import io.countess.answer.CounterPolicy;
import io.countess.door.Caller;
import io.countess.door.DoorOutcome;
import io.countess.door.Floor;
import io.countess.door.Told;
import io.countess.event.Amount;
import io.countess.event.ByteString;
import io.countess.event.CounterName;
import io.countess.event.Decision;
import io.countess.event.Event;
import io.countess.event.OnChange;
import io.countess.event.Outcome;
import io.countess.event.Policy;
import io.countess.event.Terms;
import io.countess.query.Command;
import io.countess.query.Demand;
import io.countess.query.PolicyQuestion;
import io.countess.query.Question;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * The metrics, for one caller. A metric is a gauge of its name that has a policy of its own, whose
 * description is the metric's. Creating and deleting it are changes of that policy, each on
 * condition in one record, which start its value at 0.
 *
 * <p>What changes a value looks first whether there is a metric. One that is deleted in between
 * gets what nobody will see: a metric that is created later starts anew. So it is as if the value
 * had changed just before the metric was deleted.
 *
 * @param namespace that they are in
 */
record Metrics(Floor floor, Caller caller, ByteString namespace) {
  private static final OptionalLong NONE_YET = OptionalLong.of(Event.ChangePolicy.NO_VERSION);
  private static final OptionalLong ONE_THERE = OptionalLong.of(Event.ChangePolicy.ANY_VERSION);

  /** Creates a metric, unless there is one; tells whether there was none. */
  CompletionStage<Told<Boolean>> create(String name, String description) {
    if (!isPossible(name)) {
      return Told.<Boolean>error(
              DoorOutcome.INVALID,
              "a name must begin with a letter or _, have at most 4096 characters, and not be __metrics")
          .now();
    }
    var none = OptionalDouble.empty();
    Optional<String> given = Optional.of(cut(description)).filter(text -> !text.isEmpty());
    var gauge = new Policy.Gauge(none, none, none, Terms.DEFAULT.describedBy(given));
    return change(name, new Event.ChangePolicy(Optional.of(gauge), OnChange.RESET, NONE_YET));
  }

  /** Deletes a metric; tells whether there was one. */
  CompletionStage<Told<Boolean>> delete(String name) {
    return !isPossible(name)
        ? Told.of(false).now()
        : change(name, new Event.ChangePolicy(Optional.empty(), OnChange.RESET, ONE_THERE));
  }

  private CompletionStage<Told<Boolean>> change(String name, Event.ChangePolicy change) {
    return submit(
        name,
        change,
        decision ->
            switch (decision.outcome()) {
              case ACCEPTED -> Optional.of(true);
              case OUTDATED -> Optional.of(false);
              default -> Optional.empty();
            });
  }

  /** The value of a metric, if there is one. */
  CompletionStage<Told<OptionalDouble>> read(String name) {
    return ifThere(
        name,
        OptionalDouble.empty(),
        counter -> ask(new Question.CountOf(counter, OptionalLong.empty()), Metrics::value));
  }

  private static OptionalDouble value(Count count) {
    return OptionalDouble.of(count.gauge().map(Decision.GaugeValue::value).orElse(0.0));
  }

  /** Sets a metric; tells whether there is one. */
  CompletionStage<Told<Boolean>> set(String name, double value) {
    return changeValue(
        name, value, () -> new Event.SetValue(Amount.of(value), false, Optional.empty()));
  }

  /** Adds to a metric; tells whether there is one. */
  CompletionStage<Told<Boolean>> add(String name, double n) {
    return changeValue(name, n, () -> Event.Put.of(Amount.of(n)));
  }

  private interface Change {
    Event event();
  }

  private CompletionStage<Told<Boolean>> changeValue(String name, double by, Change change) {
    return ifThere(
        name,
        false,
        counter ->
            Double.isFinite(by)
                ? submit(name, change.event(), Metrics::isChanged)
                : Told.<Boolean>error(
                        DoorOutcome.INVALID, GoFloat.format(by) + " is not a finite number")
                    .now());
  }

  private static Optional<Boolean> isChanged(Decision decision) {
    return decision.outcome() == Outcome.ACCEPTED ? Optional.of(true) : Optional.empty();
  }

  private <V> CompletionStage<Told<V>> ifThere(
      String name, V none, Function<CounterName, CompletionStage<Told<V>>> then) {
    if (!isPossible(name)) {
      return Told.of(none).now();
    }
    CounterName counter = counter(name);
    return ask(new PolicyQuestion.CounterPolicyOf(counter), Metrics::isMetric)
        .thenCompose(
            told -> told.then(isThere -> isThere ? then.apply(counter) : Told.of(none).now()));
  }

  private static boolean isPossible(String name) {
    return MetricName.isValid(name) && name.length() <= CounterName.MAX_KEY_BYTES;
  }

  private static boolean isMetric(CounterPolicy policy) {
    return policy.policy().version().isPresent()
        && policy.policy().policy() instanceof Policy.Gauge;
  }

  private CounterName counter(String name) {
    return new CounterName(namespace, ByteString.utf8(name));
  }

  private <V> CompletionStage<Told<V>> submit(
      String name, Event event, Function<Decision, Optional<V>> value) {
    return floor
        .commands(caller)
        .submit(Command.of(counter(name), event))
        .thenApply(response -> Told.of(response, value));
  }

  /** Asks anything of the caller's. */
  <A, V> CompletionStage<Told<V>> ask(Question<A> question, Function<A, V> value) {
    return floor
        .queries(caller)
        .ask(question, Demand.NONE)
        .thenApply((Answer<A> answer) -> Told.of(answer, value));
  }

  /** As much of a description as a policy holds, and no half of a pair of surrogates. */
  private static String cut(String description) {
    int most = Policy.MAX_DESCRIPTION;
    if (description.length() <= most) {
      return description;
    }
    boolean isSplit = Character.isHighSurrogate(description.charAt(most - 1));
    return description.substring(0, isSplit ? most - 1 : most);
  }
}
