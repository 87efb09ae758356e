package io.countess.door.http;

import io.javalin.http.Context;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A request that has come in, and its one answer. */
final class Exchange {
  private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

  private final Context context;
  private final Executor executor;
  private final Consumer<Reply> ended;
  private boolean later;
  private boolean answered;
  private boolean endless;

  /**
   * @param executor where an answer is written that was not there at once
   * @param ended is told of the answer, when it has been handed to the server
   */
  Exchange(Context context, Executor executor, Consumer<Reply> ended) {
    this.context = context;
    this.executor = executor;
    this.ended = ended;
  }

  HttpServletRequest request() {
    return context.req();
  }

  /** Answers when {@code stage} is done: now if it is, and on no thread of whoever ends it. */
  <T> void answerWhen(CompletionStage<T> stage, Function<T, Reply> reply) {
    CompletableFuture<T> future = stage.toCompletableFuture();
    if (future.isDone() && !future.isCompletedExceptionally()) {
      answer(reply.apply(future.join()));
    } else {
      later = true;
      context.future(
          () ->
              future.handleAsync(
                  (value, failure) -> {
                    answerLate(
                        () -> failure == null ? reply.apply(value) : Failures.reply(failure));
                    return value;
                  },
                  executor));
    }
  }

  /** Says that the body may go on for ever, so that nobody should wait for its end. */
  void expectEndlessBody() {
    endless = true;
  }

  /** Answers, unless that was done before. */
  void answer(Reply reply) {
    if (answered) {
      return;
    }
    answered = true;
    try {
      if (reply.status() >= 400 && reply.status() != ProblemType.TIMED_OUT.status()) {
        drain();
      }
      write(reply, context.res());
    } catch (IOException gone) {
      LOG.debug("the answer found nobody", gone);
    } finally {
      ended.accept(reply);
    }
  }

  /** Sees to it that there is an answer, or will be one: an error may have kept it away. */
  void ensureAnswer() {
    if (!answered && !later) {
      answer(Failures.UNTOLD);
    }
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

  private void answerLate(Supplier<Reply> reply) {
    try {
      answer(reply.get());
    } catch (RuntimeException bug) {
      answer(Failures.reply(bug));
    } finally {
      later = false;
      ensureAnswer();
    }
  }

  private static void write(Reply reply, HttpServletResponse response) throws IOException {
    response.setStatus(reply.status());
    if (!reply.contentType().equals(response.getContentType())) {
      response.setContentType(null); // else the charset of the former type sticks
      response.setContentType(reply.contentType());
    }
    reply.headers().forEach(response::setHeader);
    response.setContentLength(reply.body().length);
    response.getOutputStream().write(reply.body());
  }
}
