package io.countess.query;

import io.countess.answer.Answer;
import io.countess.answer.Readiness;
import java.util.concurrent.CompletionStage;

/** The port that answers questions. */
public interface Queries {
  /**
   * Answers {@code question} when the state includes what {@code demand} asks for, or says at the
   * deadline why it can't. The stage never fails for an expected reason: those are answers.
   */
  <A> CompletionStage<Answer<A>> ask(Question<A> question, Demand demand);

  /** Whether questions can be answered now, and how far the fold is behind the log. */
  Readiness readiness();
}
