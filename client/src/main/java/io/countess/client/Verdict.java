package io.countess.client;

import io.countess.event.Decision;
import io.countess.event.Event;
import io.countess.event.Outcome;
import java.util.Optional;

/**
 * Whether something may pass, and who said so.
 *
 * @param decision the server's; empty where it was not heard
 * @param unheard why not; empty where it was
 */
public record Verdict(boolean mayPass, Optional<Decision> decision, Optional<Unheard> unheard) {
  /** Why the server was not heard. */
  public enum Reason {
    /** No answer came in time, or no connection. */
    NO_ANSWER,
    /** It answered that it can't decide: it is not ready, the key is not allowed this, and such. */
    PROBLEM,
    /** It was not asked, since too many calls of this process wait for it already. */
    TOO_MANY_WAIT,
    /** It was not asked, since it did not answer the calls before. */
    RESTING
  }

  /** What becomes of the put. */
  public enum Fate {
    /** It did not count, and is sent later under an id and with its time. */
    SENT_LATER,
    /** It may have counted or not, and is not sent again. */
    UNKNOWN,
    /** It did not count, and is not sent again. */
    NOT_COUNTED
  }

  /**
   * A verdict without the server.
   *
   * @param failure what went wrong, where the server was asked
   */
  public record Unheard(Reason reason, Fate fate, Optional<RuntimeException> failure) {}

  /** What the server said. A put that came too late did not hit the limit; a claim took nothing. */
  static Verdict of(Event event, Decision decision) {
    boolean mayPass =
        decision.outcome() == Outcome.ACCEPTED
            || decision.outcome() == Outcome.LATE && !(event instanceof Event.Claim);
    return new Verdict(mayPass, Optional.of(decision), Optional.empty());
  }

  static Verdict without(boolean mayPass, Unheard unheard) {
    return new Verdict(mayPass, Optional.empty(), Optional.of(unheard));
  }
}
