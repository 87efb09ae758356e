package io.countess.topology;

import io.countess.count.Counting;
import io.countess.event.Decision;
import io.countess.event.Event;
import io.countess.event.OnChange;
import io.countess.event.Outcome;
import io.countess.state.Namespace;
import io.countess.state.PartitionState;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Folds changes of policies. The home partition of a change decides it; the others follow. The
 * offset of the change in its home partition is its version, and the epoch that a reset starts.
 *
 * <p>A change of kind needs a reset, except where a namespace gets its first policy: what it
 * counted under a default policy of another kind starts again.
 */
final class PolicyFold {
  private final PartitionState state;

  PolicyFold(PartitionState state) {
    this.state = state;
  }

  /** Decides a change at home. */
  Decision decide(Placement place, Event event, long version, long atMillis) {
    String never = whyNever(place, event);
    if (never != null) {
      return decision(Outcome.IMPOSSIBLE, Optional.of(never), atMillis);
    }
    follow(place, event, version);
    return decision(Outcome.ACCEPTED, Optional.empty(), atMillis);
  }

  /** Applies a change that has been accepted at home. */
  void follow(Placement place, Event event, long version) {
    if (event instanceof Event.ChangeDefaults change) {
      var counting = Counting.of(change.policy());
      boolean reset = change.onChange() == OnChange.RESET;
      state.defaults(counting, version, epoch(reset, version));
    } else if (event instanceof Event.ChangePolicy change) {
      follow(place, change, version);
    }
  }

  private void follow(Placement place, Event.ChangePolicy change, long version) {
    Namespace namespace = state.namespace(place.key(), place.separator());
    if (namespace == null) {
      return;
    }
    var counting = change.policy().map(Counting::of).orElse(state.defaults());
    boolean otherKind = !kind(counting).equals(kind(namespace.policy().counting()));
    boolean reset = change.onChange() == OnChange.RESET || otherKind;
    var ownVersion = change.policy().isPresent() ? OptionalLong.of(version) : OptionalLong.empty();
    state.policy(namespace, counting, ownVersion, epoch(reset, version));
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
      return "this partition holds as many namespaces as it can";
    }
    var change = (Event.ChangePolicy) event;
    var next = change.policy().map(Counting::of).orElse(state.defaults());
    boolean first = namespace.policy().version().isEmpty();
    return first ? null : needsReset(namespace.policy().counting(), next, change.onChange());
  }

  private static String needsReset(Counting before, Counting next, OnChange onChange) {
    return kind(before).equals(kind(next)) || onChange == OnChange.RESET
        ? null
        : "a change of kind from %s to %s needs onChange reset".formatted(kind(before), kind(next));
  }

  private static String kind(Counting counting) {
    return counting.policy().kind();
  }

  /** Epochs are offsets of the change plus one, so that each is higher than 0, the first. */
  private static OptionalLong epoch(boolean reset, long version) {
    return reset ? OptionalLong.of(version + 1) : OptionalLong.empty();
  }

  private static Decision decision(Outcome outcome, Optional<String> reason, long atMillis) {
    var none = OptionalLong.empty();
    return new Decision(outcome, reason, none, none, none, atMillis, Optional.empty());
  }
}
