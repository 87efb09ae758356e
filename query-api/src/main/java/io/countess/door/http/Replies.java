package io.countess.door.http;

import io.countess.answer.Answer;
import io.countess.answer.Denial;
import io.countess.answer.ProblemType;
import io.countess.answer.codec.AnswerForm;
import io.countess.answer.codec.DenialJson;
import io.countess.answer.codec.FoundJson;
import io.countess.event.Decision;
import io.countess.event.LimitCount;
import io.countess.event.Position;
import io.countess.event.codec.DecisionCodec;
import io.countess.event.codec.Json;
import io.countess.query.Response;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;

/** What a door of HTTP says: the one place where an outcome becomes a status. */
final class Replies {
  private static final Duration OWNER_SEARCH = Duration.ofSeconds(1);

  private Replies() {}

  /**
   * What answers a question.
   *
   * @param form of what answers it
   */
  static <A> Reply of(Answer<A> answer, AnswerForm<A> form) {
    return answer.match(new OfAnswer<>(form));
  }

  /** What became of a command. */
  static Reply of(Response response) {
    return response.match(new OfResponse());
  }

  /** The one place where an answer becomes a status. */
  private record OfAnswer<A>(AnswerForm<A> form) implements Answer.Cases<A, Reply> {
    @Override
    public Reply found(Answer.Found<A> it) {
      return Replies.found(it, form);
    }

    @Override
    public Reply invalid(Answer.Invalid<A> it) {
      return invalidField(it.field(), it.rule());
    }

    @Override
    public Reply notReady(Answer.NotReady<A> it) {
      return Problem.of(ProblemType.NOT_READY, it.reason()).reply().retryAfter(it.retryAfter());
    }

    @Override
    public Reply elsewhere(Answer.Elsewhere<A> it) {
      return heldBy(it.partition(), it.owner());
    }

    @Override
    public Reply behind(Answer.Behind<A> it) {
      return isBehind(it);
    }

    @Override
    public Reply forbidden(Answer.Forbidden<A> it) {
      return Replies.forbidden(it.denial());
    }
  }

  /** The one place where a response becomes a status. */
  private record OfResponse() implements Response.Cases<Reply> {
    @Override
    public Reply decided(Response.Decided it) {
      return of(it.decision());
    }

    @Override
    public Reply logged(Response.Logged it) {
      return isLogged(it.position());
    }

    @Override
    public Reply invalid(Response.Invalid it) {
      return invalidField(it.field(), it.rule());
    }

    @Override
    public Reply notSent(Response.NotSent it) {
      return Problem.of(ProblemType.NOT_SENT, it.reason()).reply().retryAfter(it.retryAfter());
    }

    @Override
    public Reply elsewhere(Response.Elsewhere it) {
      return heldBy(it.partition(), it.owner());
    }

    @Override
    public Reply unconfirmed(Response.Unconfirmed it) {
      return isUnconfirmed(it);
    }

    @Override
    public Reply fateUnknown(Response.FateUnknown it) {
      return Replies.fateUnknown(it.reason());
    }

    @Override
    public Reply forbidden(Response.Forbidden it) {
      return Replies.forbidden(it.denial());
    }
  }

  private static Reply invalidField(String field, String rule) {
    return Problem.invalid(field, field + " " + rule).reply();
  }

  private static <A> Reply found(Answer.Found<A> found, AnswerForm<A> form) {
    Reply reply =
        Reply.json(200, out -> FoundJson.write(found, form.writer(), out)).at(found.position());
    var behind = found.coverage().behind();
    return behind.isEmpty()
        ? reply
        : reply.with(Reply.BEHIND_HEADER, new Position(behind).toString());
  }

  private static Reply isLogged(Position position) {
    return Reply.json(
            202,
            out -> {
              out.writeStringField("outcome", "logged");
              out.writeStringField("position", position.toString());
            })
        .at(position);
  }

