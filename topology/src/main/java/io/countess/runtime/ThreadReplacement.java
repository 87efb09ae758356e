package io.countess.runtime;

import io.countess.state.NewerStateException;
import io.countess.topology.LocalStateException;
import io.countess.topology.LogReplacedException;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.rocksdb.RocksDBException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replaces a thread that died: the next one folds from its last commit, and nothing is lost. Gives
 * up where threads die again and again, and at once where the next would meet the same.
 */
final class ThreadReplacement implements StreamsUncaughtExceptionHandler {
  private static final Logger LOG = LoggerFactory.getLogger(ThreadReplacement.class);
  private static final int MOST_DEATHS = 20;
  private static final long WITHIN_NANOS = TimeUnit.MINUTES.toNanos(5);
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  private final Rights rights;
  private final ArrayDeque<Long> deaths = new ArrayDeque<>();
  private final Set<String> dropped = ConcurrentHashMap.newKeySet();
  private final CompletableFuture<Void> died = new CompletableFuture<>();

  ThreadReplacement(Rights rights) {
    this.rights = rights;
  }

  CompletableFuture<Void> died() {
    return died;
  }

  /** Ends the fold, for a reason that does not pass by itself. */
  void end(RuntimeException reason) {
    died.completeExceptionally(reason);
  }

  @Override
  public StreamThreadExceptionResponse handle(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof LogReplacedException || cause instanceof NewerStateException) {
        died.completeExceptionally(cause);
        return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
      }
    }
    Optional<LogTopicsException> notAllowed = rights.in(failure);
    if (notAllowed.isPresent()) {
      died.completeExceptionally(notAllowed.get());
      return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }
    if (isOfLocalState(failure)) {
      return replace();
    }
    if (failure instanceof Error || tooOften(System.nanoTime())) {
      LOG.error("the fold has died", failure);
      died.completeExceptionally(failure);
      return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }
    LOG.warn("a thread of the fold died, and is replaced", failure);
    return replace();
  }

  private static StreamThreadExceptionResponse replace() {
    LockSupport.parkNanos(PAUSE_NANOS);
    return StreamThreadExceptionResponse.REPLACE_THREAD;
  }

  /**
   * Whether it is local state that failed, which then is gone with the thread. Each partition may
   * be found wanting once, all of them at the same time; but a disk can go on failing.
   */
  private boolean isOfLocalState(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      boolean first = cause instanceof LocalStateException && dropped.add(cause.getMessage());
      boolean local = cause instanceof LocalStateException || cause instanceof RocksDBException;
      if (first || local && !tooOften(System.nanoTime())) {
        LOG.warn(
            "Local state can't be used ({}): what this thread has is dropped, and restored from its"
                + " changelog in Kafka. No count is lost.",
            String.valueOf(cause.getMessage()));
        return true;
      }
    }
    return false;
  }

  private synchronized boolean tooOften(long nowNanos) {
    deaths.add(nowNanos);
    while (nowNanos - deaths.peek() > WITHIN_NANOS) {
      deaths.poll();
    }
    return deaths.size() > MOST_DEATHS;
  }
}
