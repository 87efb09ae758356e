package io.countess.query.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import io.countess.answer.Answer;
import io.countess.answer.codec.AnswerForm;
import io.countess.answer.codec.Fields;
import io.countess.answer.codec.FoundJson;
import io.countess.event.InvalidInputException;
import io.countess.event.Position;
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

  static <A> void write(Answer<A> answer, AnswerForm<A> form, JsonGenerator out)
      throws IOException {
    if (answer instanceof Answer.Found<A> it) {
      out.writeStringField("is", "found");
      out.writeStringField("position", it.position().toString());
      out.writeObjectFieldStart("answer");
      FoundJson.write(it, form.writer(), out);
      out.writeEndObject();
    } else if (answer instanceof Answer.Invalid<A> it) {
      out.writeStringField("is", "invalid");
      out.writeStringField("field", it.field());
      out.writeStringField("rule", it.rule());
    } else if (answer instanceof Answer.NotReady<A> it) {
      out.writeStringField("is", "notReady");
      out.writeStringField("reason", it.reason());
      out.writeStringField("retryAfter", it.retryAfter().toString());
    } else if (answer instanceof Answer.Elsewhere<A> it) {
      out.writeStringField("is", "elsewhere");
      out.writeNumberField("partition", it.partition());
      out.writeStringField("owner", it.owner());
    } else if (answer instanceof Answer.Behind<A> it) {
      out.writeStringField("is", "behind");
      out.writeStringField("demanded", it.demanded().toString());
      out.writeStringField("position", it.has().toString());
    } else {
      throw new IllegalStateException("no JSON form for " + answer);
    }
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
      default -> throw new InvalidInputException(is, "is not known here");
    };
  }

  private Answer<A> found(Position position) {
    if (found == null) {
      throw new InvalidInputException("answer", "is missing");
    }
    return new Answer.Found<>(found.value(), position, found.coverage());
  }
}
