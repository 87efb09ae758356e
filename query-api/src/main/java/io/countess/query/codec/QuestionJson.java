package io.countess.query.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import io.countess.event.ByteString;
import io.countess.event.CountRange;
import io.countess.event.CounterName;
import io.countess.event.Event;
import io.countess.event.InvalidInputException;
import io.countess.event.codec.Json;
import io.countess.event.codec.Names;
import io.countess.query.Glob;
import io.countess.query.Question;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Optional;

/** Questions as JSON: {@code ask}, which says what is asked, and what that needs. */
final class QuestionJson {
  private QuestionJson() {}

  static void write(Question<?> question, JsonGenerator out) throws IOException {
    if (question instanceof Question.CountOf it) {
      out.writeStringField("ask", "count");
      write(it.counter(), out);
      Json.writeIfPresent(out, "at", it.atMillis());
    } else if (question instanceof Question.PeekOf it) {
      out.writeStringField("ask", it.put() instanceof Event.Put ? "peek" : "peekReal");
      write(it.counter(), out);
      Json.writeIfPresent(out, "at", it.atMillis());
      out.writeStringField("n", n(it.put()));
    } else if (question instanceof Question.KeysOf it) {
      out.writeStringField("ask", "keys");
      Names.write("namespace", it.namespace(), out);
      out.writeStringField("match", it.match().pattern());
      write(it.after(), it.limit(), out);
      write(it.counts(), out);
    } else if (question instanceof Question.TopOf it) {
      out.writeStringField("ask", "top");
      Names.write("namespace", it.namespace(), out);
      out.writeNumberField("k", it.k());
      write(it.counts(), out);
    } else {
      writeOfMany(question, out);
    }
  }

  private static void writeOfMany(Question<?> question, JsonGenerator out) throws IOException {
    if (question instanceof Question.NamespaceOf it) {
      out.writeStringField("ask", "namespace");
      Names.write("namespace", it.namespace(), out);
    } else if (question instanceof Question.Namespaces it) {
      out.writeStringField("ask", "namespaces");
      write(it.after(), it.limit(), out);
    } else if (question instanceof Question.HistoryOf it) {
      out.writeStringField("ask", "history");
      Names.write("namespace", it.namespace(), out);
    } else if (question instanceof Question.HistoryOfDefaults) {
      out.writeStringField("ask", "historyOfDefaults");
    } else if (question instanceof Question.DefaultPolicy) {
      out.writeStringField("ask", "defaultPolicy");
    } else if (question instanceof Question.Everything) {
      out.writeStringField("ask", "everything");
    } else if (question instanceof Question.Applied it) {
      out.writeStringField("ask", "applied");
      out.writeNumberField("home", it.home());
      out.writeNumberField("version", it.version());
    } else {
      throw new IllegalStateException("no JSON form for " + question);
    }
  }

  /** Reads the object that the parser stands at; what it does not know as a whole it refuses. */
  static Question<?> read(JsonParser in) throws IOException {
    var given = new Scalars();
    Json.readFields("question", in, given::takeOnly);
    Question<?> question = question(given.text("ask"), given);
    given.requireNoOthers();
    return question;
  }

  private static Question<?> question(String ask, Scalars given) {
    return switch (ask) {
      case "count" -> new Question.CountOf(counter(given), given.findNumber("at"));
      case "peek", "peekReal" ->
          new Question.PeekOf(counter(given), given.findNumber("at"), put(ask, given.text("n")));
      case "keys" ->
          new Question.KeysOf(
              given.name("namespace"),
              Glob.of(given.text("match")),
              given.findName("after"),
              given.integer("limit"),
              counts(given));
      case "top" -> new Question.TopOf(given.name("namespace"), given.integer("k"), counts(given));
      case "namespace" -> new Question.NamespaceOf(given.name("namespace"));
      case "namespaces" -> new Question.Namespaces(given.findName("after"), given.integer("limit"));
      case "history" -> new Question.HistoryOf(given.name("namespace"));
      case "historyOfDefaults" -> new Question.HistoryOfDefaults();
      case "defaultPolicy" -> new Question.DefaultPolicy();
      case "everything" -> new Question.Everything();
      case "applied" -> new Question.Applied(given.integer("home"), given.number("version"));
      default -> throw new InvalidInputException(ask, "is not known here");
    };
  }

  private static void write(CounterName counter, JsonGenerator out) throws IOException {
    Names.write("namespace", counter.namespace(), out);
    Names.write("key", counter.key(), out);
  }

  private static CounterName counter(Scalars given) {
    return new CounterName(given.name("namespace"), given.name("key"));
  }

  private static String n(Event put) {
    return put instanceof Event.PutReal real
        ? Double.toString(real.n())
        : Long.toString(((Event.Put) put).n());
  }

  private static Event put(String ask, String n) {
    try {
      return ask.equals("peek")
          ? Event.Put.of(Long.parseLong(n))
          : new Event.PutReal(Double.parseDouble(n), Optional.empty());
    } catch (NumberFormatException malformed) {
      throw new InvalidInputException("n", "is '" + n + "', which is no number");
    }
  }

  private static void write(Optional<ByteString> after, int limit, JsonGenerator out)
      throws IOException {
    if (after.isPresent()) {
      Names.write("after", after.get(), out);
    }
    out.writeNumberField("limit", limit);
  }

  private static void write(Optional<CountRange> counts, JsonGenerator out) throws IOException {
    Json.writeIfPresent(out, "min", counts.flatMap(CountRange::min).map(BigDecimal::toString));
    Json.writeIfPresent(out, "max", counts.flatMap(CountRange::max).map(BigDecimal::toString));
  }

  private static Optional<CountRange> counts(Scalars given) {
    return CountRange.parse(given.find("min"), given.find("max"));
  }
}
