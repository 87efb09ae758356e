package io.countess.query;

import io.countess.event.Decision;
import io.countess.topology.AnswerObserver;
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
public final class PendingDecisions implements AnswerObserver {
  /** The most commands that wait at once; more are not sent. */
  public static final int MAX_PENDING = 65_536;

  private static final int CALLER_BYTES = 24;

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

  private record Waiting(CompletableFuture<Decision> decision, long deadlineNanos) {}

  /** A command that waits: what goes into its record's header, and what will be its decision. */
  record Ticket(long sequence, byte[] caller, CompletableFuture<Decision> decision) {}

  /** A place for one command more, or null where too many wait already. */
  Ticket register(long deadlineNanos) {
    if (waiting.size() >= MAX_PENDING) {
      return null;
    }
    long sequence = sequences.incrementAndGet();
    var decision = new CompletableFuture<Decision>();
    waiting.put(sequence, new Waiting(decision, deadlineNanos));
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
