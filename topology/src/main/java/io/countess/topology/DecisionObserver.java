package io.countess.topology;

import io.countess.event.Decision;

/** Is told what was decided of every counter and policy, before anything of it is committed. */
public non-sealed interface DecisionObserver extends FoldObserver {
  /**
   * A record has been decided. After a crash it may be decided once more, alike.
   *
   * @param key the canonical record key of the counter; of a claim or a batch that of its record,
   *     while the decision names each counter. Not to be changed
   */
  void decided(int partition, byte[] key, Decision decision);
}
