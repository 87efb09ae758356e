package io.countess.door.http;

import io.countess.answer.ProblemType;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A request that has come in, and its one answer. */
final class Exchange {
  private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

  private final Incoming incoming;
  private final Executor executor;
  private final BiConsumer<Exchange, Reply> ended;
  private final AtomicBoolean answered = new AtomicBoolean();
  private volatile boolean later;
  private boolean endless;

  /**
   * @param executor where answers are written that come later: those who bring them are the fold
   *     and the log, which nobody may hold up
   * @param ended is told of the answer, when it has been handed to the server
   */
  Exchange(Incoming incoming, Executor executor, BiConsumer<Exchange, Reply> ended) {
    this.incoming = incoming;
    this.executor = executor;
    this.ended = ended;
  }

  /**
   * A request as Jetty hands it over.
   *
   * @param callback ends it, when its answer has been written
   */
  record Incoming(Request request, Response response, Callback callback) {
    Incoming withCallback(Callback other) {
      return new Incoming(request, response, other);
    }

    void write(Reply reply) {
      response.setStatus(reply.status());
      HttpFields.Mutable headers = response.getHeaders();
      headers.put(HttpHeader.CONTENT_TYPE, reply.contentType());
      reply.headers().forEach(headers::put);
      if (reply.body() instanceof Body.Whole whole) {
        headers.put(HttpHeader.CONTENT_LENGTH, whole.bytes().length);
        response.write(true, ByteBuffer.wrap(whole.bytes()), callback);
      } else {
        stream(reply.body());
      }
    }

    private void stream(Body body) {
      try (OutputStream out = Content.Sink.asOutputStream(response)) {
        body.writeTo(out);
      } catch (IOException | RuntimeException failure) {
        LOG.debug("an answer could not be written to its end", failure);
        callback.failed(failure);
        return;
      }
      callback.succeeded();
    }
  }

  Request request() {
    return incoming.request();
  }

  /** Answers when {@code stage} is done: at once, or later where answers are written. */
  <T> void answerWhen(CompletionStage<T> stage, Function<T, Reply> reply) {
    answerWhen(stage, executor, reply);
  }

  /** The same on the thread that ends the stage, which is free to write. */
  <T> void answerThere(CompletionStage<T> stage, Function<T, Reply> reply) {
    answerWhen(stage, Runnable::run, reply);
  }

  private <T> void answerWhen(CompletionStage<T> stage, Executor where, Function<T, Reply> reply) {
    CompletableFuture<T> future = stage.toCompletableFuture();
    if (future.isDone() && !future.isCompletedExceptionally()) {
      answer(reply.apply(future.join()));
      return;
    }
    later = true;
    request().addIdleTimeoutListener(idle -> false); // it is the server that is silent now
    var unused =
        future.whenCompleteAsync((value, failure) -> answerLate(value, failure, reply), where);
  }

  /** Says that the body may go on for ever, so that nobody should wait for its end. */
  void expectEndlessBody() {
    endless = true;
  }

  /** Answers, unless that was done before. */
  void answer(Reply reply) {
    if (!answered.compareAndSet(false, true)) {
      return;
    }
    if (reply.status() >= 400 && reply.status() != ProblemType.TIMED_OUT.status()) {
      drain();
    }
    if (reply.body() instanceof Body.Whole) {
      ended.accept(this, reply); // before its sender can send the next
      incoming.write(reply);
      return;
    }
    try {
      incoming.write(reply);
    } finally {
      ended.accept(this, reply);
    }
  }

  /** Sees to it that there is an answer, or will be one: an error may have kept it away. */
  void ensureAnswer() {
    if (!later) {
      answer(Failures.UNTOLD);
    }
  }

  /** Answers a request that has waited until the server stops. */
  void cutOff() {
    answer(
        HttpMethod.GET.is(request().getMethod())
            ? Failures.STOPPED
            : Replies.fateUnknown("this instance stopped before it knew"));
  }

  private void drain() {
    if (endless) {
      return;
    }
    try {
      RequestBody.drain(request());
    } catch (IOException broken) {
      LOG.debug("the rest of a refused body did not come", broken);
    }
  }

  private <T> void answerLate(T value, Throwable failure, Function<T, Reply> reply) {
    try {
      answer(failure == null ? reply.apply(value) : Failures.reply(failure));
    } catch (RuntimeException bug) {
      answer(Failures.reply(bug));
    } finally {
      later = false;
      ensureAnswer();
    }
  }
}
