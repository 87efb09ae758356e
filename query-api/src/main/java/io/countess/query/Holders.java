package io.countess.query;

import io.countess.answer.Answer;
import io.countess.runtime.Fold;

/** Says who holds what is not here. */
record Holders(Fold fold) {
  <A> Answer<A> answer(int partition) {
    return new Answer.Elsewhere<>(partition, holder(partition));
  }

  Response response(int partition) {
    return new Response.Elsewhere(partition, holder(partition));
  }

  private String holder(int partition) {
    return fold.assignment().owner(partition).orElse(Answer.Elsewhere.UNKNOWN);
  }
}
