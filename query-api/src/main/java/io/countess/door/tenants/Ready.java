package io.countess.door.tenants;

import io.countess.answer.NamespaceView;
import io.countess.door.Told;
import io.countess.event.ByteString;
import io.countess.event.CounterName;
import io.countess.event.Event;
import io.countess.event.OnChange;
import io.countess.event.Policy;
import io.countess.event.Terms;
import io.countess.query.Question;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Sees to it that the namespaces of the door have the policies that it counts by, before it counts
 * there for the first time. As many at once do no harm: all set the same.
 */
final class Ready {
  private final Ports ports;
  private final TenantsConfig config;
  private volatile boolean isReady;
  private volatile boolean isLimitReady;

  Ready(Ports ports, TenantsConfig config) {
    this.ports = ports;
    this.config = config;
  }

  /** On which a tenant's counters, labels and operations are counted. */
  Terms terms() {
    return new Terms(Policy.Mode.ENFORCE, config.idempotency(), Terms.MOST_IDS);
  }

  /** The same for a counter, which keeps its operations. */
  Terms ofCounters() {
    return terms().journaling(Optional.of(config.history()));
  }

  /** Goes on when labels and operations can be counted. */
  CompletionStage<ApiReply> then(Supplier<CompletionStage<ApiReply>> next) {
    if (isReady) {
      return next.get();
    }
    Policy values = new Policy.Value(terms());
    return Asking.then(
        have(ports.names().namespace(), values, Policy.Value.class::isInstance),
        done -> {
          isReady = true;
          return next.get();
        });
  }

  /** Tells when requests can be counted. */
  CompletionStage<Told<Boolean>> limits() {
    if (isLimitReady || config.limit().isEmpty()) {
      return Told.of(true).now();
    }
    RequestLimit limit = config.limit().get();
    return have(ports.names().writes(), limit.writes(), limit.writes()::equals)
        .thenCompose(
            told ->
                told.then(
                    done -> have(ports.names().reads(), limit.reads(), limit.reads()::equals)))
        .thenApply(
            told -> {
              isLimitReady = told.value().isPresent();
              return told;
            });
  }

  /**
   * Gives a namespace a policy, unless it has one that will do.
   *
   * @param does tells whether a policy will
   */
  private CompletionStage<Told<Boolean>> have(
      ByteString namespace, Policy policy, Predicate<Policy> does) {
    return ports
        .ask(new Question.NamespaceOf(namespace), NamespaceView::policy)
        .thenCompose(
            told ->
                told.then(
                    there ->
                        there.version().isPresent() && does.test(there.policy())
                            ? Told.of(true).now()
                            : set(namespace, policy, there.expected())));
  }

  /** Where somebody else has set one meanwhile, that one stays. */
  private CompletionStage<Told<Boolean>> set(ByteString namespace, Policy policy, long expected) {
    var change =
        new Event.ChangePolicy(Optional.of(policy), OnChange.RESET, OptionalLong.of(expected));
    return ports
        .submit(CounterName.policyOf(namespace), change)
        .thenApply(told -> told.map(decision -> true));
  }
}
