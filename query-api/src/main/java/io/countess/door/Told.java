package io.countess.door;

import io.countess.answer.Answer;
import io.countess.answer.Coverage;
import io.countess.event.Decision;
import io.countess.query.Response;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * What a request at a door led to, before that is in the words of its protocol. For protocols that
 * have a place for a value or for the text of an error, and none for more.
 *
 * @param value what was asked for; empty where it is an error
 * @param error why there is none
 */
public record Told<V>(DoorOutcome outcome, Optional<V> value, String error) {
  private static final String ONLY_A_COPY =
      "not ready: only copies that may be behind can answer now";

  /** What was asked for. */
  public static <V> Told<V> of(V value) {
    return new Told<>(DoorOutcome.DONE, Optional.of(value), "");
  }

  /** Why there is nothing. */
  public static <V> Told<V> error(DoorOutcome outcome, String error) {
    return new Told<>(outcome, Optional.empty(), error);
  }

  private <W> Told<W> failed() {
    return error(outcome, error);
  }

  /** The same of another value, where there is one. */
  public <W> Told<W> map(Function<V, W> change) {
    return new Told<>(outcome, value.map(change), error);
  }

  /** Goes on with the value, where there is one. */
  public <W> CompletionStage<Told<W>> then(Function<V, CompletionStage<Told<W>>> next) {
    return value.map(next).orElseGet(() -> this.<W>failed().now());
  }

  /** Told at once. */
  public CompletionStage<Told<V>> now() {
    return CompletableFuture.completedStage(this);
  }

  /**
   * What a command led to.
   *
   * @param value what its decision says; empty where that is an error
   */
  public static <V> Told<V> of(Response response, Function<Decision, Optional<V>> value) {
    return response.match(new OfCommand<>(DoorOutcome.of(response), value));
  }

  /**
   * What a question led to. No such protocol can say that an answer leaves something out, or is
   * from a copy that may be behind; so such an answer is none.
   */
  public static <A, V> Told<V> of(Answer<A> answer, Function<A, V> value) {
    return answer.match(new OfQuestion<>(DoorOutcome.of(answer), value));
  }

  private record OfCommand<V>(DoorOutcome outcome, Function<Decision, Optional<V>> value)
      implements Response.Cases<Told<V>> {
    @Override
    public Told<V> decided(Response.Decided it) {
      Decision decision = it.decision();
      return value
          .apply(decision)
          .map(Told::of)
          .orElseGet(
              () ->
                  no(decision.outcome().wireName() + ": " + decision.reason().orElse("no reason")));
    }

    @Override
    public Told<V> logged(Response.Logged it) {
      return error(DoorOutcome.UNKNOWN, "it is in the log, and nobody knows what became of it");
    }

    @Override
    public Told<V> invalid(Response.Invalid it) {
      return no("invalid: " + it.field() + " " + it.rule());
    }

    @Override
    public Told<V> notSent(Response.NotSent it) {
      return no("nothing was done: " + it.reason());
    }

    @Override
    public Told<V> elsewhere(Response.Elsewhere it) {
      return no("nothing was done: partition " + it.partition() + " is on its way");
    }

    @Override
    public Told<V> unconfirmed(Response.Unconfirmed it) {
      return no("not confirmed by " + it.partitions());
    }

    @Override
    public Told<V> fateUnknown(Response.FateUnknown it) {
      return no("it may have been done, or not: " + it.reason());
    }

    @Override
    public Told<V> forbidden(Response.Forbidden it) {
      return no(it.denial().sentence());
    }

    private Told<V> no(String why) {
      return error(outcome, why);
    }
  }

  private record OfQuestion<A, V>(DoorOutcome outcome, Function<A, V> value)
      implements Answer.Cases<A, Told<V>> {
    @Override
    public Told<V> found(Answer.Found<A> it) {
      Coverage coverage = it.coverage();
      return coverage.isFull()
          ? Told.of(value.apply(it.value()))
          : error(DoorOutcome.UNAVAILABLE, ONLY_A_COPY);
    }

    @Override
    public Told<V> invalid(Answer.Invalid<A> it) {
      return error(outcome, "invalid: " + it.field() + " " + it.rule());
    }

    @Override
    public Told<V> notReady(Answer.NotReady<A> it) {
      return error(outcome, "not ready: " + it.reason());
    }

    @Override
    public Told<V> elsewhere(Answer.Elsewhere<A> it) {
      return error(outcome, "not ready: partition " + it.partition() + " is on its way");
    }

    @Override
    public Told<V> behind(Answer.Behind<A> it) {
      return error(outcome, "not ready: still behind " + it.demanded());
    }

    @Override
    public Told<V> forbidden(Answer.Forbidden<A> it) {
      return error(outcome, it.denial().sentence());
    }
  }
}
