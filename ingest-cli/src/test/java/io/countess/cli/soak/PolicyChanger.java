package io.countess.cli.soak;

import io.countess.answer.VersionedPolicy;
import io.countess.cli.soak.Action.Change;
import io.countess.cli.soak.Action.ChangeOne;
import io.countess.client.CounterPolicies;
import io.countess.client.Counts;
import io.countess.event.ByteString;
import io.countess.event.CounterName;
import io.countess.event.Decision;
import io.countess.event.OnChange;
import io.countess.event.Policy;
import io.countess.event.Position;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Changes policies. Nobody else does but puts that bring one: where another one is found changed,
 * that was an attempt of this.
 */
final class PolicyChanger {
  private final Retries retries;
  private final Map<Optional<Space>, Position> changed = new HashMap<>();
  private final Map<CounterName, Position> changedOnes = new HashMap<>();

  PolicyChanger(Retries retries) {
    this.retries = retries;
  }

  /** What a change has led to. */
  Decision change(Change change) {
    long expected = inForce(change.space()).expected();
    Decision decision = retries.untilKnown(change, instance -> send(instance, change, expected));
    changed.put(change.space(), decision.position().orElseThrow());
    return decision;
  }

  /** The same of one counter. */
  Decision change(ChangeOne change) {
    CounterName counter = change.counter();
    Position demanded = changedOnes.getOrDefault(counter, Position.NONE);
    long expected =
        retries
            .untilKnown(change, it -> it.including(demanded).counterPolicies().of(counter))
            .policy()
            .expected();
    Decision decision =
        retries.untilKnown(change, it -> send(it.counterPolicies(), change, expected));
    changedOnes.put(counter, decision.position().orElseThrow());
    return decision;
  }

  private static Decision send(CounterPolicies policies, ChangeOne change, long expected) {
    CounterName counter = change.counter();
    OnChange onChange = change.to().onChange();
    if (change.to().plan().isPresent()) {
      String plan = change.to().plan().get();
      return change.conditional()
          ? policies.assign(counter, plan, onChange, expected)
          : policies.assign(counter, plan, onChange);
    }
    if (change.to().policy().isPresent()) {
      Policy policy = change.to().policy().get();
      return change.conditional()
          ? policies.set(counter, policy, onChange, expected)
          : policies.set(counter, policy, onChange);
    }
    return change.conditional()
        ? policies.drop(counter, onChange, expected)
        : policies.drop(counter, onChange);
  }

  private VersionedPolicy inForce(Optional<Space> space) {
    Position demanded = changed.getOrDefault(space, Position.NONE);
    return retries.untilKnown(
        space,
        instance -> {
          var asked = instance.including(demanded);
          return space.map(of -> asked.policy(of.namespace())).orElseGet(asked::defaultPolicy);
        });
  }

  private static Decision send(Counts counts, Change change, long expected) {
    if (change.space().isEmpty()) {
      Policy policy = change.policy().orElseThrow();
      return change.conditional()
          ? counts.setDefaultPolicy(policy, change.onChange(), expected)
          : counts.setDefaultPolicy(policy, change.onChange());
    }
    var namespace = change.space().get().namespace();
    if (change.policy().isEmpty()) {
      return change.onChange() == OnChange.KEEP
          ? drop(counts, namespace, change, expected)
          : reset(counts, namespace, change, expected);
    }
    return change.conditional()
        ? counts.setPolicy(namespace, change.policy().get(), change.onChange(), expected)
        : counts.setPolicy(namespace, change.policy().get(), change.onChange());
  }

  private static Decision drop(Counts counts, ByteString namespace, Change change, long expected) {
    return change.conditional()
        ? counts.dropPolicy(namespace, expected)
        : counts.dropPolicy(namespace);
  }

  private static Decision reset(Counts counts, ByteString namespace, Change change, long expected) {
    return change.conditional()
        ? counts.resetNamespace(namespace, expected)
        : counts.resetNamespace(namespace);
  }
}
