package io.countess.topology;

import io.countess.event.Decision;

/** Is told the decisions that somebody may wait for in this process. */
public non-sealed interface AnswerObserver extends FoldObserver {
  /**
   * A record has been decided, and the progress of its partition includes it.
   *
   * @param caller what the sender put into the record's header
   */
  void answered(byte[] caller, Decision decision);
}
