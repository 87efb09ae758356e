package io.countess.cluster;

import io.countess.answer.Answer;
import io.countess.cluster.wire.PeerRequest;
import io.countess.cluster.wire.Wire;
import io.countess.event.InvalidInputException;
import io.countess.query.Command;
import io.countess.query.Instance;
import io.countess.query.KeyedCommand;
import io.countess.query.Response;
import io.countess.query.Share;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Another instance, asked over HTTP. Its own requests to others come in by another way, so two
 * instances that ask each other never wait for each other's places.
 */
final class Peer implements Instance {
  /** How much may be under way to one instance; each takes a connection while it is. */
  static final int MAX_UNDER_WAY = 1024;

  /** The other side gives up so much earlier, at most, so that it can say how far it came. */
  private static final Duration MAX_HEAD_START = Duration.ofMillis(250);

  private static final int HEAD_START_PART = 10;

  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
  private static final int OK = 200;
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;

  /** What one of an earlier build says to what it does not know. */
  private static final int NOT_FOUND = 404;

  private static final int UNAVAILABLE = 503;
  private static final int INTERNAL_ERROR = 500;

  private final HttpClient client;
  private final String address;
  private final Optional<String> key;
  private final int partitions;
  private final Semaphore places = new Semaphore(MAX_UNDER_WAY);
  private final BulkCommands bulk = new BulkCommands(this::sendBulk);

  Peer(HttpClient client, String address, Optional<String> key, int partitions) {
    this.client = client;
    this.address = address;
    this.key = key;
    this.partitions = partitions;
  }

  @Override
  public <A> CompletionStage<Answer<A>> ask(Share<A> share) {
    if (!places.tryAcquire()) {
      return CompletableFuture.completedStage(new Answer.NotReady<>(tooMany(), RETRY_AFTER));
    }
    Duration within = share.demand().within();
    Share<A> there = share.of(share.partitions(), withHeadStart(within));
    return post(PeerRequest.QUESTION, Wire.encode(there), within)
        .handle((reply, failure) -> failure == null ? answer(reply, share) : elsewhere(share));
  }

  @Override
  public CompletionStage<Response> submit(KeyedCommand keyed) {
    return keyed.command().ack() == Command.Ack.APPLIED_IN_BULK
        ? bulk.submit(keyed)
        : submitAlone(keyed);
  }

  private CompletionStage<Response> submitAlone(KeyedCommand keyed) {
    if (!places.tryAcquire()) {
      return CompletableFuture.completedStage(new Response.NotSent(tooMany(), RETRY_AFTER));
    }
    Duration within = keyed.command().within();
    Command there = keyed.command().in(withHeadStart(within));
    return post(PeerRequest.COMMAND, Wire.encode(there), within)
        .handle(
            (reply, failure) -> failure == null ? response(reply, keyed) : failed(failure, keyed));
  }

  /** Each of them meets the same fate where no answer tells otherwise. */
  private CompletionStage<List<Response>> sendBulk(BulkCommands.Batch batch) {
    if (!places.tryAcquire()) {
      return CompletableFuture.completedStage(
          batch.all(command -> new Response.NotSent(tooMany(), RETRY_AFTER)));
    }
    Duration within = batch.within();
    return post(PeerRequest.BULK, Wire.encodeBulk(batch.events(), withHeadStart(within)), within)
        .handle(
            (reply, failure) ->
                failure == null
                    ? responses(reply, batch)
                    : CompletableFuture.completedStage(batch.all(it -> failed(failure, it))))
        .thenCompose(it -> it);
  }

