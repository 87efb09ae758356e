package io.countess.door.tenants;

import io.countess.answer.NamespaceView;
import io.countess.answer.VersionedPolicy;
import io.countess.door.DoorOutcome;
import io.countess.door.Told;
import io.countess.event.ByteString;
import io.countess.event.CounterName;
import io.countess.event.Event;
import io.countess.event.OnChange;
import io.countess.event.Policy;
import io.countess.event.Terms;
import io.countess.query.Question;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that the namespaces of the door have the policies that it counts by, before it counts
 * there for the first time. As many at once do no harm: all set the same.
 */
final class Ready {
  private static final Logger LOG = LoggerFactory.getLogger(Ready.class);

  private final Ports ports;
  private final TenantsConfig config;
  private volatile boolean isReady;
  private volatile boolean isLimitReady;
  private volatile boolean isTold;

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
    return trouble()
        .thenCompose(
            why ->
                why.isPresent()
                    ? ApiReply.error(500, "DATABASE_ERROR", why.get()).now()
                    : Asking.then(
                        have(ports.names().namespace(), values(), Policy.Value.class::isInstance),
                        done -> {
                          isReady = true;
                          return next.get();
                        }));
  }

  private Policy values() {
    return new Policy.Value(terms());
  }

  /** Why nothing can ever be counted here, where somebody else counts in these namespaces. */
  CompletionStage<Optional<String>> trouble() {
    var wanted = new LinkedHashMap<ByteString, Policy>();
    if (!isReady) {
      wanted.put(ports.names().namespace(), values());
    }
    if (!isLimitReady && config.limit().isPresent()) {
      wanted.put(ports.names().writes(), config.limit().get().writes());
      wanted.put(ports.names().reads(), config.limit().get().reads());
    }
    CompletionStage<Optional<String>> first = CompletableFuture.completedStage(Optional.empty());
    for (var one : wanted.entrySet()) {
      first = first.thenCombine(trouble(one.getKey(), one.getValue()), (a, b) -> a.or(() -> b));
    }
    return first.thenApply(this::logged);
  }

  private CompletionStage<Optional<String>> trouble(ByteString namespace, Policy policy) {
    return look(namespace)
        .thenApply(told -> told.value().flatMap(view -> whyNot(view, policy.kind())));
  }

  /** The log has it once, however often it is asked for. */
  private Optional<String> logged(Optional<String> trouble) {
    if (trouble.isPresent() && !isTold) {
      isTold = true;
      LOG.error("Clients of counter-api can't be served: {}", trouble.get());
    }
    return trouble;
  }

  private static Optional<String> whyNot(NamespaceView view, String kind) {
    boolean isSet = view.policy().version().isPresent();
    String own = view.policy().policy().kind();
    boolean isOurs = isSet ? own.equals(kind) : view.totals().keys() == 0;
    return isOurs
        ? Optional.empty()
        : Optional.of(
            "the namespace '%s' is of the kind %s, and this door needs one of the kind %s; give it another by --tenants-namespace"
                .formatted(view.namespace(), own, kind));
  }

  private CompletionStage<Told<NamespaceView>> look(ByteString namespace) {
    return ports.ask(new Question.NamespaceOf(namespace), view -> view);
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
   * Gives a namespace a policy, unless it has one that will do, or is somebody else's.
   *
   * @param does tells whether a policy will
   */
  private CompletionStage<Told<Boolean>> have(
      ByteString namespace, Policy policy, Predicate<Policy> does) {
    return look(namespace).thenCompose(told -> told.then(view -> have(view, policy, does)));
  }

  private CompletionStage<Told<Boolean>> have(
      NamespaceView view, Policy policy, Predicate<Policy> does) {
    VersionedPolicy there = view.policy();
    if (there.version().isPresent() && does.test(there.policy())) {
      return Told.of(true).now();
    }
    Optional<String> why = whyNot(view, policy.kind());
    return why.isPresent()
        ? Told.<Boolean>error(DoorOutcome.UNAVAILABLE, why.get()).now()
        : set(view.namespace(), policy, there.expected());
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