  private static Reply of(Decision decision) {
    Reply reply =
        switch (decision.outcome()) {
          case ACCEPTED, LATE -> Reply.json(200, out -> DecisionCodec.writeFields(decision, out));
          case REFUSED -> refused(decision);
          case IMPOSSIBLE -> problem(ProblemType.IMPOSSIBLE, decision);
          case CONFLICT -> problem(ProblemType.CONFLICT, decision);
          case OUTDATED -> problem(ProblemType.OUTDATED, decision);
        };
    Reply placed = decision.position().map(reply::at).orElse(reply);
    // What the first decision under an id left tells nothing of what is left now.
    return decision.remaining().isPresent() && !decision.details().replayed()
        ? limited(placed, decision)
        : placed;
  }

  private static Reply limited(Reply reply, Decision decision) {
    return decision
        .details()
        .limits()
        .map(several -> reply.limited(several.each().stream().map(soon(decision)).toList()))
        .orElseGet(
            () ->
                reply.limited(
                    decision.limit().getAsLong(),
                    decision.remaining().getAsLong(),
                    untilMore(decision, decision.moreAfterMillis())));
  }

  private static UnaryOperator<LimitCount> soon(Decision decision) {
    return each ->
        new LimitCount(
            each.count(),
            each.limit(),
            untilMore(decision, each.moreAfterMillis()),
            each.freeAfterMillis());
  }

  /**
   * After how long more may be added. No client is told to come back earlier (section 6 of the
   * draft), as it could where it was refused for another reason than the limit.
   */
  private static OptionalLong untilMore(Decision decision, OptionalLong more) {
    OptionalLong retry = decision.retryAfterMillis();
    return more.isPresent() && retry.isPresent()
        ? OptionalLong.of(Math.min(more.getAsLong(), retry.getAsLong()))
        : more;
  }

  private static Reply refused(Decision decision) {
    Reply reply = problem(ProblemType.REFUSED, decision);
    var wait = decision.retryAfterMillis();
    return wait.isPresent() ? reply.retryAfter(Duration.ofMillis(wait.getAsLong())) : reply;
  }

  private static Reply problem(ProblemType type, Decision decision) {
    return Problem.of(type, decision.reason().orElse(type.title()))
        .with(out -> DecisionCodec.writeFields(decision, out))
        .reply();
  }

  private static Reply heldBy(int partition, String owner) {
    return Problem.of(
            ProblemType.ELSEWHERE,
            "partition %d is held by %s, which has not answered for it in time"
                .formatted(partition, owner))
        .with(
            out -> {
              out.writeNumberField("partition", partition);
              out.writeStringField("owner", owner);
            })
        .reply()
        .retryAfter(OWNER_SEARCH);
  }

  private static Reply isBehind(Answer.Behind<?> behind) {
    return Problem.of(
            ProblemType.BEHIND,
            "the state has folded %s, not yet %s".formatted(behind.has(), behind.demanded()))
        .with(out -> out.writeStringField("demanded", behind.demanded().toString()))
        .reply()
        .at(behind.has());
  }

  private static Reply isUnconfirmed(Response.Unconfirmed it) {
    Reply reply =
        Problem.of(
                ProblemType.UNCONFIRMED,
                "the change is in the log and in force in its home partition, but it was not"
                    + " confirmed in time by "
                    + it.partitions()
                    + ". They apply it when they come to it; sending it again is safe")
            .with(
                out -> {
                  Json.writePartitions(out, "partitions", it.partitions());
                  DecisionCodec.writeFields(it.decision(), out);
                })
            .reply();
    return it.decision().position().map(reply::at).orElse(reply);
  }

  /** What is said where a key does not allow what its sender wants. */
  static Reply forbidden(Denial denial) {
    return Problem.of(ProblemType.FORBIDDEN, denial.sentence())
        .with(out -> DenialJson.write(denial, out))
        .reply()
        .with(
            "WWW-Authenticate",
            "Bearer error=\"insufficient_scope\", scope=\"" + denial.scope() + "\"");
  }

  /** What is said where a command may have been carried out, or may yet be. */
  static Reply fateUnknown(String reason) {
    return Problem.of(
            ProblemType.FATE_UNKNOWN,
            reason
                + ": it may or may not be in the log. Sending it again is safe with an id, and"
                + " only with one")
        .reply();
  }
}