  private CompletionStage<List<Response>> responses(
      HttpResponse<byte[]> reply, BulkCommands.Batch batch) {
    if (reply.statusCode() == NOT_FOUND) {
      return submitAll(batch.acked(Command.Ack.APPLIED));
    } else if (reply.statusCode() != OK) {
      return CompletableFuture.completedStage(batch.all(command -> response(reply, command)));
    }
    List<Response> responses;
    try {
      responses = Wire.decodeResponses(reply.body());
    } catch (InvalidInputException unreadable) {
      var unknown = new Response.FateUnknown(unreadable(unreadable));
      return CompletableFuture.completedStage(batch.all(command -> unknown));
    }
    var unknown = new Response.FateUnknown("instance " + address + " answered too few of them");
    return CompletableFuture.completedStage(
        responses.size() == batch.size() ? responses : batch.all(command -> unknown));
  }

  private CompletableFuture<HttpResponse<byte[]>> post(
      PeerRequest request, byte[] body, Duration within) {
    var post =
        HttpRequest.newBuilder(URI.create("http://" + address + request.path()))
            .header("Content-Type", "application/json")
            .timeout(within)
            .POST(BodyPublishers.ofByteArray(body));
    key.ifPresent(it -> post.header("Authorization", "Bearer " + it));
    return client
        .sendAsync(post.build(), BodyHandlers.ofByteArray())
        .orTimeout(within.toMillis(), TimeUnit.MILLISECONDS)
        .whenComplete((reply, failure) -> places.release());
  }

  private static Duration withHeadStart(Duration within) {
    long millis = within.toMillis();
    long headStart = Math.min(millis / HEAD_START_PART, MAX_HEAD_START.toMillis());
    return Duration.ofMillis(millis - headStart);
  }

  private <A> Answer<A> answer(HttpResponse<byte[]> reply, Share<A> share) {
    if (reply.statusCode() == UNAVAILABLE) {
      return elsewhere(share);
    } else if (reply.statusCode() != OK) {
      return new Answer.NotReady<>(refusal(reply), RETRY_AFTER);
    }
    try {
      return Wire.decodeAnswer(reply.body(), share.question());
    } catch (InvalidInputException unreadable) {
      return new Answer.NotReady<>(unreadable(unreadable), RETRY_AFTER);
    }
  }

  private <A> Answer<A> elsewhere(Share<A> share) {
    return new Answer.Elsewhere<>(Collections.min(share.partitions()), address);
  }

  /**
   * What its answer says of a command. A status below 500 means that nothing was sent; so does 503,
   * and no other above.
   */
  private Response response(HttpResponse<byte[]> reply, KeyedCommand command) {
    if (reply.statusCode() == UNAVAILABLE) {
      return notTaken(command);
    } else if (reply.statusCode() >= INTERNAL_ERROR) {
      return new Response.FateUnknown(refusal(reply));
    } else if (reply.statusCode() != OK) {
      return new Response.NotSent(refusal(reply), RETRY_AFTER);
    }
    try {
      return Wire.decodeResponse(reply.body());
    } catch (InvalidInputException unreadable) {
      return new Response.FateUnknown(unreadable(unreadable));
    }
  }

  private Response notTaken(KeyedCommand command) {
    int partition = command.partition(partitions);
    return new Response.Elsewhere(partition, address);
  }

  /** What a failure to ask says of a command: only without a connection was nothing sent. */
  private Response failed(Throwable failure, KeyedCommand command) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException) {
      return notTaken(command);
    }
    boolean late = cause instanceof HttpTimeoutException || cause instanceof TimeoutException;
    String how = late ? "in time" : "(" + cause.getMessage() + ")";
    return new Response.FateUnknown("instance " + address + " did not answer " + how);
  }

  private String refusal(HttpResponse<byte[]> reply) {
    int status = reply.statusCode();
    return status == UNAUTHORIZED || status == FORBIDDEN
        ? "instance %s does not take this instance's key (peer-key)".formatted(address)
        : "instance %s answered with status %d".formatted(address, status);
  }

  private String unreadable(InvalidInputException why) {
    return "instance %s answered what can't be read here: %s".formatted(address, why.getMessage());
  }

  private String tooMany() {
    return "%d questions and commands are under way to instance %s"
        .formatted(MAX_UNDER_WAY, address);
  }
}
