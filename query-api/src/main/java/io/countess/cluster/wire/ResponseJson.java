package io.countess.cluster.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import io.countess.answer.codec.Fields;
import io.countess.event.Decision;
import io.countess.event.InvalidInputException;
import io.countess.event.codec.DecisionCodec;
import io.countess.event.codec.Json;
import io.countess.query.Response;
import java.io.IOException;
import java.util.TreeSet;

/** What became of a command as JSON: {@code is}, the case, and its fields. */
final class ResponseJson implements Fields<Response> {
  static final Response.Cases<Json.Writer> WRITER = new Writer();

  private final Scalars given = new Scalars();
  private final TreeSet<Integer> partitions = new TreeSet<>();
  private Decision decision;

  @Override
  public void take(String field, JsonParser in) throws IOException {
    switch (field) {
      case "decision" -> decision = DecisionCodec.read(in);
      case "partitions" -> partitions.addAll(Json.list(field, in, Json::partition));
      default -> {
        if (!given.take(field, in)) {
          in.skipChildren();
        }
      }
    }
  }

  @Override
  public Response value() {
    String is = given.text("is");
    return switch (is) {
      case "decided" -> new Response.Decided(decision());
      case "unconfirmed" -> new Response.Unconfirmed(decision(), partitions);
      case "logged" -> new Response.Logged(given.position("position"));
      case "invalid" -> new Response.Invalid(given.text("field"), given.text("rule"));
      case "notSent" -> new Response.NotSent(given.text("reason"), given.duration("retryAfter"));
      case "elsewhere" -> new Response.Elsewhere(given.integer("partition"), given.text("owner"));
      case "fateUnknown" -> new Response.FateUnknown(given.text("reason"));
      case "forbidden" -> new Response.Forbidden(Outcomes.denial(given));
      default -> throw new InvalidInputException(is, "is not known here");
    };
  }

  private Decision decision() {
    if (decision == null) {
      throw new InvalidInputException("decision", "is missing");
    }
    return decision;
  }

  private static final class Writer implements Response.Cases<Json.Writer> {
    @Override
    public Json.Writer decided(Response.Decided it) {
      return out -> write("decided", it.decision(), out);
    }

    @Override
    public Json.Writer unconfirmed(Response.Unconfirmed it) {
      return out -> {
        write("unconfirmed", it.decision(), out);
        Json.writePartitions(out, "partitions", it.partitions());
      };
    }

    @Override
    public Json.Writer logged(Response.Logged it) {
      return out -> {
        out.writeStringField("is", "logged");
        out.writeStringField("position", it.position().toString());
      };
    }

    @Override
    public Json.Writer invalid(Response.Invalid it) {
      return Outcomes.invalid(it.field(), it.rule());
    }

    @Override
    public Json.Writer notSent(Response.NotSent it) {
      return Outcomes.notNow("notSent", it.reason(), it.retryAfter());
    }

    @Override
    public Json.Writer elsewhere(Response.Elsewhere it) {
      return Outcomes.elsewhere(it.partition(), it.owner());
    }

    @Override
    public Json.Writer fateUnknown(Response.FateUnknown it) {
      return out -> {
        out.writeStringField("is", "fateUnknown");
        out.writeStringField("reason", it.reason());
      };
    }

    @Override
    public Json.Writer forbidden(Response.Forbidden it) {
      return Outcomes.forbidden(it.denial());
    }

    private static void write(String is, Decision decision, JsonGenerator out) throws IOException {
      out.writeStringField("is", is);
      out.writeObjectFieldStart("decision");
      DecisionCodec.writeFields(decision, out);
      out.writeEndObject();
    }
  }
}
