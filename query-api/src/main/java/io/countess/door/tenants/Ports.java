package io.countess.door.tenants;

import io.countess.door.Caller;
import io.countess.door.Floor;
import io.countess.door.Told;
import io.countess.event.CounterName;
import io.countess.event.Decision;
import io.countess.event.Event;
import io.countess.query.Command;
import io.countess.query.Demand;
import io.countess.query.Question;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * The ports of the floor, for the door itself: who may what, its own credentials say.
 *
 * @param floor whose ports complete where answers are written
 */
record Ports(Floor floor, Names names) {
  <A, V> CompletionStage<Told<V>> ask(Question<A> question, Function<A, V> value) {
    return floor
        .queries(Caller.ANYONE)
        .ask(question, Demand.NONE)
        .thenApply(answer -> Told.of(answer, value));
  }

  /** What was decided, whatever that is. */
  CompletionStage<Told<Decision>> submit(CounterName counter, Event event) {
    return floor
        .commands(Caller.ANYONE)
        .submit(Command.of(counter, event))
        .thenApply(response -> Told.of(response, Optional::of));
  }
}
