package io.countess.query;

import io.countess.answer.Answer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * One of the instances that are the service together: this one, or another one. It answers from the
 * partitions that it holds itself and never asks on, so whoever asks is one hop away at most.
 */
public interface Instance {
  /**
   * Answers a share of a question; {@link Answer.Elsewhere} where a partition is not here. The
   * stage never fails for an expected reason.
   */
  <A> CompletionStage<Answer<A>> ask(Share<A> share);

  /**
   * Takes a command; {@link Response.Elsewhere} where its partition is not here and nothing was
   * sent. The stage never fails for an expected reason.
   */
  CompletionStage<Response> submit(KeyedCommand command);

  /** Takes commands in their order; what became of each, when that is known of all. */
  default CompletionStage<List<Response>> submitAll(List<KeyedCommand> commands) {
    List<CompletableFuture<Response>> responses =
        commands.stream().map(command -> submit(command).toCompletableFuture()).toList();
    return CompletableFuture.allOf(responses.toArray(CompletableFuture[]::new))
        .thenApply(all -> responses.stream().map(CompletableFuture::join).toList());
  }
}
