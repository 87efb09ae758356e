package io.countess.door.redis;

import io.countess.door.Admission;
import io.countess.door.Caller;
import io.countess.door.DoorMeters;
import io.countess.door.DoorOutcome;
import io.countess.door.Floor;
import io.countess.door.redis.RedisCommand.Effect;
import io.countess.event.ByteString;
import io.countess.event.InvalidInputException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers requests: checks them, lets them in, has them done, and measures them. */
final class Desk {
  private static final Logger LOG = LoggerFactory.getLogger(Desk.class);
  private static final String NO_COMMAND = "none";

  private final CommandTable table;
  private final Admission admission;
  private final DoorMeters meters;
  private final Sessions sessions;

  /** Whoever takes a request out of it is the one who answers it. */
  private final Set<Underway> underWay = ConcurrentHashMap.newKeySet();

  Desk(CommandTable table, Admission admission, DoorMeters meters, Sessions sessions) {
    this.table = table;
    this.admission = admission;
    this.meters = meters;
    this.sessions = sessions;
  }

  /**
   * A request, and what is known of it before it begins.
   *
   * @param command empty where there is none of that name
   * @param effect of one of the wrong form, or that waits for {@code EXEC}, none: it is told so at
   *     once
   * @param keys that it touches; empty for all
   */
  record Request(Args args, Optional<RedisCommand> command, Effect effect, List<ByteString> keys) {
    private static Request atOnce(Args args, Optional<RedisCommand> command) {
      return new Request(args, command, Effect.NONE, List.of());
    }

    /** That of the commands that wait for it. */
    private Request of(Transaction transaction, CommandTable table) {
      return new Request(args, command, table.effectOf(transaction), transaction.keys());
    }

    String word() {
      return command.map(RedisCommand::word).orElse(NO_COMMAND);
    }

    private boolean isExec() {
      return word().equals("exec");
    }
  }

  /** One that was let in, until there is a reply. */
  private static final class Underway {
    private final Request request;
    private final long start;
    private final CompletableFuture<Reply> reply = new CompletableFuture<>();

    Underway(Request request, long start) {
      this.request = request;
      this.start = start;
    }
  }

  /** What has come next from a connection; everything before it has begun. */
  Request request(Args args, Session session) {
    Optional<RedisCommand> command = table.find(args.word(0));
    Optional<RedisCommand> fitting = command.filter(it -> it.takes(args.size()));
    Optional<Transaction> transaction = session.transaction();
    if (fitting.isEmpty()) {
      return Request.atOnce(args, command);
    } else if (transaction.isPresent()) {
      var request = Request.atOnce(args, command);
      return request.isExec() ? request.of(transaction.get(), table) : request;
    }
    return new Request(args, command, fitting.get().effect(), fitting.get().keysOf(args));
  }

  /**
   * Answers a request. The stage never fails.
   *
   * @param floor whose ports complete where the reply is to be written
   */
  CompletionStage<Reply> answer(Request request, Session session, Floor floor) {
    long start = System.nanoTime();
    sessions.counted();
    session.sent(request.word());
    Optional<Caller> caller = session.caller();
    Optional<Told> refused = refusal(request, caller.isPresent());
    if (refused.isPresent()) {
      Told told = inTransaction(request, session, refused.get());
      return CompletableFuture.completedStage(measured(request, start, told));
    }
    Optional<Told> queued = queued(request, session);
    if (queued.isPresent()) {
      return CompletableFuture.completedStage(measured(request, start, queued.get()));
    }
    var call = new Call(request.args(), session, floor, caller.orElse(Caller.NOBODY));
    CompletionStage<Told> told = done(request.command().orElseThrow(), call);
    if (request.effect().isAtOnce()) {
      return told.thenApply(it -> measured(request, start, it));
    }
    var one = new Underway(request, start);
    underWay.add(one);
    told.whenComplete((it, failure) -> finish(one, failure == null ? it : failed(failure)));
    return one.reply;
  }

  /** Why a request is not let in, if it is not; else one that is not done at once has a place. */
  private Optional<Told> refusal(Request request, boolean isKnown) {
    Optional<RedisCommand> command = request.command();
    boolean isForAnyone = command.map(it -> it.effect() == Effect.NONE_UNKNOWN).orElse(false);
    if (command.isEmpty()) {
      return Optional.of(Refusals.unknownCommand(request.args()));
    } else if (!command.get().takes(request.args().size())) {
      return Optional.of(Refusals.arity(command.get().name()));
    } else if (!isKnown && !isForAnyone) {
      return Optional.of(Refusals.NO_AUTH);
    } else if (!request.effect().isAtOnce() && !admission.enter()) {
      return Optional.of(admission.isClosed() ? Refusals.STOPPING : Refusals.OVERLOADED);
    }
    return Optional.empty();
  }

  /** Whatever is not let in keeps its transaction from being carried out. */
  private static Told inTransaction(Request request, Session session, Told refused) {
    if (request.isExec()) {
      session.endTransaction();
      return TransactionCommands.aborted(refused);
    }
    session.transaction().ifPresent(Transaction::breakOff);
    return refused;
  }

  /** What is told of one that waits for its {@code EXEC}, or can't; else it is to be done. */
  private static Optional<Told> queued(Request request, Session session) {
    RedisCommand command = request.command().orElseThrow();
    Optional<Transaction> open = session.transaction();
    if (open.isEmpty() || command.inMulti() == RedisCommand.InMulti.AT_ONCE) {
      return Optional.empty();
    } else if (command.inMulti() == RedisCommand.InMulti.REFUSED) {
      open.get().breakOff();
      return Optional.of(TransactionCommands.NOT_INSIDE);
    }
    boolean isQueued = open.get().queue(command, request.args());
    return Optional.of(isQueued ? TransactionCommands.QUEUED : TransactionCommands.FULL);
  }

  static CompletionStage<Told> done(RedisCommand command, Call call) {
    try {
      return command.action().apply(call);
    } catch (InvalidInputException broken) {
      return Told.invalid(broken).now();
    } catch (RuntimeException bug) {
      return failed(bug).now();
    }
  }

  static Told failed(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause instanceof RejectedExecutionException) {
      LOG.debug("the answer came after the door had closed", failure);
    } else {
      LOG.error("a request failed", failure);
    }
    return Told.error(DoorOutcome.FAILED, "ERR the server failed; its log has more");
  }

  /** Its place is given back before its sender can send the next. */
  private void finish(Underway one, Told told) {
    boolean isOurs = underWay.remove(one);
    admission.leave();
    if (isOurs) {
      one.reply.complete(measured(one.request, one.start, told));
    }
  }

  private Reply measured(Request request, long start, Told told) {
    meters.answered(start, request.word(), told.outcome());
    return told.reply();
  }

  /** Tells all who still wait that nobody can say what became of their requests. */
  void cutOff() {
    for (Underway one : List.copyOf(underWay)) {
      if (underWay.remove(one)) {
        Told told =
            one.request.effect() == Effect.READ ? Refusals.STOPPED : Refusals.STOPPED_UNKNOWN;
        one.reply.complete(measured(one.request, one.start, told));
      }
    }
  }
}
