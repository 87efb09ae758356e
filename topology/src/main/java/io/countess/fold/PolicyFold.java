package io.countess.fold;

import io.countess.answer.PolicyHistory;
import io.countess.count.Counting;
import io.countess.event.Decision;
import io.countess.event.Event;
import io.countess.event.OnChange;
import io.countess.event.Outcome;
import io.countess.event.Policy;
import io.countess.state.Namespace;
import io.countess.state.PartitionState;
import io.countess.state.PolicyInForce;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Folds changes of policies. The home partition of a change decides it; the others follow. The
 * offset of the change in its home partition is its version. The epoch that a reset starts is each
 * partition's own matter, and so is the offset of the change there. Two changes from different
 * homes can have the same version, but never the same offset in one partition.
 *
 * <p>A change of kind needs a reset, except where a namespace gets its first policy. Then counters
 * under a default policy of another kind start again.
 */
final class PolicyFold {
  private final PartitionState state;

  PolicyFold(PartitionState state) {
    this.state = state;
  }

  /** Decides a change at home. */
  Decision decide(Incoming in) {
    String never = whyNever(in.place(), in.event());
    if (never != null) {
      return Answers.impossible(never, in.atMillis());
    }
    String outdated = whyOutdated(in.place(), in.event());
    if (outdated != null) {
      return new Decision(Outcome.OUTDATED, Optional.of(outdated), in.atMillis());
    }
    follow(in, in.offset());
    remember(in);
    return new Decision(Outcome.ACCEPTED, Optional.empty(), in.atMillis());
  }

  private void remember(Incoming in) {
    if (in.event() instanceof Event.ChangePolicy change) {
      Namespace namespace = state.namespace(in.place().key(), in.place().separator());
      state.history().changed(namespace, entry(in, change.policy(), change.onChange()));
    } else if (in.event() instanceof Event.ChangeDefaults change) {
      state.history().defaultsChanged(entry(in, Optional.of(change.policy()), change.onChange()));
    }
  }

  private static PolicyHistory.Change entry(
      Incoming in, Optional<Policy> policy, OnChange onChange) {
    return new PolicyHistory.Change(in.offset(), in.atMillis(), policy, Optional.empty(), onChange);
  }

  private String whyOutdated(Placement place, Event event) {
    if (event instanceof Event.ChangePolicy change) {
      Namespace namespace = state.namespace(place.key(), place.separator());
      String without = "the namespace has no policy of its own";
      return ExpectedVersion.whyOutdated(change.ifVersion(), namespace.policy().version(), without);
    }
    String unset = "the default policy was never set";
    return event instanceof Event.ChangeDefaults change
        ? ExpectedVersion.whyOutdated(
            change.ifVersion(), state.policies().defaults().version(), unset)
        : null;
  }

  /** Applies a change that has been accepted at home. */
  void follow(Incoming in, long version) {
    if (in.event() instanceof Event.ChangeDefaults change) {
      PolicyInForce next = ready(change.policy(), version);
      boolean keeps = next.counting().canAdopt(state.policies().defaults().policy());
      boolean reset = change.onChange() == OnChange.RESET || !keeps;
      state.policies().setDefaults(next, epoch(reset, in.offset()));
    } else if (in.event() instanceof Event.ChangePolicy change) {
      follow(in, change, version);
    }
  }

  private void follow(Incoming in, Event.ChangePolicy change, long version) {
    Namespace namespace = state.namespaceOfPolicy(in.place().key(), in.place().separator());
    PolicyInForce next = next(change, version);
    boolean keeps = next.counting().canAdopt(namespace.policy().policy());
    boolean reset = change.onChange() == OnChange.RESET || !keeps;
    state.policies().set(namespace, next, epoch(reset, in.offset()));
  }

  private PolicyInForce next(Event.ChangePolicy change, long version) {
    return change
        .policy()
        .map(policy -> ready(policy, version))
        .orElseGet(() -> state.policies().defaults().as(OptionalLong.empty(), 0));
  }

  private static PolicyInForce ready(Policy policy, long version) {
    return new PolicyInForce(Counting.of(policy), OptionalLong.of(version), 0);
  }

  private String whyNever(Placement place, Event event) {
    if (event instanceof Event.ChangeDefaults change) {
      if (place.key().length != 1) {
        return "the default policy is set under the key '/'";
      }
      Counting before = state.policies().defaults().counting();
      return needsReset(before, Counting.of(change.policy()), change.onChange());
    }
    Namespace namespace = state.namespace(place.key(), place.separator());
    if (namespace == null) {
      return CounterFold.TOO_MANY_NAMESPACES;
    }
    var change = (Event.ChangePolicy) event;
    if (change.plan().isPresent()) {
      return "plan is for a counter: it stands under the key of the namespace, '/' and its key";
    }
    Counting next = next(change, 0).counting();
    boolean first = namespace.policy().version().isEmpty();
    return first ? null : needsReset(namespace.policy().counting(), next, change.onChange());
  }

  private static String needsReset(Counting before, Counting next, OnChange onChange) {
    return next.canAdopt(before.policy()) || onChange == OnChange.RESET
        ? null
        : needsReset(before, next);
  }

  /** Why counters can't go on under {@code next}. */
  static String needsReset(Counting before, Counting next) {
    return "a change of kind from %s to %s needs onChange reset"
        .formatted(kind(before.policy()), kind(next.policy()));
  }

  private static String kind(Policy policy) {
    return policy instanceof Policy.Limits several
        ? "limits (" + String.join(", ", several.kinds()) + ")"
        : policy.kind();
  }

  /** The offset of the change in this partition plus one: each is higher than 0, the first. */
  private static OptionalLong epoch(boolean reset, long offset) {
    return reset ? OptionalLong.of(offset + 1) : OptionalLong.empty();
  }
}
