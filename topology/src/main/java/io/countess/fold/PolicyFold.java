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
      state.history().changed(namespace, change(in, change.policy(), change.onChange()));
    } else if (in.event() instanceof Event.ChangeDefaults change) {
      state.history().defaultsChanged(change(in, Optional.of(change.policy()), change.onChange()));
    }
  }

  private static PolicyHistory.Change change(
      Incoming in, Optional<Policy> policy, OnChange onChange) {
    return new PolicyHistory.Change(in.offset(), in.atMillis(), policy, onChange);
  }

  private String whyOutdated(Placement place, Event event) {
    if (event instanceof Event.ChangePolicy change) {
      Namespace namespace = state.namespace(place.key(), place.separator());
      String without = "the namespace has no policy of its own";
      return whyOutdated(change.ifVersion(), namespace.policy().version(), without);
    }
    String unset = "the default policy was never set";
    return event instanceof Event.ChangeDefaults change
        ? whyOutdated(change.ifVersion(), state.defaultsVersion(), unset)
        : null;
  }

  private static String whyOutdated(OptionalLong wanted, OptionalLong inForce, String without) {
    long version = inForce.orElse(Event.ChangePolicy.NO_VERSION);
    if (wanted.isEmpty() || wanted.getAsLong() == version) {
      return null;
    }
    if (wanted.getAsLong() == Event.ChangePolicy.ANY_VERSION && inForce.isPresent()) {
      return null;
    }
    return "ifVersion is %s, and %s"
        .formatted(
            name(wanted.getAsLong()),
            inForce.isEmpty() ? without : "the version in force is " + version);
  }

  private static String name(long version) {
    if (version == Event.ChangePolicy.ANY_VERSION) {
      return "any";
    }
    return version == Event.ChangePolicy.NO_VERSION ? "none" : Long.toString(version);
  }

  /** Applies a change that has been accepted at home. */
  void follow(Incoming in, long version) {
    if (in.event() instanceof Event.ChangeDefaults change) {
      var counting = Counting.of(change.policy());
      boolean keeps = counting.canAdopt(state.defaults().policy());
      boolean reset = change.onChange() == OnChange.RESET || !keeps;
      state.defaults(counting, version, epoch(reset, in.offset()));
    } else if (in.event() instanceof Event.ChangePolicy change) {
      follow(in, change, version);
    }
  }

  private void follow(Incoming in, Event.ChangePolicy change, long version) {
    Namespace namespace = state.namespaceOfPolicy(in.place().key(), in.place().separator());
    var counting = change.policy().map(Counting::of).orElse(state.defaults());
    boolean keeps = counting.canAdopt(namespace.policy().counting().policy());
    boolean reset = change.onChange() == OnChange.RESET || !keeps;
    var ownVersion = change.policy().isPresent() ? OptionalLong.of(version) : OptionalLong.empty();
    state.policy(namespace, counting, ownVersion, epoch(reset, in.offset()));
  }

  private String whyNever(Placement place, Event event) {
    if (place.separator() != place.key().length - 1) {
      return "a policy is set under the key of its namespace and '/', with nothing behind it";
    }
    if (event instanceof Event.ChangeDefaults change) {
      if (place.separator() != 0) {
        return "the default policy is set under the key '/'";
      }
      return needsReset(state.defaults(), Counting.of(change.policy()), change.onChange());
    }
    Namespace namespace = state.namespace(place.key(), place.separator());
    if (namespace == null) {
      return CounterFold.TOO_MANY_NAMESPACES;
    }
    var change = (Event.ChangePolicy) event;
    var next = change.policy().map(Counting::of).orElse(state.defaults());
    boolean first = namespace.policy().version().isEmpty();
    return first ? null : needsReset(namespace.policy().counting(), next, change.onChange());
  }

  private static String needsReset(Counting before, Counting next, OnChange onChange) {
    return next.canAdopt(before.policy()) || onChange == OnChange.RESET
        ? null
        : "a change of kind from %s to %s needs onChange reset".formatted(kind(before), kind(next));
  }

  private static String kind(Counting counting) {
    return counting.policy().kind();
  }

  /** The offset of the change in this partition plus one: each is higher than 0, the first. */
  private static OptionalLong epoch(boolean reset, long offset) {
    return reset ? OptionalLong.of(offset + 1) : OptionalLong.empty();
  }
}
