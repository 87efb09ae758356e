package io.countess.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Streams events to the server. How long that takes is up to the source, so there is no deadline
 * for the whole; it is given up when the server takes nothing, or does not answer, for some
 * seconds.
 */
final class Upload {
  private static final Duration STALLED = Duration.ofSeconds(30);
  private static final Target EVENTS = Target.of("/v1/events");

  private final Transport transport;
  private final Optional<String> id;

  Upload(Transport transport, Optional<String> id) {
    this.transport = transport;
    this.id = id;
  }

  /** Sends all of {@code ndjson}, which is closed in the end. */
  LoadSummary run(InputStream ndjson) {
    var source = new Source(ndjson);
    var answer = transport.sendAsync(request(source));
    try {
      return summary(await(answer, source));
    } catch (InterruptedException interrupted) {
      answer.cancel(true);
      throw Transport.interrupted();
    }
  }

  /** A server that stops in the middle says what became of the lines until then. */
  private static LoadSummary summary(Reply reply) {
    if (reply.isSuccess()) {
      return LoadSummary.read(reply.body());
    }
    var problem = reply.problem();
    var partly = reply.isProblemJson() ? LoadSummary.read(reply.body()) : LoadSummary.NONE;
    if (partly.logged() == 0 && partly.rejected() == 0) {
      throw new ProblemException(problem);
    }
    String detail =
        "%s (%d lines were logged, %d rejected)"
            .formatted(problem.detail(), partly.logged(), partly.rejected());
    throw new ProblemException(problem.withDetail(detail));
  }

  private HttpRequest request(InputStream body) {
    var request = transport.request(EVENTS).header("Content-Type", "application/x-ndjson");
    id.ifPresent(key -> request.header(Command.ID_HEADER, key));
    return request.POST(BodyPublishers.ofInputStream(() -> body)).build();
  }

  private Reply await(CompletableFuture<HttpResponse<byte[]>> answer, Source source)
      throws InterruptedException {
    while (true) {
      try {
        return Reply.of(answer.get(STALLED.toMillis(), TimeUnit.MILLISECONDS));
      } catch (TimeoutException late) {
        if (!source.hasMoved()) {
          answer.cancel(true);
          throw transport.unreachable("the server takes no more events, and does not answer", late);
        }
      } catch (ExecutionException failed) {
        source.rethrowFailure();
        throw explained(failed);
      }
    }
  }

  /**
   * A server that refuses an upload may close the connection while it is being sent, so that its
   * answer is lost. An empty upload brings it to light.
   */
  private RuntimeException explained(ExecutionException failed) {
    var failure = transport.failure(failed);
    try {
      transport.send(request(InputStream.nullInputStream())).bodyOrProblem();
    } catch (ProblemException why) {
      why.addSuppressed(failure);
      return why;
    } catch (UncheckedIOException again) {
      failure.addSuppressed(again);
    }
    return failure;
  }

  /** Knows whether it is the source or the server that is waited for. */
  private static final class Source extends InputStream {
    private final InputStream in;
    private volatile boolean reading;
    private volatile long taken;
    private volatile IOException failure;
    private long seen = -1;

    Source(InputStream in) {
      this.in = in;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      reading = true;
      try {
        int read = in.read(into, from, length);
        taken += Math.max(0, read);
        return read;
      } catch (IOException unreadable) {
        failure = unreadable;
        throw unreadable;
      } finally {
        reading = false;
      }
    }

    @Override
    public int read() throws IOException {
      var one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public void close() throws IOException {
      in.close();
    }

    /** Whether the source is being waited for, or something was taken since the last look. */
    boolean hasMoved() {
      long now = taken;
      boolean moved = reading || now != seen;
      seen = now;
      return moved;
    }

    void rethrowFailure() {
      if (failure != null) {
        throw new UncheckedIOException(failure);
      }
    }
  }
}
