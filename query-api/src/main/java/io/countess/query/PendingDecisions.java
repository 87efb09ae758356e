package io.countess.query;

import io.countess.event.Decision;
import io.countess.state.PartitionReader;
import io.countess.topology.AnswerObserver;
import io.countess.topology.PartitionObserver;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Commands whose senders wait for a decision. Each record carries this process's random nonce and a
 * sequence number; the fold hands both back with the decision, before any commit. That is safe,
 * since the record is in the log and the fold is deterministic: after a crash the same record gives
 * the same decision.
 */
public final class PendingDecisions implements AnswerObserver, PartitionObserver {
  /** The most commands that wait at once; more are not sent. */
  public static final int MAX_PENDING = 65_536;

  private static final int CALLER_BYTES = 24;

  /** Of a command that is not bound to where its partition is. */
  private static final int ANYWHERE = -1;

  private final long nonceHigh;
  private final long nonceLow;
  private final AtomicLong sequences = new AtomicLong();
  private final ConcurrentHashMap<Long, Waiting> waiting = new ConcurrentHashMap<>();

  /** With a nonce that no other process has. */
  public PendingDecisions() {
    var random = new SecureRandom();
    nonceHigh = random.nextLong();
    nonceLow = random.nextLong();
  }

  private record Waiting(CompletableFuture<Decision> decision, int partition, long deadlineNanos) {
    Waiting until(long nanos) {
      return nanos - deadlineNanos < 0 ? new Waiting(decision, partition, nanos) : this;
    }
  }

  /** A command that waits: what goes into its record's header, and what will be its decision. */
  record Ticket(long sequence, byte[] caller, CompletableFuture<Decision> decision) {}

  /** A place for one command more, or null where too many wait already. */
  Ticket register(long deadlineNanos) {
    return register(deadlineNanos, ANYWHERE);
  }

  /**
   * The same for a command that would wait for long, and need not where its partition leaves this
   * instance: then it waits only for {@link Demand#DEFAULT_DEADLINE} more, in which the partition
   * may come back.
   */
  Ticket register(long deadlineNanos, int partition) {
    if (waiting.size() >= MAX_PENDING) {
      return null;
    }
    long sequence = sequences.incrementAndGet();
    var decision = new CompletableFuture<Decision>();
    waiting.put(sequence, new Waiting(decision, partition, deadlineNanos));
    var caller = ByteBuffer.allocate(CALLER_BYTES).putLong(nonceHigh).putLong(nonceLow);
    return new Ticket(sequence, caller.putLong(sequence).array(), decision);
  }

  /** Gives a place up. */
  void forget(long sequence) {
    waiting.remove(sequence);
  }

  /** Hands a decision to whoever waits for it in this process; others are passed over. */
  @Override
  public void answered(byte[] caller, Decision decision) {
    if (caller == null || caller.length != CALLER_BYTES) {
      return;
    }
    var in = ByteBuffer.wrap(caller);
    if (in.getLong() == nonceHigh && in.getLong() == nonceLow) {
      Waiting found = waiting.remove(in.getLong());
      if (found != null) {
        found.decision.complete(decision);
      }
    }
  }

  @Override
  public void opened(PartitionReader reader) {}

  @Override
  public void closed(PartitionReader reader) {
    left(reader.partition(), System.nanoTime());
  }

  void left(int partition, long nowNanos) {
    long until = nowNanos + Demand.DEFAULT_DEADLINE.toNanos();
    waiting.replaceAll((sequence, it) -> it.partition() == partition ? it.until(until) : it);
  }

  /** Lets those go whose deadline has passed; their futures fail with a time-out. */
  void expire(long nowNanos) {
    waiting
        .entrySet()
        .removeIf(
            entry -> {
              boolean over = nowNanos - entry.getValue().deadlineNanos() > 0;
              if (over) {
                entry.getValue().decision.completeExceptionally(new TimeoutException());
              }
              return over;
            });
  }

  /** How many wait. */
  public int size() {
    return waiting.size();
  }
}
