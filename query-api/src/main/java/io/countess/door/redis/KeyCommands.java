package io.countess.door.redis;

import io.countess.answer.Count;
import io.countess.answer.NamespaceView;
import io.countess.door.redis.RedisCommand.Keys;
import io.countess.event.ByteString;
import io.countess.event.Write;
import io.countess.query.Question;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** What is about keys, whatever they hold. */
final class KeyCommands {
  /** Deletes what is there. */
  static final Write DELETE =
      Write.of(new Write.Replace(Optional.empty())).onlyIf(Write.If.PRESENT);

  private final Values values;

  KeyCommands(Values values) {
    this.values = values;
  }

  List<RedisCommand> all() {
    return List.of(
        RedisCommand.writing("del", -2, Keys.ALL, this::delete),
        RedisCommand.writing("unlink", -2, Keys.ALL, this::delete),
        RedisCommand.reading("exists", -2, Keys.ALL, this::exists),
        RedisCommand.reading("type", 2, Keys.ONE, this::type),
        RedisCommand.reading("dbsize", 1, Keys.NONE, this::size));
  }

  private CompletionStage<Told> delete(Call call) {
    return count(call, key -> values.write(call, key, DELETE, it -> Told.of(flag(it.isDone()))));
  }

  private CompletionStage<Told> exists(Call call) {
    return count(call, key -> values.ask(call, key, count -> Told.of(flag(count.exists()))));
  }

  private static Reply flag(boolean holds) {
    return Reply.whole(holds ? 1 : 0);
  }

  /** Of how many keys something holds; one that is named twice is asked twice. */
  private static CompletionStage<Told> count(
      Call call, Function<ByteString, CompletionStage<Told>> each) {
    return Values.all(
        call.args().all().stream().skip(1).map(each).toList(),
        flags ->
            Reply.whole(flags.stream().mapToLong(flag -> ((Reply.Whole) flag).number()).sum()));
  }

  private CompletionStage<Told> type(Call call) {
    return values.ask(call, call.args().get(1), KeyCommands::type);
  }

  private static Told type(Count count) {
    return Told.of(new Reply.Simple(count.exists() ? ScanCommands.TYPE : "none"));
  }

  private CompletionStage<Told> size(Call call) {
    Optional<ByteString> namespace = values.space().namespace();
    if (namespace.isEmpty()) {
      return call.ask(new Question.Everything())
          .thenApply(answer -> Told.of(answer, totals -> Told.of(Reply.whole(totals.keys()))));
    }
    return call.ask(new Question.NamespaceOf(namespace.get()))
        .thenApply(answer -> Told.of(answer, KeyCommands::size));
  }

  private static Told size(NamespaceView view) {
    return Told.of(Reply.whole(view.totals().keys()));
  }
}
