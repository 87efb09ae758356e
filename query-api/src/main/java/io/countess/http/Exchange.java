package io.countess.http;

import io.javalin.http.Context;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A request that has come in, and its one answer. */
final class Exchange {
  private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

  private final Context context;
  private final Executor executor;
  private final Consumer<Reply> ended;

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
      context.future(
          () ->
              future.handleAsync(
                  (value, failure) -> {
                    answer(failure == null ? guarded(reply, value) : Failures.reply(failure));
                    return value;
                  },
                  executor));
    }
  }

  /** Answers. */
  void answer(Reply reply) {
    try {
      write(reply, context.res());
    } catch (IOException gone) {
      LOG.debug("the answer found nobody", gone);
    } finally {
      ended.accept(reply);
    }
  }

  private static <T> Reply guarded(Function<T, Reply> reply, T value) {
    try {
      return reply.apply(value);
    } catch (RuntimeException bug) {
      return Failures.reply(bug);
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
