package io.countess.door.dracula;

import io.countess.answer.Count;
import io.countess.answer.NamespaceView;
import io.countess.answer.Totals;
import io.countess.door.Caller;
import io.countess.door.DoorOutcome;
import io.countess.door.Floor;
import io.countess.door.Told;
import io.countess.event.ByteString;
import io.countess.event.CounterName;
import io.countess.event.Event;
import io.countess.event.InvalidInputException;
import io.countess.query.Command;
import io.countess.query.Demand;
import io.countess.query.Question;
import io.countess.query.Response;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Puts, and what is counted, for one caller: what packets and REST have in common.
 *
 * @param floor whose ports complete where the answer is to be written
 */
record Asked(Floor floor, Caller caller) {
  private static final Event ONE = Event.Put.of(1);

  /** Adds one to a counter, and tells its count after that, where {@code ack} waits for it. */
  CompletionStage<Told<Long>> put(ByteString namespace, ByteString key, Command.Ack ack) {
    try {
      var counter = new CounterName(namespace, key);
      var command = new Command(counter, ONE, OptionalLong.empty(), ack, Demand.DEFAULT_DEADLINE);
      return floor.commands(caller).submit(command).thenApply(Asked::count);
    } catch (InvalidInputException tooLong) {
      return invalid(tooLong);
    }
  }

  CompletionStage<Told<Long>> count(ByteString namespace, ByteString key) {
    try {
      var counter = new CounterName(namespace, key);
      return ask(new Question.CountOf(counter, OptionalLong.empty()), Count::count);
    } catch (InvalidInputException tooLong) {
      return invalid(tooLong);
    }
  }

  /** Dracula has no word for a put that was decided otherwise than counted. */
  private static Told<Long> count(Response response) {
    boolean isDone = DoorOutcome.of(response) == DoorOutcome.DONE;
    return response instanceof Response.Logged
        ? Told.of(0L)
        : Told.of(
            response,
            decision -> isDone ? Optional.of(decision.count().orElse(0)) : Optional.empty());
  }

  CompletionStage<Told<Long>> namespace(ByteString namespace) {
    return ask(new Question.NamespaceOf(namespace), Asked::sum);
  }

  CompletionStage<Told<Long>> server() {
    return ask(new Question.Everything(), Totals::count);
  }

  private <A> CompletionStage<Told<Long>> ask(Question<A> question, Function<A, Long> number) {
    return floor
        .queries(caller)
        .ask(question, Demand.NONE)
        .thenApply(answer -> Told.of(answer, number));
  }

  private static long sum(NamespaceView view) {
    return view.totals().count();
  }

  private static CompletionStage<Told<Long>> invalid(InvalidInputException broken) {
    return Told.<Long>error(DoorOutcome.INVALID, broken.getMessage()).now();
  }
}
