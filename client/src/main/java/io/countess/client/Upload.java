package io.countess.client;

import io.countess.client.BrokenLoadException.End;
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
import java.util.function.Consumer;

/**
 * Streams events to the server, in parts, so that where it breaks off it is known what became of
 * those before. How long that takes is up to the source, so there is no deadline for the whole; it
 * is given up when the server takes nothing, or does not answer, for some seconds.
 */
final class Upload {
  /** How many lines are sent in a request. The ids of a load that has one depend on it. */
  static final int PART_LINES = 250_000;

  private static final Duration STALLED = Duration.ofSeconds(30);
  private static final Target EVENTS = Target.of("/v1/events");

  private final Transport transport;
  private final Optional<String> id;
  private final Consumer<LoadSummary> progress;
  private LoadSummary soFar = LoadSummary.NONE;

  /**
   * @param id makes the ids of the events that have none
   * @param progress is told what is known after each part
   */
  Upload(Transport transport, Optional<String> id, Consumer<LoadSummary> progress) {
    this.transport = transport;
    this.id = id;
    this.progress = progress;
  }

  /** Sends all of {@code ndjson}, which is closed in the end. */
  LoadSummary run(InputStream ndjson) {
    try (ndjson) {
      var parts = new Parts(ndjson, PART_LINES);
      do {
        send(parts);
        progress.accept(soFar);
      } while (parts.hasNext());
      if (parts.failure() != null) {
        throw unreadable(parts.failure());
      }
      return soFar;
    } catch (IOException unclosed) {
      throw unreadable(unclosed);
    }
  }

  private void send(Parts part) {
    var answer = transport.sendAsync(request(part, part.before()));
    try {
      add(await(answer, part), part);
    } catch (InterruptedException interrupted) {
      answer.cancel(true);
      throw Transport.interrupted();
    }
  }

  /** A server that stops in the middle says what became of the lines until then. */
  private void add(Reply reply, Parts part) {
    if (reply.isSuccess()) {
      soFar = soFar.and(LoadSummary.read(reply.body()), part.before());
      return;
    }
    if (reply.isProblemJson()) {
      soFar = soFar.and(LoadSummary.read(reply.body()), part.before());
    }
    var problem = new ProblemException(reply.problem());
    if (soFar.logged() == 0 && soFar.rejected() == 0) {
      throw problem;
    }
    throw broken(End.SERVER, problem);
  }

  private BrokenLoadException unreadable(IOException why) {
    return broken(End.SOURCE, new UncheckedIOException(why.getMessage(), why));
  }

  private BrokenLoadException broken(End end, RuntimeException cause) {
    return new BrokenLoadException(soFar, end, cause);
  }

  private HttpRequest request(InputStream body, long linesBefore) {
    var request = transport.request(EVENTS).header("Content-Type", "application/x-ndjson");
    id.ifPresent(
        key -> request.header(Command.ID_HEADER, linesBefore == 0 ? key : key + "+" + linesBefore));
    return request.POST(BodyPublishers.ofInputStream(() -> body)).build();
  }

  private Reply await(CompletableFuture<HttpResponse<byte[]>> answer, Parts part)
      throws InterruptedException {
    while (true) {
      try {
        return Reply.of(answer.get(STALLED.toMillis(), TimeUnit.MILLISECONDS));
      } catch (TimeoutException late) {
        if (!part.hasMoved()) {
          answer.cancel(true);
          throw broken(
              End.CONNECTION,
              transport.unreachable("the server takes no more events, and does not answer", late));
        }
      } catch (ExecutionException failed) {
        throw explained(failed, part);
      }
    }
  }

  /**
   * A server that refuses an upload may close the connection while it is being sent, so that its
   * answer is lost. An empty upload brings it to light.
   */
  private RuntimeException explained(ExecutionException failed, Parts part) {
    var failure = transport.failure(failed);
    try {
      transport.send(request(InputStream.nullInputStream(), part.before())).bodyOrProblem();
    } catch (ProblemException why) {
      why.addSuppressed(failure);
      return soFar.logged() == 0 ? why : broken(End.CONNECTION, why);
    } catch (UncheckedIOException again) {
      failure.addSuppressed(again);
    }
    return part.taken() == 0 ? failure : broken(End.CONNECTION, failure);
  }
}
