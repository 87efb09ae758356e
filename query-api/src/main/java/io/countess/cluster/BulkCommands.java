package io.countess.cluster;

import io.countess.event.codec.EventLine;
import io.countess.query.Command;
import io.countess.query.KeyedCommand;
import io.countess.query.Response;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Commands in bulk on their way to one instance: one request at a time, of what has come while the
 * one before was under way. So they arrive in their order, and a load costs one request for many
 * lines.
 */
final class BulkCommands {
  /** How many go together. */
  private static final int MOST_TOGETHER = 1024;

  /** So many bytes of events go together; a larger one goes alone. */
  private static final int MOST_BYTES = 256 * 1024;

  /** How many wait; more are not sent. All loads of an instance have fewer on their way. */
  private static final int MOST_WAITING = 8192;

  /** One that has no more time than this when its turn comes is not sent. */
  private static final Duration LEAST_WITHIN = Duration.ofSeconds(1);

  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private final Function<Batch, CompletionStage<List<Response>>> request;
  private final Queue<Waiting> waiting = new ArrayDeque<>();
  private boolean isUnderWay;

  /**
   * @param request sends a batch, and tells what became of each command of it, in order
   */
  BulkCommands(Function<Batch, CompletionStage<List<Response>>> request) {
    this.request = request;
  }

  private record Waiting(
      KeyedCommand command,
      byte[] event,
      long deadlineNanos,
      CompletableFuture<Response> response) {}

  /** Commands that go together. */
  static final class Batch {
    private final List<Waiting> all;
    private final Duration within;

    private Batch(List<Waiting> all, long nowNanos) {
      this.all = all;
      long least = all.stream().mapToLong(it -> it.deadlineNanos - nowNanos).min().orElseThrow();
      this.within = Duration.ofNanos(least);
    }

    int size() {
      return all.size();
    }

    /** How long the first of them to give up waits. */
    Duration within() {
      return within;
    }

    /** Each as {@link EventLine#encode} has it. */
    List<byte[]> events() {
      return all.stream().map(Waiting::event).toList();
    }

    /** What {@code response} makes of each. */
    List<Response> all(Function<KeyedCommand, Response> response) {
      return all.stream().map(it -> response.apply(it.command)).toList();
    }

    /** The same commands of a sender who waits for something else. */
    List<KeyedCommand> acked(Command.Ack ack) {
      return all.stream().map(it -> it.command.acked(ack)).toList();
    }

    private void answer(List<Response> responses, Throwable failure) {
      for (int i = 0; i < all.size(); i++) {
        if (failure == null) {
          all.get(i).response.complete(responses.get(i));
        } else {
          all.get(i).response.completeExceptionally(failure);
        }
      }
    }
  }

  CompletionStage<Response> submit(KeyedCommand keyed) {
    Command command = keyed.command();
    byte[] event = new EventLine(command.counter(), command.event(), command.atMillis()).encode();
    long deadlineNanos = System.nanoTime() + command.within().toNanos();
    var one = new Waiting(keyed, event, deadlineNanos, new CompletableFuture<>());
    synchronized (this) {
      if (waiting.size() >= MOST_WAITING) {
        String reason = MOST_WAITING + " commands wait for another instance already";
        return CompletableFuture.completedStage(new Response.NotSent(reason, RETRY_AFTER));
      }
      waiting.add(one);
      if (isUnderWay) {
        return one.response;
      }
      isUnderWay = true;
    }
    sendNext();
    return one.response;
  }

  /** The next request is on its way before the last one's senders are told. */
  private void sendNext() {
    var late = new ArrayList<Waiting>();
    List<Waiting> next = next(System.nanoTime(), late);
    if (!next.isEmpty()) {
      var batch = new Batch(next, System.nanoTime());
      sent(batch)
          .whenComplete(
              (responses, failure) -> {
                sendNext();
                batch.answer(responses, failure);
              });
    }
    var refusal = new Response.NotSent("another instance is too slow", RETRY_AFTER);
    late.forEach(it -> it.response.complete(refusal));
  }

  private CompletionStage<List<Response>> sent(Batch batch) {
    try {
      return request.apply(batch);
    } catch (RuntimeException bug) {
      return CompletableFuture.failedFuture(bug);
    }
  }

  private synchronized List<Waiting> next(long nowNanos, List<Waiting> late) {
    var next = new ArrayList<Waiting>();
    int bytes = 0;
    while (!waiting.isEmpty() && next.size() < MOST_TOGETHER) {
      Waiting one = waiting.peek();
      bytes += one.event.length;
      if (bytes > MOST_BYTES && !next.isEmpty()) {
        break;
      }
      waiting.remove();
      boolean isLate = one.deadlineNanos - nowNanos < LEAST_WITHIN.toNanos();
      (isLate ? late : next).add(one);
    }
    isUnderWay = !next.isEmpty();
    return next;
  }
}
