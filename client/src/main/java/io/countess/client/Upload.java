package io.countess.client;

import io.countess.client.BrokenLoadException.End;
import io.countess.client.CountsConfig.Retry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.Flow;

/**
 * Sends events to the server, in parts: each is a request of its own, one at a time, of what has
 * come while the one before was under way. So no request is open while the source is quiet, which
 * the server or something on the way there would end some time; and where a load breaks off, it is
 * known what became of all parts but the last one.
 *
 * <p>Once a server has answered, a part is sent again for a while where it is certain that nothing
 * of it was taken, as when the server is just starting again, or where that can't matter, since the
 * lines have ids. How long a load takes is up to the source, so there is no deadline for the whole.
 */
final class Upload {
  /** The least that is sent at once if it is there, and the most. */
  private static final int LEAST_BYTES = 32 * 1024;

  private static final int MOST_BYTES = 4 << 20;

  /** How long a part should be under way: so much may be unknown when a load breaks off. */
  private static final double PART_SECONDS = 0.5;

  /** A server that can't reach its log says so within 65 s. */
  private static final Duration ANSWER = Duration.ofSeconds(75);

  /** After that the server is asked whether it is there at all. */
  private static final Duration QUIET = Duration.ofSeconds(3);

  /** A file that is short goes at once; later most lines have come while others were sent. */
  private static final Duration FIRST_LINGER = Duration.ofMillis(200);

  private static final Duration LINGER = Duration.ofMillis(10);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final Target EVENTS = Target.of("/v1/events");

  /** A server lists no more lines of a part; see {@code lines} in its description. */
  private static final int MOST_LISTED = 10_000;

  private final Transport transport;
  private final LoadOptions options;
  private final boolean isPatient;
  private LoadSummary soFar = LoadSummary.NONE;
  private boolean hasAnswered;
  private int mostBytes = LEAST_BYTES;

  Upload(Transport transport, Retry retry, LoadOptions options) {
    this.transport = transport;
    this.isPatient = retry != Retry.NEVER;
    this.options = options;
  }

  /** Sends all of {@code ndjson}, which is closed in the end. */
  LoadSummary run(InputStream ndjson) {
    var lines = new ReadAhead(ndjson);
    try (ndjson) {
      transport.execute(lines);
      sendAll(lines);
    } catch (IOException unclosed) {
      throw unreadable(unclosed);
    } catch (InterruptedException interrupted) {
      throw Transport.interrupted();
    } finally {
      lines.abandon();
    }
    if (lines.failure() != null) {
      throw unreadable(lines.failure());
    }
    return soFar;
  }

  private void sendAll(ReadAhead lines) throws InterruptedException {
    if (!lines.comesWithin(QUIET)) {
      send(LoadPart.NONE);
    }
    long mostLines = options.listed().isPresent() ? MOST_LISTED : Long.MAX_VALUE;
    var part = lines.take(mostBytes, mostLines, FIRST_LINGER);
    while (!part.isEmpty()) {
      send(part);
      options.progress().accept(soFar);
      part = lines.take(mostBytes, mostLines, LINGER);
    }
  }

  private void send(LoadPart part) throws InterruptedException {
    long untilNanos = System.nanoTime() + PATIENCE.toNanos();
    Attempt attempt = new Attempt(part);
    while (!attempt.isDone()) {
      boolean isLast = !isPatient || !hasAnswered || System.nanoTime() - untilNanos > 0;
      if (!attempt.mayBeRepeated() || isLast) {
        throw attempt.failure();
      }
      Thread.sleep(PAUSE.toMillis());
      attempt = new Attempt(attempt.rest());
    }
    hasAnswered = true;
  }

  private RuntimeException unreadable(Exception why) {
    return broken(
        End.SOURCE,
        why instanceof RuntimeException unchecked
            ? unchecked
            : new UncheckedIOException(why.getMessage(), (IOException) why));
  }

