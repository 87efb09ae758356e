package io.countess.query;

import io.countess.answer.Answer;
import io.countess.runtime.Fold;
import io.countess.state.PartitionReader;
import java.util.Optional;

/**
 * Who holds which partition: what is open here, and for the rest what the last assignment said.
 * That may be out of date for a while, when an instance has died or a partition moves.
 */
public record Holders(Fold fold) {
  /** The way into a partition, if it is here. */
  public Optional<PartitionReader> here(int partition) {
    return fold.registry().reader(partition);
  }

  /** The other instance that holds a partition as {@code host:port}, if one is known to. */
  public Optional<String> other(int partition) {
    return fold.assignment().otherOwner(partition);
  }

  /** The same in words: {@link Answer.Elsewhere#UNKNOWN} where none is known to. */
  public String owner(int partition) {
    return other(partition).orElse(Answer.Elsewhere.UNKNOWN);
  }

  /** What is answered to a question about a partition that is not here. */
  <A> Answer<A> answer(int partition) {
    return new Answer.Elsewhere<>(partition, owner(partition));
  }

  /** What becomes of a command for a partition that is not here. */
  Response response(int partition) {
    return new Response.Elsewhere(partition, owner(partition));
  }
}
