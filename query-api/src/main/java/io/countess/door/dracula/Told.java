package io.countess.door.dracula;

import io.countess.answer.Answer;
import io.countess.answer.Coverage;
import io.countess.door.DoorOutcome;
import io.countess.event.Decision;
import io.countess.query.Response;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a request led to, before it is a packet or JSON. This is the one place where an outcome
 * becomes something that the door says.
 *
 * @param value what was asked for; empty where it is an error
 * @param error why there is none
 */
record Told<V>(DoorOutcome outcome, Optional<V> value, String error) {
  private static final String ONLY_A_COPY =
      "not ready: only copies that may be behind can answer now";

  static <V> Told<V> of(V value) {
    return new Told<>(DoorOutcome.DONE, Optional.of(value), "");
  }

  static <V> Told<V> error(DoorOutcome outcome, String error) {
    return new Told<>(outcome, Optional.empty(), error);
  }

  /** What a put led to, and where that is told, the count after it. */
  static Told<Long> of(Response response) {
    return response.match(new OfPut(DoorOutcome.of(response)));
  }

  /**
   * What a question led to. The protocol has no place to say that an answer leaves something out,
   * or is from a copy that may be behind; so such an answer is none.
   */
  static <A, V> Told<V> of(Answer<A> answer, Function<A, V> value) {
    return answer.match(new OfQuestion<>(DoorOutcome.of(answer), value));
  }

  <W> Told<W> map(Function<V, W> change) {
    return new Told<>(outcome, value.map(change), error);
  }

  /** The error as it stands in a packet, which has a bound. */
  byte[] errorBytes() {
    byte[] text = error.getBytes(StandardCharsets.UTF_8);
    return text.length <= Packet.DATA_BYTES ? text : Arrays.copyOf(text, Packet.DATA_BYTES);
  }

  private record OfPut(DoorOutcome outcome) implements Response.Cases<Told<Long>> {
    @Override
    public Told<Long> decided(Response.Decided it) {
      Decision decision = it.decision();
      return switch (outcome) {
        case DONE -> Told.of(decision.count().orElse(0));
        default -> no(decision.outcome().wireName() + ": " + decision.reason().orElse("no reason"));
      };
    }

    @Override
    public Told<Long> logged(Response.Logged it) {
      return Told.of(0L);
    }

    @Override
    public Told<Long> invalid(Response.Invalid it) {
      return no("invalid: " + it.field() + " " + it.rule());
    }

    @Override
    public Told<Long> notSent(Response.NotSent it) {
      return no("not counted: " + it.reason());
    }

    @Override
    public Told<Long> elsewhere(Response.Elsewhere it) {
      return no("not counted: partition " + it.partition() + " is on its way");
    }

    @Override
    public Told<Long> unconfirmed(Response.Unconfirmed it) {
      return no("not confirmed by " + it.partitions());
    }

    @Override
    public Told<Long> fateUnknown(Response.FateUnknown it) {
      return no("may have been counted, or not: " + it.reason());
    }

    @Override
    public Told<Long> forbidden(Response.Forbidden it) {
      return no(it.denial().sentence());
    }

    private Told<Long> no(String why) {
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
