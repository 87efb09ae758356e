package io.countess.door.redis;

import io.countess.answer.Count;
import io.countess.door.DoorOutcome;
import io.countess.event.ByteString;
import io.countess.event.CounterName;
import io.countess.event.Decision;
import io.countess.event.Event;
import io.countess.event.HeldChange;
import io.countess.event.Outcome;
import io.countess.event.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;

/** Keys as counters of the kind value: writes them, and asks for them. */
final class Values {
  static final Told WRONG_TYPE =
      Told.invalid("WRONGTYPE Operation against a key holding the wrong kind of value");

  private final KeySpace space;
  private final ValueNamespaces namespaces;

  Values(KeySpace space) {
    this.space = space;
    this.namespaces = new ValueNamespaces(space);
  }

  KeySpace space() {
    return space;
  }

  /** What a write led to: accepted, refused or impossible, and what was there and is. */
  record Written(Outcome outcome, HeldChange change) {
    boolean isDone() {
      return outcome == Outcome.ACCEPTED;
    }
  }

  /** Writes a key, and tells what {@code words} makes of it. */
  CompletionStage<Told> write(
      Call call, ByteString key, Write write, Function<Written, Told> words) {
    CounterName counter = space.counter(key);
    var told = new CompletableFuture<Told>();
    Consumer<Optional<Told>> then =
        wrong -> {
          if (wrong.isPresent()) {
            told.complete(wrong.get());
          } else {
            submit(call, counter, write, words, told);
          }
        };
    if (call.parts().isPresent()) {
      call.parts().get().later(counter.namespace(), then);
    } else {
      whenReady(call, counter.namespace(), then);
    }
    return told;
  }

  /** Goes on when values can be written in a namespace, or is told why they can't. */
  void whenReady(Call call, ByteString namespace, Consumer<Optional<Told>> then) {
    namespaces.whenReady(call, namespace, then);
  }

  private void submit(
      Call call,
      CounterName counter,
      Event event,
      Function<Written, Told> words,
      CompletableFuture<Told> told) {
    try {
      call.submit(counter, event)
          .thenApply(response -> Told.of(response, it -> told(counter, it, words)))
          .whenComplete(
              (it, failure) -> {
                if (failure == null) {
                  told.complete(it);
                } else {
                  told.completeExceptionally(failure);
                }
              });
    } catch (RuntimeException failure) {
      told.completeExceptionally(failure);
    }
  }

  private Told told(CounterName counter, Decision decision, Function<Written, Told> words) {
    var details = decision.details();
    if (details.value().isPresent()) {
      return words.apply(new Written(decision.outcome(), details.value().get()));
    }
    boolean isOtherKind = decision.count().isPresent() || details.gauge().isPresent();
    if (!isOtherKind) {
      return Told.no(DoorOutcome.INVALID, decision);
    }
    namespaces.forget(counter.namespace());
    return WRONG_TYPE;
  }

  /** Asks for a key, and tells what {@code words} makes of it. */
  CompletionStage<Told> ask(Call call, ByteString key, Function<Count, Told> words) {
    return call.count(space.counter(key)).thenApply(answer -> Told.of(answer, words));
  }

  /** The same of what has to be a value, or nothing. */
  CompletionStage<Told> askValue(Call call, ByteString key, Function<Count, Told> words) {
    return ask(
        call,
        key,
        count -> count.exists() && count.held().isEmpty() ? WRONG_TYPE : words.apply(count));
  }

  /**
   * What several commands come to: what {@code words} makes of their replies; or the first error.
   */
  static CompletionStage<Told> all(
      List<CompletionStage<Told>> stages, Function<List<Reply>, Reply> words) {
    CompletionStage<List<Told>> all = CompletableFuture.completedStage(new ArrayList<>());
    for (CompletionStage<Told> stage : stages) {
      all =
          all.thenCombine(
              stage,
              (before, told) -> {
                before.add(told);
                return before;
              });
    }
    return all.thenApply(
        each ->
            each.stream()
                .filter(told -> told.reply() instanceof Reply.Failure)
                .findFirst()
                .orElseGet(() -> Told.of(words.apply(each.stream().map(Told::reply).toList()))));
  }
}
