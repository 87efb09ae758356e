package io.countess.client;

import io.countess.client.CountsConfig.Retry;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
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

  /** An attempt in less time than this, or than a quarter of all of it, is of no use. */
  private static final Duration LEAST = Duration.ofMillis(200);

  private final Transport transport;
  private final Retry retry;

  CommandSender(Transport transport, Retry retry) {
    this.transport = transport;
    this.retry = retry;
  }

  /**
   * Sends a command, and waits for the answer.
   *
   * @throws UncheckedIOException where none came in time
   */
  Reply send(Command command, Deadline deadline) {
    boolean again = command.id().isPresent() && retry == Retry.WITH_ID;
    return again ? new Attempts(command, deadline).run() : attempt(command, deadline);
  }

  /** The server says that it was too slow before we do. */
  private Reply attempt(Command command, Deadline deadline) {
    return transport.send(command.request(transport, deadline.forServer()), deadline);
  }

  /** The attempts at one command, which together take no longer than the call may. */
  private final class Attempts {
    private final Command command;
    private final Deadline deadline;
    private long pauseMillis = FIRST_PAUSE_MILLIS;
    private boolean mayHaveHappened;

    Attempts(Command command, Deadline deadline) {
      this.command = command;
      this.deadline = deadline;
    }

    /** The first of the outcomes that leave the fate open is the one that is told in the end. */
    Reply run() {
      Reply open = null;
      UncheckedIOException lost = null;
      do {
        try {
          Reply reply = attempt(command, deadline);
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

    /** A server that does not take the command now says nothing about an earlier attempt. */
    private boolean leavesOpen(Reply reply) {
      return reply.status() == 502
          || reply.status() == 504
          || mayHaveHappened && reply.status() == 503;
    }

    /** Waits; false where there is no time for another attempt. */
    private boolean pause() {
      long millis = pauseMillis / 2 + ThreadLocalRandom.current().nextLong(pauseMillis / 2 + 1);
      if (deadline.left().minusMillis(millis).compareTo(least()) < 0) {
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

    private Duration least() {
      Duration quarter = deadline.whole().dividedBy(4);
      return quarter.compareTo(LEAST) < 0 ? quarter : LEAST;
    }
  }

  static boolean isInterrupt(UncheckedIOException failure) {
    return failure.getCause() instanceof InterruptedIOException;
  }

  /** Whether there never was a connection on which it could have arrived. */
  static boolean neverArrived(UncheckedIOException failure) {
    Throwable cause = failure.getCause().getCause();
    return cause instanceof ConnectException
        || cause instanceof UnknownHostException
        || cause instanceof HttpConnectTimeoutException
        || cause instanceof SSLHandshakeException;
  }
}
