package io.countess.door.http;

import io.countess.door.LineReader;
import io.countess.event.Event;
import io.countess.event.InvalidInputException;
import io.countess.event.codec.EventLine;
import io.countess.query.Command;
import io.countess.query.Commands;
import io.countess.query.Response;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the lines of one body to the log, a bounded number at a time. A line that the log does not
 * take because it is overloaded is sent again for a while, so it can come after later lines.
 */
final class EventLoad {
  /** How many lines may be on their way to the log. */
  private static final int MAX_IN_FLIGHT = LoadPace.MAX_AHEAD;

  private static final Response.Cases<String> WHY = new LineRefusal();

  private static final Logger LOG = LoggerFactory.getLogger(EventLoad.class);
  private static final Duration LOG_TIMEOUT = Commands.LOG_PATIENCE;
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration MAX_PAUSE = Duration.ofSeconds(1);

  /** For the last pause, and what a line may wait after it until the log takes it. */
  private static final Duration MARGIN = Duration.ofSeconds(5);

  private final Commands commands;
  private final Optional<String> idempotencyKey;
  private final Loads loads;
  private final LoadReport report;
  private final Semaphore places = new Semaphore(MAX_IN_FLIGHT);
  private final AtomicBoolean told = new AtomicBoolean();

  /**
   * @param commands takes what the sender's key allows, line by line
   * @param idempotencyKey makes the id of each line that has none of its own: {@code KEY#NUMBER}
   * @param loads with which this one shares
   */
  EventLoad(Commands commands, Optional<String> idempotencyKey, Loads loads, LoadReport report) {
    this.report = report;
    this.commands = commands;
    this.idempotencyKey = idempotencyKey;
    this.loads = loads;
  }

  /**
   * Reads and sends all lines.
   *
   * @return false where the server stopped before the end
   */
  boolean read(LineReader lines) throws IOException, InterruptedException {
    for (LineReader.Line line = lines.next(); line != null; line = lines.next()) {
      if (loads.isStopping()) {
        return false;
      }
      send(line);
    }
    return true;
  }

  /** Waits until it is known what became of every line that was sent. */
  void awaitAll() throws InterruptedException {
    long atMost = LOG_TIMEOUT.plus(PATIENCE).plus(MARGIN).toMillis();
    if (!places.tryAcquire(MAX_IN_FLIGHT, atMost, TimeUnit.MILLISECONDS)) {
      throw new IllegalStateException("commands were not answered in time");
    }
  }

  private void send(LineReader.Line line) throws InterruptedException {
    if (line.isTooLong()) {
      report.rejected(line.number(), "line is longer than " + LineReader.MAX_LINE_BYTES + " bytes");
      return;
    }
    Command command;
    try {
      command = command(EventLine.decode(line.bytes()), line.number());
    } catch (InvalidInputException invalid) {
      report.rejected(line.number(), invalid.getMessage());
      return;
    }
    loads.pace().enter();
    places.acquireUninterruptibly(); // of all loads together no more are under way
    submit(line.number(), command, System.nanoTime() + PATIENCE.toNanos());
  }

  private Command command(EventLine line, long number) {
    Event event = line.event();
    if (event instanceof Event.Tick) {
      throw new InvalidInputException("op", "is 'tick', which only the server itself sends");
    }
    boolean isPolicy = event instanceof Event.ChangePolicy || event instanceof Event.ChangeDefaults;
    boolean needsId = idempotencyKey.isPresent() && !isPolicy && event.id().isEmpty();
    Event known = needsId ? event.withId(idempotencyKey.map(key -> key + "#" + number)) : event;
    return new Command(line.counter(), known, line.atMillis(), Command.Ack.LOGGED, LOG_TIMEOUT);
  }

  private void submit(long line, Command command, long untilNanos) {
    submitted(command)
        .whenComplete(
            (response, failure) -> {
              boolean patient = System.nanoTime() - untilNanos < 0;
              if (response instanceof Response.NotSent it && patient) {
                pause(it.retryAfter(), () -> submit(line, command, untilNanos));
              } else {
                settle(line, command, response, failure);
              }
            });
  }

  private CompletionStage<Response> submitted(Command command) {
    try {
      return commands.submit(command);
    } catch (RuntimeException bug) {
      return CompletableFuture.failedFuture(bug);
    }
  }

  private void settle(long line, Command command, Response response, Throwable failure) {
    try {
      report(line, response, failure);
      if (response instanceof Response.Logged it) {
        loads.pace().logged(command.counter(), it.position());
      }
    } finally {
      loads.pace().leave();
      places.release();
    }
  }

  private void report(long line, Response response, Throwable failure) {
    if (response instanceof Response.Logged it) {
      report.logged(it.position());
    } else if (failure == null) {
      report.rejected(line, response.match(WHY));
    } else {
      if (!told.getAndSet(true)) {
        LOG.error("line {} of a load failed, and perhaps more", line, failure);
      }
      report.rejected(line, "something went wrong inside; it may or may not be in the log");
    }
  }

  private static void pause(Duration asked, Runnable then) {
    long millis = Math.max(1, Math.min(asked.toMillis(), MAX_PAUSE.toMillis()));
    // On the thread that keeps the time: sending does not block, and a thread for each line would.
    CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS, Runnable::run).execute(then);
  }
}
