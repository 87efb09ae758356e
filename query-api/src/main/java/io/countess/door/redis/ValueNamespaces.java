package io.countess.door.redis;

import io.countess.answer.Answer;
import io.countess.answer.NamespaceView;
import io.countess.door.DoorOutcome;
import io.countess.event.ByteString;
import io.countess.event.CounterName;
import io.countess.event.Event;
import io.countess.event.OnChange;
import io.countess.event.Outcome;
import io.countess.event.Policy;
import io.countess.event.Terms;
import io.countess.query.Command;
import io.countess.query.Question;
import io.countess.query.Response;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Sees to it that a namespace in which the door writes is of the kind value. Whoever writes first
 * in one that has no policy of its own gives it that, where nobody else has meanwhile. Those who
 * come before that is done wait, and go on in their order; so what one connection sends keeps it.
 * From then on it costs a look at a set.
 */
final class ValueNamespaces {
  /** How many are known at a time; more than that are looked at again. */
  private static final int MOST_KNOWN = 10_000;

  /** Whether all keys are in one namespace, which is the door's own. */
  private final boolean isOne;

  private final Set<ByteString> known = ConcurrentHashMap.newKeySet();

  /** Who waits, by namespace; guarded by this. */
  private final Map<ByteString, Queue<Consumer<Optional<Told>>>> waiting = new HashMap<>();

  ValueNamespaces(KeySpace space) {
    isOne = space.namespace().isPresent();
  }

  /**
   * Goes on when a namespace has been looked at.
   *
   * @param then is told why nothing can be written there, if it can't
   */
  void whenReady(Call call, ByteString namespace, Consumer<Optional<Told>> then) {
    if (known.contains(namespace)) {
      then.accept(Optional.empty());
    } else if (isFirst(namespace, then)) {
      prepare(call, namespace)
          .whenComplete((wrong, failure) -> release(namespace, failure == null ? wrong : FAILED));
    }
  }

  private static final Optional<Told> FAILED =
      Optional.of(Told.error(DoorOutcome.FAILED, "ERR the server failed; its log has more"));

  /** One that turned out to be of another kind is looked at again by the next. */
  void forget(ByteString namespace) {
    known.remove(namespace);
  }

  private synchronized boolean isFirst(ByteString namespace, Consumer<Optional<Told>> then) {
    Queue<Consumer<Optional<Told>>> others = waiting.get(namespace);
    boolean isFirst = others == null;
    if (isFirst) {
      others = new ArrayDeque<>();
      waiting.put(namespace, others);
    }
    others.add(then);
    return isFirst;
  }

  private void release(ByteString namespace, Optional<Told> wrong) {
    for (var next = next(namespace, wrong); next != null; next = next(namespace, wrong)) {
      next.accept(wrong);
    }
  }

  private synchronized Consumer<Optional<Told>> next(ByteString namespace, Optional<Told> wrong) {
    Consumer<Optional<Told>> next = waiting.get(namespace).poll();
    if (next == null) {
      waiting.remove(namespace);
      if (known.size() >= MOST_KNOWN) {
        known.clear();
      }
      if (wrong.isEmpty()) {
        known.add(namespace);
      }
    }
    return next;
  }

  private CompletionStage<Optional<Told>> prepare(Call call, ByteString namespace) {
    return call.ask(new Question.NamespaceOf(namespace))
        .thenCompose(answer -> prepare(call, namespace, answer));
  }

  private CompletionStage<Optional<Told>> prepare(
      Call call, ByteString namespace, Answer<NamespaceView> answer) {
    if (!(answer instanceof Answer.Found<NamespaceView> found)) {
      boolean mayNotRead = answer instanceof Answer.Forbidden<NamespaceView>;
      return done(mayNotRead ? Optional.empty() : Optional.of(Told.of(answer, view -> null)));
    }
    NamespaceView view = found.value();
    if (view.policy().version().isPresent() || view.policy().policy() instanceof Policy.Value) {
      return done(Optional.empty());
    }
    if (!isOne && view.totals().keys() > 0) {
      String counts = "ERR the namespace '%s' counts by the default policy; give it the kind value";
      return done(Optional.of(Told.invalid(counts.formatted(namespace))));
    }
    return becomeValue(call, namespace);
  }

  private static CompletionStage<Optional<Told>> becomeValue(Call call, ByteString namespace) {
    var change =
        new Event.ChangePolicy(
            Optional.of(new Policy.Value(Terms.DEFAULT)),
            OnChange.KEEP,
            OptionalLong.of(Event.ChangePolicy.NO_VERSION));
    return call.floor()
        .commands(call.caller())
        .submit(Command.of(CounterName.policyOf(namespace), change))
        .thenApply(ValueNamespaces::wrong);
  }

  /** Another change has come before ours where it is outdated: then that one holds. */
  private static Optional<Told> wrong(Response response) {
    boolean hasPolicy =
        response instanceof Response.Decided decided
            && (decided.decision().outcome() == Outcome.ACCEPTED
                || decided.decision().outcome() == Outcome.OUTDATED);
    return hasPolicy
        ? Optional.empty()
        : Optional.of(Told.of(response, decision -> Told.no(DoorOutcome.of(response), decision)));
  }

  private static CompletionStage<Optional<Told>> done(Optional<Told> wrong) {
    return CompletableFuture.completedStage(wrong);
  }
}
