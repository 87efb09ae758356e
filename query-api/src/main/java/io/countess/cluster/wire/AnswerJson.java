package io.countess.cluster.wire;

import com.fasterxml.jackson.core.JsonParser;
import io.countess.answer.Answer;
import io.countess.answer.codec.AnswerForm;
import io.countess.answer.codec.Fields;
import io.countess.answer.codec.FoundJson;
import io.countess.event.InvalidInputException;
import io.countess.event.Position;
import io.countess.event.codec.Json;
import java.io.IOException;

/**
 * What became of a question as JSON: {@code is}, the case, and its fields. An answer that was found
 * stands in {@code answer} as a door gives it.
 */
final class AnswerJson<A> implements Fields<Answer<A>> {
  private final AnswerForm<A> form;
  private final Scalars given = new Scalars();
  private Answer.Found<A> found;

  AnswerJson(AnswerForm<A> form) {
    this.form = form;
  }

  @Override
  public void take(String field, JsonParser in) throws IOException {
    if (field.equals("answer")) {
      var value = new FoundJson<>(form.fields().get(), Position.NONE);
      found = Fields.read(field, in, value);
    } else if (!given.take(field, in)) {
      in.skipChildren();
    }
  }

  @Override
  public Answer<A> value() {
    String is = given.text("is");
    return switch (is) {
      case "found" -> found(given.position("position"));
      case "invalid" -> new Answer.Invalid<>(given.text("field"), given.text("rule"));
      case "notReady" -> new Answer.NotReady<>(given.text("reason"), given.duration("retryAfter"));
      case "elsewhere" -> new Answer.Elsewhere<>(given.integer("partition"), given.text("owner"));
      case "behind" -> new Answer.Behind<>(given.position("demanded"), given.position("position"));
      case "forbidden" -> new Answer.Forbidden<>(Outcomes.denial(given));
      default -> throw new InvalidInputException(is, "is not known here");
    };
  }

  private Answer<A> found(Position position) {
    if (found == null) {
      throw new InvalidInputException("answer", "is missing");
    }
    return new Answer.Found<>(found.value(), position, found.coverage());
  }

  /** Writes each case. */
  record Writer<A>(AnswerForm<A> form) implements Answer.Cases<A, Json.Writer> {
    @Override
    public Json.Writer found(Answer.Found<A> it) {
      return out -> {
        out.writeStringField("is", "found");
        out.writeStringField("position", it.position().toString());
        out.writeObjectFieldStart("answer");
        FoundJson.write(it, form.writer(), out);
        out.writeEndObject();
      };
    }

    @Override
    public Json.Writer invalid(Answer.Invalid<A> it) {
      return Outcomes.invalid(it.field(), it.rule());
    }

    @Override
    public Json.Writer notReady(Answer.NotReady<A> it) {
      return Outcomes.notNow("notReady", it.reason(), it.retryAfter());
    }

    @Override
    public Json.Writer elsewhere(Answer.Elsewhere<A> it) {
      return Outcomes.elsewhere(it.partition(), it.owner());
    }

    @Override
    public Json.Writer behind(Answer.Behind<A> it) {
      return out -> {
        out.writeStringField("is", "behind");
        out.writeStringField("demanded", it.demanded().toString());
        out.writeStringField("position", it.has().toString());
      };
    }

    @Override
    public Json.Writer forbidden(Answer.Forbidden<A> it) {
      return Outcomes.forbidden(it.denial());
    }
  }
}
