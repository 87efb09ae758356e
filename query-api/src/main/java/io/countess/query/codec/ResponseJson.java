package io.countess.query.codec;

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
  private final Scalars given = new Scalars();
  private final TreeSet<Integer> partitions = new TreeSet<>();
  private Decision decision;

  static void write(Response response, JsonGenerator out) throws IOException {
    if (response instanceof Response.Decided it) {
      out.writeStringField("is", "decided");
      write(it.decision(), out);
    } else if (response instanceof Response.Unconfirmed it) {
      out.writeStringField("is", "unconfirmed");
      write(it.decision(), out);
      Json.writePartitions(out, "partitions", it.partitions());
    } else if (response instanceof Response.Logged it) {
      out.writeStringField("is", "logged");
      out.writeStringField("position", it.position().toString());
    } else if (response instanceof Response.Invalid it) {
      out.writeStringField("is", "invalid");
      out.writeStringField("field", it.field());
      out.writeStringField("rule", it.rule());
    } else if (response instanceof Response.NotSent it) {
      out.writeStringField("is", "notSent");
      out.writeStringField("reason", it.reason());
      out.writeStringField("retryAfter", it.retryAfter().toString());
    } else if (response instanceof Response.Elsewhere it) {
      out.writeStringField("is", "elsewhere");
      out.writeNumberField("partition", it.partition());
      out.writeStringField("owner", it.owner());
    } else if (response instanceof Response.FateUnknown it) {
      out.writeStringField("is", "fateUnknown");
      out.writeStringField("reason", it.reason());
    } else {
      throw new IllegalStateException("no JSON form for " + response);
    }
  }

  private static void write(Decision decision, JsonGenerator out) throws IOException {
    out.writeObjectFieldStart("decision");
    DecisionCodec.writeFields(decision, out);
    out.writeEndObject();
  }

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
      default -> throw new InvalidInputException(is, "is not known here");
    };
  }

  private Decision decision() {
    if (decision == null) {
      throw new InvalidInputException("decision", "is missing");
    }
    return decision;
  }
}
