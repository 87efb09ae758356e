package io.countess.query;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** The port that takes commands. */
public interface Commands {
  /** How long it is tried at most to get a command into the log. */
  Duration LOG_PATIENCE = Duration.ofSeconds(30);

  /**
   * Appends {@code command} to the log and waits for what its {@link Command#ack()} says. The stage
   * never fails for an expected reason: those are responses.
   */
  CompletionStage<Response> submit(Command command);
}
