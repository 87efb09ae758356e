package io.countess.door.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.countess.answer.Answer;
import io.countess.answer.Coverage;
import io.countess.door.DoorOutcome;
import io.countess.event.ByteString;
import io.countess.event.Decision;
import io.countess.event.InvalidInputException;
import io.countess.query.Response;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * What a command led to. This is the one place where an outcome becomes an error that the door
 * says. Errors that begin with {@code TRYAGAIN} or {@code LOADING} say that nothing was done;
 * clients may send the same again, and some do by themselves.
 *
 * @param outcome for the meters
 */
record Told(DoorOutcome outcome, Reply reply) {
  private static final String ONLY_A_COPY = "only copies that may be behind can answer now";

  static Told of(Reply reply) {
    return new Told(DoorOutcome.DONE, reply);
  }

  /** An error of whoever sent the command. */
  static Told invalid(String line) {
    return error(DoorOutcome.INVALID, line);
  }

  /** An error that gives back bytes of whoever sent the command, a char for each. */
  static Told invalidBytes(String line) {
    return new Told(DoorOutcome.INVALID, new Reply.Failure(Args.bytes(line)));
  }

  static Told invalid(InvalidInputException broken) {
    return invalid("ERR " + broken.getMessage());
  }

  static Told error(DoorOutcome outcome, String line) {
    return new Told(outcome, new Reply.Failure(ByteString.of(line.getBytes(UTF_8))));
  }

  /** A stage that has ended. */
  CompletionStage<Told> now() {
    return CompletableFuture.completedStage(this);
  }

  /** What a command led to, where the fold decided it: what {@code words} says; else an error. */
  static Told of(Response response, Function<Decision, Told> words) {
    return response.match(new OfCommand(DoorOutcome.of(response), words));
  }

  /** What a command led to, where there is one reply whenever it is done. */
  static Told ifDone(Response response, Reply reply) {
    var outcome = DoorOutcome.of(response);
    return of(
        response, decision -> outcome == DoorOutcome.DONE ? of(reply) : no(outcome, decision));
  }

  /** That the fold decided against it, where the protocol has no other words for that. */
  static Told no(DoorOutcome outcome, Decision decision) {
    return error(
        outcome,
        "ERR " + decision.outcome().wireName() + ": " + decision.reason().orElse("no reason"));
  }

  /**
   * What a question led to, where it was answered: what {@code words} says; else an error. The
   * protocol has no place to say that an answer leaves something out, or is from a copy that may be
   * behind; so such an answer is none.
   */
  static <A> Told of(Answer<A> answer, Function<A, Told> words) {
    return answer.match(new OfQuestion<>(DoorOutcome.of(answer), words));
  }

  private record OfCommand(DoorOutcome outcome, Function<Decision, Told> words)
      implements Response.Cases<Told> {
    @Override
    public Told decided(Response.Decided it) {
      return words.apply(it.decision());
    }

    @Override
    public Told logged(Response.Logged it) {
      throw new IllegalStateException("every command waits for its decision");
    }

    @Override
    public Told invalid(Response.Invalid it) {
      return error(outcome, "ERR invalid: " + it.field() + " " + it.rule());
    }

    @Override
    public Told notSent(Response.NotSent it) {
      return error(outcome, "TRYAGAIN nothing was done: " + it.reason());
    }

    @Override
    public Told elsewhere(Response.Elsewhere it) {
      return error(
          outcome, "TRYAGAIN nothing was done: partition " + it.partition() + " is on its way");
    }

    @Override
    public Told unconfirmed(Response.Unconfirmed it) {
      return error(outcome, "ERR not confirmed yet by all partitions, but it will hold");
    }

    @Override
    public Told fateUnknown(Response.FateUnknown it) {
      return error(outcome, "ERR it may have been done, or not: " + it.reason());
    }

    @Override
    public Told forbidden(Response.Forbidden it) {
      return error(outcome, "NOPERM " + it.denial().sentence());
    }
  }

  private record OfQuestion<A>(DoorOutcome outcome, Function<A, Told> words)
      implements Answer.Cases<A, Told> {
    @Override
    public Told found(Answer.Found<A> it) {
      Coverage coverage = it.coverage();
      return coverage.isFull()
          ? words.apply(it.value())
          : error(DoorOutcome.UNAVAILABLE, "TRYAGAIN " + ONLY_A_COPY);
    }

    @Override
    public Told invalid(Answer.Invalid<A> it) {
      return error(outcome, "ERR invalid: " + it.field() + " " + it.rule());
    }

    @Override
    public Told notReady(Answer.NotReady<A> it) {
      return error(outcome, "LOADING not ready: " + it.reason());
    }

    @Override
    public Told elsewhere(Answer.Elsewhere<A> it) {
      return error(outcome, "TRYAGAIN partition " + it.partition() + " is on its way");
    }

    @Override
    public Told behind(Answer.Behind<A> it) {
      return error(outcome, "TRYAGAIN still behind " + it.demanded());
    }

    @Override
    public Told forbidden(Answer.Forbidden<A> it) {
      return error(outcome, "NOPERM " + it.denial().sentence());
    }
  }
}
