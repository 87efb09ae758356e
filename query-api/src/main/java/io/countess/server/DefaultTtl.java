package io.countess.server;

import io.countess.answer.Answer;
import io.countess.answer.VersionedPolicy;
import io.countess.event.ByteString;
import io.countess.event.CounterName;
import io.countess.event.Event;
import io.countess.event.OnChange;
import io.countess.event.Policy;
import io.countess.query.Command;
import io.countess.query.Commands;
import io.countess.query.Demand;
import io.countess.query.PolicyQuestion;
import io.countess.query.Queries;
import io.countess.query.Response;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives the default policy the time to live that this instance was started with. It appends a
 * record where that differs: state depends on the log, and on no instance's flags.
 */
final class DefaultTtl {
  private static final Logger LOG = LoggerFactory.getLogger(DefaultTtl.class);
  private static final Executor SOON = CompletableFuture.delayedExecutor(20, TimeUnit.MILLISECONDS);
  private static final CounterName DEFAULTS = new CounterName(ByteString.EMPTY, ByteString.EMPTY);

  private final Queries queries;
  private final Commands commands;
  private final Duration ttl;

  /** For how long those who wait for it wait, once questions are answered. */
  private final Duration patience;

  private final CompletableFuture<Void> settled = new CompletableFuture<>();
  private volatile long readyNanos;
  private volatile boolean closed;

  DefaultTtl(Queries queries, Commands commands, Duration ttl, Duration patience) {
    this.queries = queries;
    this.commands = commands;
    this.ttl = ttl;
    this.patience = patience;
  }

  /**
   * Sets it as soon as questions can be answered.
   *
   * @return completes when it is in force everywhere, or when that can't be waited for; never fails
   */
  CompletableFuture<Void> set() {
    ask();
    return settled.copy();
  }

  /** Ends what {@link #set} began. */
  void close() {
    closed = true;
    settled.complete(null);
  }

  private void ask() {
    if (!closed) {
      var unused =
          queries
              .ask(new PolicyQuestion.DefaultPolicy(), Demand.NONE)
              .thenAccept(this::compare)
              .exceptionally(this::fail);
    }
  }

  private void compare(Answer<VersionedPolicy> answer) {
    if (!(answer instanceof Answer.Found<VersionedPolicy> found)) {
      later("nobody can say yet what it is");
      return;
    }
    Policy now = found.value().policy();
    if (now instanceof Policy.Expiring expiring && expiring.ttl().equals(ttl)) {
      settled.complete(null);
      return;
    }
    var reset = now instanceof Policy.Expiring ? OnChange.KEEP : OnChange.RESET;
    var change = new Event.ChangeDefaults(with(ttl, now), reset);
    var unused =
        commands
            .submit(Command.of(DEFAULTS, change))
            .thenAccept(this::told)
            .exceptionally(this::fail);
  }

  private void told(Response response) {
    if (response instanceof Response.NotSent || response instanceof Response.Elsewhere) {
      later(response.toString());
      return;
    }
    if (!(response instanceof Response.Decided)) {
      LOG.warn("The default time to live may not be set everywhere: {}", response);
    }
    settled.complete(null);
  }

  /**
   * Where a single partition of several instances is away, the others are not kept waiting for it.
   */
  private void later(String why) {
    if (readyNanos == 0 && queries.readiness().ready()) {
      readyNanos = System.nanoTime();
    }
    boolean waitedLong = readyNanos != 0 && System.nanoTime() - readyNanos > patience.toNanos();
    if (waitedLong && settled.complete(null)) {
      LOG.warn("The default time to live is not set yet: {}. It will be.", why);
    }
    SOON.execute(this::ask);
  }

  private Void fail(Throwable failure) {
    LOG.warn("The default time to live could not be set.", failure);
    settled.complete(null);
    return null;
  }

  /** What an expiring default policy says beside its time to live is kept. */
  static Policy with(Duration ttl, Policy now) {
    return now instanceof Policy.Expiring expiring
        ? new Policy.Expiring(ttl, expiring.limit(), expiring.terms())
        : new Policy.Expiring(ttl, OptionalLong.empty());
  }
}
