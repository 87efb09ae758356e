package io.countess.door;

import io.countess.answer.Answer;
import io.countess.event.Decision;
import io.countess.query.Response;

/** What became of a request at a door, in one of few words: the same for all doors. */
public enum DoorOutcome {
  /** What was asked for was done, or told. */
  DONE,
  /** The policy refused it. */
  REFUSED,
  /** It breaks a rule, whoever sends it and whenever. */
  INVALID,
  /** Whoever sent it may not. */
  FORBIDDEN,
  /** Not now, and nothing was done; later it may be. */
  UNAVAILABLE,
  /** Nobody can say whether it was done. */
  UNKNOWN,
  /** A fault of the server; its log has more. */
  FAILED;

  private static final Response.Cases<DoorOutcome> OF_COMMANDS = new OfCommands();

  /** What became of a command. */
  public static DoorOutcome of(Response response) {
    return response.match(OF_COMMANDS);
  }

  /** What became of a question. */
  public static <A> DoorOutcome of(Answer<A> answer) {
    return answer.match(new OfQuestions<>());
  }

  private static DoorOutcome of(Decision decision) {
    return switch (decision.outcome()) {
      case ACCEPTED, LATE -> DONE;
      case REFUSED -> REFUSED;
      case IMPOSSIBLE, CONFLICT, OUTDATED -> INVALID;
    };
  }

  private static final class OfCommands implements Response.Cases<DoorOutcome> {
    @Override
    public DoorOutcome decided(Response.Decided it) {
      return of(it.decision());
    }

    @Override
    public DoorOutcome logged(Response.Logged it) {
      return DONE;
    }

    @Override
    public DoorOutcome invalid(Response.Invalid it) {
      return INVALID;
    }

    @Override
    public DoorOutcome notSent(Response.NotSent it) {
      return UNAVAILABLE;
    }

    @Override
    public DoorOutcome elsewhere(Response.Elsewhere it) {
      return UNAVAILABLE;
    }

    @Override
    public DoorOutcome unconfirmed(Response.Unconfirmed it) {
      return UNKNOWN;
    }

    @Override
    public DoorOutcome fateUnknown(Response.FateUnknown it) {
      return UNKNOWN;
    }

    @Override
    public DoorOutcome forbidden(Response.Forbidden it) {
      return FORBIDDEN;
    }
  }

  private record OfQuestions<A>() implements Answer.Cases<A, DoorOutcome> {
    @Override
    public DoorOutcome found(Answer.Found<A> it) {
      return DONE;
    }

    @Override
    public DoorOutcome invalid(Answer.Invalid<A> it) {
      return INVALID;
    }

    @Override
    public DoorOutcome notReady(Answer.NotReady<A> it) {
      return UNAVAILABLE;
    }

    @Override
    public DoorOutcome elsewhere(Answer.Elsewhere<A> it) {
      return UNAVAILABLE;
    }

    @Override
    public DoorOutcome behind(Answer.Behind<A> it) {
      return UNAVAILABLE;
    }

    @Override
    public DoorOutcome forbidden(Answer.Forbidden<A> it) {
      return FORBIDDEN;
    }
  }
}
