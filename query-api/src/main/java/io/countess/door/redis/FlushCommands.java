package io.countess.door.redis;

import io.countess.answer.Answer;
import io.countess.answer.NamespaceView;
import io.countess.door.DoorOutcome;
import io.countess.event.ByteString;
import io.countess.event.CounterName;
import io.countess.event.Event;
import io.countess.event.OnChange;
import io.countess.event.Policy;
import io.countess.query.Question;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;

/** To have no keys any more. */
final class FlushCommands {
  private static final Told NOT_ONE =
      Told.invalid("ERR keys are in many namespaces here; reset each of them by itself");

  private final KeySpace space;

  FlushCommands(KeySpace space) {
    this.space = space;
  }

  List<RedisCommand> all() {
    return List.of(
        RedisCommand.inSteps("flushdb", -1, RedisCommand.Keys.NONE, this::flush),
        RedisCommand.inSteps("flushall", -1, RedisCommand.Keys.NONE, this::flush));
  }

  private CompletionStage<Told> flush(Call call) {
    Args args = call.args();
    boolean isPlain = args.size() == 1 || args.is(1, "sync") || args.is(1, "async");
    if (args.size() > 2 || !isPlain) {
      return Refusals.SYNTAX.now();
    }
    return space.namespace().map(namespace -> reset(call, namespace)).orElseGet(NOT_ONE::now);
  }

  /** A namespace is reset by a change to the policy that it has. */
  private static CompletionStage<Told> reset(Call call, ByteString namespace) {
    return call.ask(new Question.NamespaceOf(namespace))
        .thenCompose(
            answer ->
                answer instanceof Answer.Found<NamespaceView> found && found.coverage().isFull()
                    ? reset(call, found.value())
                    : Told.of(answer, view -> NOT_ONE).now());
  }

  private static CompletionStage<Told> reset(Call call, NamespaceView view) {
    OptionalLong version = view.policy().version();
    Optional<Policy> own =
        version.isPresent() ? Optional.of(view.policy().policy()) : Optional.empty();
    var change =
        new Event.ChangePolicy(own, OnChange.RESET, OptionalLong.of(view.policy().expected()));
    return call.submit(CounterName.policyOf(view.namespace()), change)
        .thenApply(
            response -> {
              Told told = Told.ifDone(response, Reply.OK);
              return told.outcome() == DoorOutcome.INVALID
                  ? Told.error(
                      DoorOutcome.UNAVAILABLE,
                      "TRYAGAIN nothing was done: the policy changed at the same time")
                  : told;
            });
  }
}
