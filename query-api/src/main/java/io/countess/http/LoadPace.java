package io.countess.http;

import io.countess.event.CounterName;
import io.countess.event.Position;
import io.countess.query.Answer;
import io.countess.query.Count;
import io.countess.query.Demand;
import io.countess.query.Queries;
import io.countess.query.Question;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Keeps loads from running far ahead of the fold. The log takes lines faster than they are counted,
 * and a single put would wait until all that stand before it are: so lines are held up until those
 * before them are counted.
 *
 * <p>How far a partition is folded is asked as anyone could, by a question that demands a position,
 * one at a time for each partition: it is answered when the state includes that position, on
 * whichever instance. Where there is no answer, nobody gets one from that partition, and the log
 * may take lines of it for a while.
 */
final class LoadPace {
  /** How many lines of a partition may be logged and not yet known to be folded. */
  static final int MAX_AHEAD = 2048;

  /** So many are asked about together. */
  private static final int ASK_EVERY = 256;

  /** So many lines pass where nobody can say how far the fold is. */
  private static final int UNSEEN = 20_000;

  private static final Duration WITHIN = Duration.ofSeconds(5);

  private final Queries queries;
  private final Map<Integer, Ahead> partitions = new HashMap<>();
  private int held;

  LoadPace(Queries queries) {
    this.queries = queries;
  }

  private static final class Ahead {
    private CounterName last;
    private long logged = -1;
    private long folded;
    private boolean isAsked;

    boolean isTooFar() {
      return logged - folded > MAX_AHEAD;
    }
  }

  /** Waits until no partition is too far behind. */
  synchronized void await() throws InterruptedException {
    while (held > 0) {
      wait();
    }
  }

  /** A line of {@code counter} is in the log. */
  void logged(CounterName counter, Position position) {
    position.offsets().forEach((partition, offset) -> logged(counter, partition, offset));
  }

  private void logged(CounterName counter, int partition, long offset) {
    synchronized (this) {
      var ahead = partitions.computeIfAbsent(partition, first -> new Ahead());
      if (ahead.logged < 0) {
        ahead.folded = offset; // what stands before it is not of loads
      }
      boolean wasTooFar = ahead.isTooFar();
      ahead.logged = Math.max(ahead.logged, offset);
      ahead.last = counter;
      count(wasTooFar, ahead.isTooFar());
      if (ahead.isAsked || ahead.logged - ahead.folded < ASK_EVERY) {
        return;
      }
      ahead.isAsked = true;
    }
    ask(counter, partition, offset);
  }

  private void ask(CounterName counter, int partition, long offset) {
    asked(counter, Position.of(partition, offset))
        .whenComplete(
            (answer, failure) ->
                told(partition, answer instanceof Answer.Found ? offset : offset + UNSEEN));
  }

  /** A question that fails at once is one without an answer: no load waits for it for ever. */
  private CompletionStage<Answer<Count>> asked(CounterName counter, Position position) {
    try {
      var question = new Question.CountOf(counter, OptionalLong.empty());
      return queries.ask(question, new Demand(position, WITHIN));
    } catch (RuntimeException bug) {
      return CompletableFuture.failedFuture(bug);
    }
  }

  private void told(int partition, long offset) {
    CounterName next;
    long logged;
    synchronized (this) {
      var ahead = partitions.get(partition);
      boolean wasTooFar = ahead.isTooFar();
      ahead.folded = Math.max(ahead.folded, offset);
      count(wasTooFar, ahead.isTooFar());
      ahead.isAsked = ahead.logged - ahead.folded >= ASK_EVERY;
      if (!ahead.isAsked) {
        return;
      }
      next = ahead.last;
      logged = ahead.logged;
    }
    ask(next, partition, logged);
  }

  private void count(boolean wasTooFar, boolean isTooFar) {
    if (wasTooFar != isTooFar) {
      held += isTooFar ? 1 : -1;
      if (held == 0) {
        notifyAll();
      }
    }
  }
}
