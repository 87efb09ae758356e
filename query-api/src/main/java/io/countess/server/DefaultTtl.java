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
  private static final Executor LATER =
      CompletableFuture.delayedExecutor(200, TimeUnit.MILLISECONDS);
  private static final CounterName DEFAULTS = new CounterName(ByteString.EMPTY, ByteString.EMPTY);

  private final Queries queries;
  private final Commands commands;

  DefaultTtl(Queries queries, Commands commands) {
    this.queries = queries;
    this.commands = commands;
  }

  /** Sets it as soon as questions can be answered. */
  void set(Duration ttl) {
    queries
        .ask(new PolicyQuestion.DefaultPolicy(), Demand.NONE)
        .thenAcceptAsync(answer -> compare(answer, ttl), LATER)
        .whenComplete(DefaultTtl::report);
  }

  private void compare(Answer<VersionedPolicy> answer, Duration ttl) {
    if (!(answer instanceof Answer.Found<VersionedPolicy> found)) {
      set(ttl);
      return;
    }
    Policy now = found.value().policy();
    if (now instanceof Policy.Expiring expiring && expiring.ttl().equals(ttl)) {
      return;
    }
    var reset = now instanceof Policy.Expiring ? OnChange.KEEP : OnChange.RESET;
    var change = new Event.ChangeDefaults(with(ttl, now), reset);
    commands
        .submit(Command.of(DEFAULTS, change))
        .thenAccept(DefaultTtl::report)
        .whenComplete(DefaultTtl::report);
  }

  /** What an expiring default policy says beside its time to live is kept. */
  static Policy with(Duration ttl, Policy now) {
    return now instanceof Policy.Expiring expiring
        ? new Policy.Expiring(ttl, expiring.limit(), expiring.terms())
        : new Policy.Expiring(ttl, OptionalLong.empty());
  }

  private static void report(Void done, Throwable failure) {
    if (failure != null) {
      LOG.warn("The default time to live could not be set.", failure);
    }
  }

  private static void report(Response response) {
    if (!(response instanceof Response.Decided)) {
      LOG.warn("The default time to live could not be set: {}", response);
    }
  }
}
