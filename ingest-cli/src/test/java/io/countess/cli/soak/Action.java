package io.countess.cli.soak;

import io.countess.event.CounterName;
import io.countess.event.Event;
import io.countess.event.OnChange;
import io.countess.event.Policy;

/** What a client does next. */
sealed interface Action {
  /**
   * Sends an event with an id.
   *
   * @param counter one of them, of a claim
   * @param agoMillis how long ago it happened, as its sender says; 0 for now
   */
  record Command(CounterName counter, Event event, long agoMillis) implements Action {
    String id() {
      return event.id().orElseThrow();
    }
  }

  /**
   * Asks for a count.
   *
   * @param demands whether the answer has to include what all clients know to have been done there
   */
  record Read(CounterName counter, boolean demands) implements Action {}

  /**
   * Changes how a namespace counts.
   *
   * @param conditional whether only if nobody else has; else it may happen once more when it is
   *     sent again
   */
  record Change(Space space, Policy policy, OnChange onChange, boolean conditional)
      implements Action {}
}
