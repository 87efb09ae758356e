package io.countess.query;

import java.util.concurrent.CompletionStage;

/** The port that takes commands. */
public interface Commands {
  /**
   * Appends {@code command} to the log and waits for what its {@link Command#ack()} says. The stage
   * never fails for an expected reason: those are responses.
   */
  CompletionStage<Response> submit(Command command);
}
