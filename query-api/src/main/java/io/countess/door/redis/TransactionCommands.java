package io.countess.door.redis;

import io.countess.door.DoorOutcome;
import io.countess.door.redis.RedisCommand.InMulti;
import io.countess.event.Batch;
import io.countess.event.ByteString;
import io.countess.event.Outcome;
import io.countess.query.Response;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * {@code MULTI} and its like. What comes between {@code MULTI} and {@code EXEC} waits, and then is
 * one batch, so that nothing comes between its commands. One that only reads is no record: each of
 * its questions is answered by itself.
 */
final class TransactionCommands {
  static final Told QUEUED = Told.of(new Reply.Simple("QUEUED"));

  static final Told NOT_INSIDE = Told.invalid("ERR Command not allowed inside a transaction");

  static final Told FULL =
      Told.invalid(
          "ERR a transaction has at most %d commands, which take at most %d bytes"
              .formatted(Transaction.MOST_COMMANDS, Transaction.MOST_BYTES));

  private static final Told NESTED = Told.invalid("ERR MULTI calls can not be nested");
  private static final Told EXEC_WITHOUT = Told.invalid("ERR EXEC without MULTI");
  private static final Told DISCARD_WITHOUT = Told.invalid("ERR DISCARD without MULTI");
  private static final Told WATCH_INSIDE = Told.invalid("ERR WATCH inside MULTI is not allowed");

  private static final Told NO_WATCH =
      Told.invalid(
          "ERR WATCH is not supported here; conditions of a command, as those of SET and INCREX, are"
              + " decided together with what it does");

  private static final Told BROKEN =
      Told.invalid("EXECABORT Transaction discarded because of previous errors.");

  private static final Told CROSS_SLOT =
      Told.invalid("CROSSSLOT Keys in request don't hash to the same slot");

  private final Values values;

  TransactionCommands(Values values) {
    this.values = values;
  }

  List<RedisCommand> all() {
    return List.of(
        RedisCommand.of("multi", 1, TransactionCommands::multi).inMulti(InMulti.AT_ONCE),
        new RedisCommand("exec", 1, RedisCommand.Effect.NONE, RedisCommand.Keys.NONE, this::exec)
            .inMulti(InMulti.AT_ONCE),
        RedisCommand.of("discard", 1, TransactionCommands::discard).inMulti(InMulti.AT_ONCE),
        new RedisCommand(
                "watch",
                -2,
                RedisCommand.Effect.NONE,
                RedisCommand.Keys.ALL,
                call -> watch(call).now())
            .inMulti(InMulti.AT_ONCE),
        RedisCommand.of("unwatch", 1, call -> Told.of(Reply.OK)));
  }

  /** That nothing of a transaction is done, as its {@code EXEC} was not let in. */
  static Told aborted(Told because) {
    String why = Args.text(((Reply.Failure) because.reply()).text());
    String told = why.startsWith("ERR ") ? why.substring("ERR ".length()) : why;
    var line = Args.bytes("EXECABORT Transaction discarded because of: " + told);
    return new Told(because.outcome(), new Reply.Failure(line));
  }

  private static Told multi(Call call) {
    if (call.session().transaction().isPresent()) {
      return NESTED;
    }
    call.session().beginTransaction();
    return Told.of(Reply.OK);
  }

  private static Told discard(Call call) {
    return call.session().endTransaction().isPresent() ? Told.of(Reply.OK) : DISCARD_WITHOUT;
  }

  private static Told watch(Call call) {
    return call.session().transaction().isPresent() ? WATCH_INSIDE : NO_WATCH;
  }

  private CompletionStage<Told> exec(Call call) {
    Optional<Transaction> ended = call.session().endTransaction();
    if (ended.isEmpty()) {
      return EXEC_WITHOUT.now();
    } else if (ended.get().isBroken()) {
      return BROKEN.now();
    }
    return ended.get().writes() ? inOneStep(call, ended.get()) : gathered(begun(call, ended.get()));
  }

  private static List<CompletionStage<Told>> begun(Call call, Transaction transaction) {
    return transaction.queued().stream()
        .map(it -> Desk.done(it.command(), call.of(it.args())))
        .toList();
  }

  /** All replies in their order, errors among them. */
  private static CompletionStage<Told> gathered(List<CompletionStage<Told>> each) {
    List<CompletableFuture<Told>> all =
        each.stream().map(it -> it.exceptionally(Desk::failed).toCompletableFuture()).toList();
    return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new))
        .thenApply(
            done -> Told.of(new Reply.Many(all.stream().map(it -> it.join().reply()).toList())));
  }

  private CompletionStage<Told> inOneStep(Call call, Transaction transaction) {
    var parts = new BatchParts();
    List<CompletionStage<Told>> told = begun(call.into(parts), transaction);
    return looked(call, parts)
        .thenCompose(ready -> submitted(call, parts))
        .thenCompose(wrong -> wrong.map(Told::now).orElseGet(() -> gathered(told)));
  }

  /** Ends when all namespaces have been looked at. */
  private CompletionStage<Void> looked(Call call, BatchParts parts) {
    return CompletableFuture.allOf(
        parts.namespaces().stream()
            .map(namespace -> looked(call, parts, namespace))
            .toArray(CompletableFuture[]::new));
  }

  private CompletableFuture<Void> looked(Call call, BatchParts parts, ByteString namespace) {
    var ready = new CompletableFuture<Void>();
    values.whenReady(
        call,
        namespace,
        wrong -> {
          parts.looked(namespace, wrong);
          ready.complete(null);
        });
    return ready;
  }

  /** Appends the batch, and tells why nothing of it was done, or nobody knows, if that is so. */
  private static CompletionStage<Optional<Told>> submitted(Call call, BatchParts parts) {
    List<Batch.Part> events = parts.parts();
    if (events.isEmpty()) {
      return CompletableFuture.completedStage(Optional.empty());
    } else if (events.size() > Batch.MAX_PARTS) {
      return wrong(tooMany(events.size()));
    } else if (!parts.areTogether()) {
      return wrong(CROSS_SLOT);
    }
    var batch = Batch.inOrder(events);
    return call.submit(batch.counter(), batch).thenApply(response -> answered(parts, response));
  }

  private static Optional<Told> answered(BatchParts parts, Response response) {
    boolean isDone =
        response instanceof Response.Decided decided
            && decided.decision().outcome() == Outcome.ACCEPTED;
    if (isDone) {
      parts.decided(((Response.Decided) response).decision());
      return Optional.empty();
    }
    return Optional.of(Told.of(response, decision -> Told.no(DoorOutcome.of(response), decision)));
  }

  private static Told tooMany(int events) {
    return Told.invalid(
        "ERR nothing was done: a transaction reads and changes keys at most %d times, and not %d"
            .formatted(Batch.MAX_PARTS, events));
  }

  private static CompletionStage<Optional<Told>> wrong(Told told) {
    return CompletableFuture.completedStage(Optional.of(told));
  }
}
