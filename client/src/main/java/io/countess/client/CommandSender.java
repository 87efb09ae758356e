package io.countess.client;

import io.countess.client.CountsConfig.Retry;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import javax.net.ssl.SSLHandshakeException;

/**
 * Sends commands. One that has an id is sent again under it while its fate is unknown: where the
 * server said so, or the connection was lost. Where the first attempt certainly came to nothing, it
 * is the caller's to try again.
 */
final class CommandSender {
  private static final long FIRST_PAUSE_MILLIS = 20;
  private static final long MAX_PAUSE_MILLIS = 500;

  /** What an answer needs on its way, so that the server says that it was too slow before we do. */
  private static final Duration ON_THE_WAY = Duration.ofMillis(100);

  private final Transport transport;
  private final CountsConfig config;

  CommandSender(Transport transport, CountsConfig config) {
    this.transport = transport;
    this.config = config;
  }

  /**
   * Sends a command, and waits for the answer.
   *
   * @throws UncheckedIOException where none came in time
   */
  Reply send(Command command) {
    boolean again = command.id().isPresent() && config.retry() == Retry.WITH_ID;
    return again
        ? new Attempts(command).run()
        : transport.send(command.request(transport, config.timeout()));
  }

  /** The attempts at one command, which together take no longer than one may. */
  private final class Attempts {
    private final Command command;
    private final long deadlineNanos = System.nanoTime() + transport.patience().toNanos();
    private long pauseMillis = FIRST_PAUSE_MILLIS;
    private boolean mayHaveHappened;

    Attempts(Command command) {
      this.command = command;
    }

    /** The first of the outcomes that leave the fate open is the one that is told in the end. */
    Reply run() {
      Reply open = null;
      UncheckedIOException lost = null;
      do {
        try {
          Reply reply = attempt();
          if (!leavesOpen(reply)) {
            return reply;
          }
          open = mayHaveHappened ? open : reply;
        } catch (UncheckedIOException failure) {
          if (isInterrupt(failure) || !mayHaveHappened && neverArrived(failure)) {
            throw failure;
          }
          lost = mayHaveHappened ? lost : failure;
        }
        mayHaveHappened = true;
      } while (pause());
      if (lost != null) {
        throw lost;
      }
      return open;
    }

    private Reply attempt() {
      Duration left = left();
      Duration forServer = left.minus(ON_THE_WAY);
      Duration within = forServer.compareTo(config.timeout()) < 0 ? forServer : config.timeout();
      return transport.send(command.request(transport, Duration.ofMillis(within.toMillis())), left);
    }

    /** A server that does not take the command now says nothing about an earlier attempt. */
    private boolean leavesOpen(Reply reply) {
      return reply.status() == 502
          || reply.status() == 504
          || mayHaveHappened && reply.status() == 503;
    }

    /** Waits; false where there is no time for another attempt. */
    private boolean pause() {
      long millis = pauseMillis / 2 + ThreadLocalRandom.current().nextLong(pauseMillis / 2 + 1);
      if (left().toMillis() <= millis + 2 * ON_THE_WAY.toMillis()) {
        return false;
      }
      try {
        Thread.sleep(millis);
      } catch (InterruptedException interrupted) {
        throw Transport.interrupted();
      }
      pauseMillis = Math.min(MAX_PAUSE_MILLIS, pauseMillis * 2);
      return true;
    }

    private Duration left() {
      return Duration.ofNanos(deadlineNanos - System.nanoTime());
    }
  }

  private static boolean isInterrupt(UncheckedIOException failure) {
    return failure.getCause() instanceof InterruptedIOException;
  }

  /** Whether there never was a connection on which it could have arrived. */
  private static boolean neverArrived(UncheckedIOException failure) {
    Throwable cause = failure.getCause().getCause();
    return cause instanceof ConnectException
        || cause instanceof HttpConnectTimeoutException
        || cause instanceof SSLHandshakeException;
  }
}
