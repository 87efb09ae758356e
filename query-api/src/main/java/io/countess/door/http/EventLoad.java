package io.countess.door.http;

import io.countess.door.LineReader;
import io.countess.event.InvalidInputException;
import io.countess.query.Command;
import io.countess.query.Commands;
import io.countess.query.Response;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the lines of one body to the log, a bounded number at a time. A line that the log does not
 * take because it is overloaded is sent again for a while, so it can come after later lines. So is
 * one whose fate nobody could tell, where it has an id under which it counts once, and its load
 * waits for what it led to.
 */
final class EventLoad {
  /** How many lines may be on their way to the log. */
  private static final int MAX_IN_FLIGHT = LoadPace.MAX_AHEAD;

  private static final Response.Cases<String> WHY = new LineRefusal();

  private static final Logger LOG = LoggerFactory.getLogger(EventLoad.class);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration MAX_PAUSE = Duration.ofSeconds(1);

  /** For the last pause, and what a line may wait after it until the log takes it. */
  private static final Duration MARGIN = Duration.ofSeconds(5);

  private final Commands commands;
  private final LineCommands lines;
  private final Loads loads;
  private final LoadReport report;
  private final Semaphore places = new Semaphore(MAX_IN_FLIGHT);
  private final AtomicBoolean told = new AtomicBoolean();

  /**
   * @param commands takes what the sender's key allows, line by line
   * @param lines makes the commands
   * @param loads with which this one shares
   */
  EventLoad(Commands commands, LineCommands lines, Loads loads, LoadReport report) {
    this.report = report;
    this.commands = commands;
    this.lines = lines;
    this.loads = loads;
  }

  /**
   * Reads and sends all lines.
   *
   * @return false where the server stopped before the end
   */
  boolean read(LineReader body) throws IOException, InterruptedException {
    for (LineReader.Line line = body.next(); line != null; line = body.next()) {
      if (loads.isStopping()) {
        return false;
      }
      send(line);
    }
    return true;
  }

  /** Waits until it is known what became of every line that was sent. */
  void awaitAll() throws InterruptedException {
    long atMost = Commands.LOG_PATIENCE.plus(PATIENCE).plus(MARGIN).toMillis();
    if (!places.tryAcquire(MAX_IN_FLIGHT, atMost, TimeUnit.MILLISECONDS)) {
      throw new IllegalStateException("commands were not answered in time");
    }
  }

  private void send(LineReader.Line line) throws InterruptedException {
    Command command;
    try {
      command = lines.of(line);
    } catch (InvalidInputException invalid) {
      report.rejected(line.number(), invalid.getMessage());
      return;
    }
    loads.pace().enter();
    places.acquireUninterruptibly(); // of all loads together no more are under way
    submit(line.number(), command, System.nanoTime() + PATIENCE.toNanos());
  }

  private void submit(long line, Command command, long untilNanos) {
    long startNanos = System.nanoTime();
    submitted(command)
        .whenComplete(
            (response, failure) -> {
              Duration wait = waitBeforeNext(command, response);
              long nowNanos = System.nanoTime();
              if (wait != null && nowNanos - untilNanos < 0) {
                pause(wait, () -> submit(line, command, untilNanos));
              } else {
                settle(line, command, response, failure, nowNanos - startNanos);
              }
            });
  }

  /** After how long a command may be submitted again and count once; null where it may not be. */
  private Duration waitBeforeNext(Command command, Response response) {
    if (response instanceof Response.NotSent it) {
      return it.retryAfter();
    }
    boolean isSafe = lines.ack().isDecided() && command.event().id().isPresent();
    boolean isOpen =
        response instanceof Response.Elsewhere
            || response instanceof Response.FateUnknown && isSafe;
    return isOpen ? MAX_PAUSE : null;
  }

  private CompletionStage<Response> submitted(Command command) {
    try {
      return commands.submit(command);
    } catch (RuntimeException bug) {
      return CompletableFuture.failedFuture(bug);
    }
  }

  private void settle(
      long line, Command command, Response response, Throwable failure, long nanos) {
    try {
      if (failure != null) {
        failed(line, command, failure);
      } else if (response instanceof Response.Logged it) {
        report.logged(it.position());
        loads.pace().logged(command.counter(), it.position());
      } else if (response instanceof Response.Decided it) {
        report.decided(line, command.counter(), it.decision());
        it.decision().position().ifPresent(at -> loads.pace().decided(at, nanos));
      } else if (response instanceof Response.Unconfirmed it) {
        report.decided(line, command.counter(), it.decision());
      } else if (response instanceof Response.FateUnknown it && lines.ack().isDecided()) {
        report.unknown(line, command.counter(), it.reason());
      } else {
        report.rejected(line, command.counter(), response.match(WHY));
      }
    } finally {
      loads.pace().leave();
      places.release();
    }
  }

  private void failed(long line, Command command, Throwable failure) {
    if (!told.getAndSet(true)) {
      LOG.error("line {} of a load failed, and perhaps more", line, failure);
    }
    String reason = "something went wrong inside";
    if (lines.ack().isDecided()) {
      report.unknown(line, command.counter(), reason);
    } else {
      report.rejected(line, command.counter(), reason + "; it may or may not be in the log");
    }
  }

  private static void pause(Duration asked, Runnable then) {
    long millis = Math.max(1, Math.min(asked.toMillis(), MAX_PAUSE.toMillis()));
    // On the thread that keeps the time: sending does not block, and a thread for each line would.
    CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS, Runnable::run).execute(then);
  }
}
