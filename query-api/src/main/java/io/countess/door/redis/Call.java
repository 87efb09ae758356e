package io.countess.door.redis;

import io.countess.answer.Answer;
import io.countess.answer.Count;
import io.countess.door.Caller;
import io.countess.door.Floor;
import io.countess.event.CounterName;
import io.countess.event.Event;
import io.countess.query.Command;
import io.countess.query.Demand;
import io.countess.query.Question;
import io.countess.query.Response;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;

/**
 * A request that is let in.
 *
 * @param floor whose ports complete where the reply is to be written
 * @param caller whose key was shown, or whoever comes
 * @param parts of a transaction, where it is one of its commands
 */
record Call(Args args, Session session, Floor floor, Caller caller, Optional<BatchParts> parts) {
  /** One by itself. */
  Call(Args args, Session session, Floor floor, Caller caller) {
    this(args, session, floor, caller, Optional.empty());
  }

  /** One with other arguments. */
  Call of(Args others) {
    return new Call(others, session, floor, caller, parts);
  }

  /** One of those that a transaction gathers. */
  Call into(BatchParts gathered) {
    return new Call(args, session, floor, caller, Optional.of(gathered));
  }

  /**
   * Appends an event and waits for its decision. Events of one connection come to a partition in
   * the order in which they are submitted: those that go to another instance do so in bulk.
   */
  CompletionStage<Response> submit(CounterName counter, Event event) {
    if (parts.isPresent()) {
      return parts.get().submit(counter, event);
    }
    return floor
        .commands(caller)
        .submit(
            new Command(
                counter,
                event,
                OptionalLong.empty(),
                Command.Ack.APPLIED_IN_BULK,
                Demand.DEFAULT_DEADLINE));
  }

  /** Asks for a counter. */
  CompletionStage<Answer<Count>> count(CounterName counter) {
    return parts.isPresent()
        ? parts.get().ask(counter)
        : ask(new Question.CountOf(counter, OptionalLong.empty()));
  }

  /** Asks anything; not for the commands of a transaction. */
  <A> CompletionStage<Answer<A>> ask(Question<A> question) {
    return floor.queries(caller).ask(question, Demand.NONE);
  }
}
