package io.countess.client;

import io.countess.event.CounterName;
import io.countess.event.Decision;

/** Is told what becomes of claims, on the thread that claims. What it throws goes to the caller. */
public interface ClaimListener {
  /** A claim was granted; its decision has the count after it. */
  default void granted(Claimed claimed) {}

  /** A claim was not granted. Nothing was taken. */
  default void notGranted(Claimed claimed) {}

  /** Something was given back, or nothing where nothing was left; the decision says which. */
  default void gaveBack(CounterName counter, String id, Decision release) {}

  /** It is not known what became of a claim or a release: the same call under its id tells. */
  default void unknown(CounterName counter, String id, RuntimeException failure) {}
}