  private BrokenLoadException broken(End end, RuntimeException cause) {
    return new BrokenLoadException(soFar, end, cause);
  }

  private HttpRequest request(LoadPart part, Body body) {
    var request = transport.request(target(part)).header("Content-Type", "application/x-ndjson");
    long before = part.beforeBlock();
    options
        .id()
        .ifPresent(
            key -> request.header(Command.ID_HEADER, before == 0 ? key : key + "+" + before));
    // Where the server is not there or does not want it, no byte of the body is sent.
    return request.expectContinue(!part.isEmpty()).POST(body).build();
  }

  private Target target(LoadPart part) {
    boolean isNumbered = options.id().isPresent() && part.firstLine() > 1;
    var numbered = isNumbered ? EVENTS.with("firstLine", Long.toString(part.firstLine())) : EVENTS;
    var target = options.asOfLog() ? numbered.with("asOfLog", "true") : numbered;
    if (options.ack() == LoadOptions.Ack.LOGGED) {
      return target;
    }
    var applied = target.with("ack", "applied");
    return options.listed().isEmpty()
        ? applied
        : applied.with("lines", Integer.toString(MOST_LISTED));
  }

  /** Aims at parts that take as long as they should. */
  private void learn(int bytes, double seconds) {
    double fitting = bytes * Math.min(2, PART_SECONDS / Math.max(1e-3, seconds));
    if (bytes > mostBytes / 2 || fitting < mostBytes) {
      mostBytes = (int) Math.max(LEAST_BYTES, Math.min(MOST_BYTES, fitting));
    }
  }

  /** A part that was sent, and what became of it. */
  private final class Attempt {
    private final LoadPart part;
    private final Body body;
    private Reply reply;
    private UncheckedIOException lost;
    private LoadSummary told = LoadSummary.NONE;

    Attempt(LoadPart part) {
      this.part = part;
      this.body = new Body(part.bytes());
      long start = System.nanoTime();
      try {
        reply = transport.send(request(part, body), Deadline.in(ANSWER));
        take();
        learn(part.bytes().length, (System.nanoTime() - start) / 1e9);
      } catch (UncheckedIOException failure) {
        lost = failure;
      }
    }

    /** A server that stops in the middle says what became of the lines until then. */
    private void take() {
      if (reply.isSuccess() || reply.isProblemJson()) {
        var json = new LoadSummary.FromJson();
        told = reply.read(json);
        long before = options.id().isPresent() ? part.beforeBlock() : part.before();
        soFar = soFar.and(told, before);
        options.listed().ifPresent(to -> json.lines().forEach(it -> to.accept(it.after(before))));
      }
    }

    boolean isDone() {
      return reply != null && reply.isSuccess();
    }

    /** Whether what is left can be sent again and be counted once. */
    boolean mayBeRepeated() {
      if (reply != null) {
        return reply.status() == 503 && reply.isProblemJson();
      }
      return !Thread.currentThread().isInterrupted()
          && (!body.isBegun() || options.id().isPresent());
    }

    /** What a server took before it stopped is the beginning. */
    LoadPart rest() {
      return part.after(told.settled());
    }

    RuntimeException failure() {
      boolean isFirst = soFar.settled() == 0;
      if (reply != null) {
        var problem = new ProblemException(reply.problem());
        return isFirst ? problem : broken(End.SERVER, problem);
      }
      return isFirst && !body.isBegun() ? lost : broken(End.CONNECTION, lost);
    }
  }

  /** A body that knows whether any of it was asked for. */
  private static final class Body implements HttpRequest.BodyPublisher {
    private final HttpRequest.BodyPublisher bytes;
    private volatile boolean begun;

    Body(byte[] bytes) {
      this.bytes = HttpRequest.BodyPublishers.ofByteArray(bytes);
    }

    boolean isBegun() {
      return begun;
    }

    @Override
    public long contentLength() {
      return bytes.contentLength();
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
      begun = true;
      bytes.subscribe(subscriber);
    }
  }
}
