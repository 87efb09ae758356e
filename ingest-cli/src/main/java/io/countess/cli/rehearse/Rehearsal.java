package io.countess.cli.rehearse;

import io.countess.background.DaemonThreads;
import io.countess.server.Countess;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/** All acts side by side, each again and again until time is up. */
final class Rehearsal {
  /** As many connections put and count over HTTP: most users come that way. */
  private static final int HTTP_CALLERS = 6;

  private static final long BUSY_NANOS = 50_000_000;

  private final Countess countess;
  private final Map<String, Long> failures = new ConcurrentSkipListMap<>();

  Rehearsal(Countess countess) {
    this.countess = countess;
  }

  /** Something that users do; it is done once with each call. */
  interface Act extends AutoCloseable {
    void play() throws IOException, InterruptedException;

    @Override
    default void close() throws IOException {}
  }

  /** The server had no time for an answer, as on a machine that is busy: that is no failure. */
  static final class TooBusy extends IOException {
    private static final long serialVersionUID = 1;

    TooBusy(String what) {
      super(what);
    }
  }

  /**
   * Plays for so long.
   *
   * @return what went wrong, and how often
   */
  Map<String, Long> play(Duration time) throws IOException, InterruptedException {
    var api = new Http(countess.url());
    new ApiActs(api, 0).prepare();
    List<Act> acts = new ArrayList<>();
    for (int i = 0; i < HTTP_CALLERS; i++) {
      acts.add(new ApiActs(new Http(countess.url()), i));
    }
    acts.add(new LogAct(countess.kafka()));
    acts.add(new RedisAct(countess.redis().orElseThrow().port()));
    acts.add(new DoorActs(countess));
    acts.add(new DraculaAct(countess.dracula().orElseThrow().port()));
    acts.add(new EnvoyAct(countess.envoy().orElseThrow().port()));
    play(acts, System.nanoTime() + time.toNanos());
    return failures;
  }

  private void play(List<Act> acts, long untilNanos) throws InterruptedException {
    ExecutorService threads =
        Executors.newFixedThreadPool(acts.size(), new DaemonThreads("rehearsal"));
    List<Future<?>> playing = new ArrayList<>();
    for (Act act : acts) {
      playing.add(threads.submit(() -> play(act, untilNanos)));
    }
    for (Future<?> one : playing) {
      try {
        one.get();
      } catch (ExecutionException failed) {
        note(failed.getCause());
      }
    }
    threads.shutdown();
  }

  private Void play(Act act, long untilNanos) throws IOException, InterruptedException {
    try (act) {
      while (System.nanoTime() < untilNanos) {
        try {
          act.play();
        } catch (TooBusy busy) {
          LockSupport.parkNanos(BUSY_NANOS);
        } catch (IOException failed) {
          note(failed);
        }
      }
    }
    return null;
  }

  private void note(Throwable failure) {
    failures.merge(String.valueOf(failure), 1L, Long::sum);
  }
}
