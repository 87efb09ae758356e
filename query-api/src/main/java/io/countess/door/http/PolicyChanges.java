package io.countess.door.http;

import io.countess.answer.Answer;
import io.countess.door.Floor;
import io.countess.event.CounterName;
import io.countess.event.Event;
import io.countess.event.OnChange;
import io.countess.event.Outcome;
import io.countess.query.Response;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/** Changes policies, and tags the answer with the version that the policy has since. */
final class PolicyChanges {
  private final Floor floor;

  PolicyChanges(Floor floor) {
    this.floor = floor;
  }

  /** Sets a policy or a plan, as the body says. */
  void set(Call call, CounterName name) throws IOException {
    submit(call, name, call.body("policy").event());
  }

  /** Takes a policy or a plan away. */
  void drop(Call call, CounterName name, OnChange onChange) throws IOException {
    RequestBody.requireNone(call.exchange().request());
    submit(call, name, new Event.ChangePolicy(Optional.empty(), onChange));
  }

  void submit(Call call, CounterName name, Event event) {
    var command = call.command(name, event, OptionalLong.empty());
    call.exchange()
        .answerWhen(
            floor.commands(call.caller()).submit(command),
            response -> Replies.of(response).tagged(version(event, response)));
  }

  /** The version of a policy that was found, if it has one. */
  static <A> OptionalLong version(Answer<A> answer, Function<A, OptionalLong> of) {
    return answer instanceof Answer.Found<A> found ? of.apply(found.value()) : OptionalLong.empty();
  }

  /** The version of the policy that a change has set, if it has: the place of the change. */
  private static OptionalLong version(Event event, Response response) {
    boolean drops = event instanceof Event.ChangePolicy change && change.isDrop();
    if (drops
        || !(response instanceof Response.Decided decided)
        || decided.decision().outcome() != Outcome.ACCEPTED) {
      return OptionalLong.empty();
    }
    return decided.decision().position().stream()
        .flatMap(position -> position.offsets().values().stream())
        .mapToLong(Long::longValue)
        .findFirst();
  }
}
