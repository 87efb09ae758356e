package io.countess.door.http;

import io.countess.answer.Answer;
import io.countess.answer.Count;
import io.countess.event.CounterName;
import io.countess.event.Position;
import io.countess.query.Demand;
import io.countess.query.Queries;
import io.countess.query.Question;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Keeps loads from running far ahead of the fold. The log takes lines faster than they are counted,
 * and a single put would wait until all that stand before it are: so lines are held up until those
 * before them are counted.
 *
 * <p>How far a partition is folded is asked as anyone could, by a question that demands a position,
 * one at a time for each partition: it is answered when the state includes that position, on
 * whichever instance. How long that took is what a single put waits. Where it is long, since the
 * machine is busy, fewer lines may be ahead: half of them each time, and a quarter more each time
 * that it is short.
 *
 * <p>Where there is no answer, nobody gets one from that partition, and the log may take lines of
 * it for a while. A fold that is slow and moves on is waited for.
 */
final class LoadPace {
  /** How many lines of a partition may be logged and not yet known to be folded, at most. */
  static final int MAX_AHEAD = 2048;

  /** And at least: with fewer, each would be a request to the log of its own. */
  static final int MIN_AHEAD = 32;

  /** Before anything is known. */
  static final int FIRST_AHEAD = 512;

  private static final long SLOW_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
  private static final long QUICK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /** So many lines pass where nobody can say how far the fold is. */
  private static final int UNSEEN = 20_000;

  private static final Duration WITHIN = Duration.ofSeconds(5);

  private final Queries queries;
  private final LongSupplier nanoTime;
  private final Map<Integer, Ahead> partitions = new HashMap<>();

  /** How many lines are on their way to the log, and how many may be. */
  private int inFlight;

  private int window = MAX_AHEAD;
  private int held;

  LoadPace(Queries queries) {
    this(queries, System::nanoTime);
  }

  LoadPace(Queries queries, LongSupplier nanoTime) {
    this.queries = queries;
    this.nanoTime = nanoTime;
  }

  private static final class Ahead {
    private int most = FIRST_AHEAD;
    private CounterName last;
    private long logged = -1;
    private long folded;
    private boolean isAsked;

    /** How many lines have been decided since {@link #most} was looked at, as told of lines. */
    private int decided;

    boolean isTooFar() {
      return logged - folded > most;
    }

    /** So many are asked about together. */
    boolean isWorthAsking() {
      return logged - folded >= Math.min(256, most / 2);
    }

    void folded(long offset) {
      folded = Math.max(folded, offset);
    }

    void took(long nanos) {
      if (nanos > SLOW_NANOS) {
        most = Math.max(MIN_AHEAD, most / 2);
      } else if (nanos < QUICK_NANOS) {
        most = Math.min(MAX_AHEAD, most + most / 4);
      }
    }
  }

  /** Waits until one more line may be sent; then it has to {@link #leave}. */
  synchronized void enter() throws InterruptedException {
    while (held > 0 || inFlight >= window) {
      wait();
    }
    inFlight++;
  }

  /** It is known what became of a line that was sent. */
  synchronized void leave() {
    inFlight--;
    if (inFlight == window - 1) {
      notifyAll();
    }
  }

  /**
   * A line that waits for its decision has it, so long after it was sent: as a single put would
   * wait. Of such lines no more are on their way than the slowest partition may have ahead of its
   * fold, since they leave only now. All that were sent before the number changed are as slow.
   */
  synchronized void decided(Position position, long nanos) {
    for (int partition : position.offsets().keySet()) {
      var ahead = partitions.computeIfAbsent(partition, first -> new Ahead());
      ahead.decided++;
      if (ahead.decided >= ahead.most) {
        ahead.decided = 0;
        ahead.took(nanos);
        resize();
      }
    }
  }

  /** How many lines may be on their way to the log now. */
  synchronized int window() {
    return window;
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
      if (ahead.isAsked || !ahead.isWorthAsking()) {
        return;
      }
      ahead.isAsked = true;
    }
    ask(counter, partition, offset);
  }

  private void ask(CounterName counter, int partition, long offset) {
    long start = nanoTime.getAsLong();
    asked(counter, Position.of(partition, offset))
        .whenComplete(
            (answer, failure) -> {
              long nanos = nanoTime.getAsLong() - start;
              told(partition, ahead -> learn(ahead, partition, offset, answer, nanos));
            });
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

  private static void learn(
      Ahead ahead, int partition, long offset, Answer<Count> answer, long nanos) {
    if (answer instanceof Answer.Found) {
      ahead.folded(offset);
      ahead.took(nanos);
      return;
    }
    long has =
        answer instanceof Answer.Behind<Count> behind
            ? behind.has().offset(partition).orElse(-1)
            : -1;
    if (has > ahead.folded) {
      ahead.folded(has);
      ahead.took(nanos);
    } else {
      ahead.folded(offset + UNSEEN);
    }
  }

  private void told(int partition, Consumer<Ahead> learn) {
    CounterName next;
    long logged;
    synchronized (this) {
      var ahead = partitions.get(partition);
      boolean wasTooFar = ahead.isTooFar();
      learn.accept(ahead);
      count(wasTooFar, ahead.isTooFar());
      resize();
      ahead.isAsked = ahead.isWorthAsking();
      if (!ahead.isAsked) {
        return;
      }
      next = ahead.last;
      logged = ahead.logged;
    }
    ask(next, partition, logged);
  }

  /** What is on its way may all be of the partition that is slowest. */
  private void resize() {
    int before = window;
    window = partitions.values().stream().mapToInt(it -> it.most).min().orElse(MAX_AHEAD);
    if (window > before) {
      notifyAll();
    }
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
