package io.countess.cluster.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import io.countess.answer.JournalPlace;
import io.countess.event.Amount;
import io.countess.event.ByteString;
import io.countess.event.CountRange;
import io.countess.event.CounterName;
import io.countess.event.Glob;
import io.countess.event.InvalidInputException;
import io.countess.event.NamespacePatterns;
import io.countess.event.Numbers;
import io.countess.event.WindowName;
import io.countess.event.codec.Json;
import io.countess.event.codec.Names;
import io.countess.query.JournalOf;
import io.countess.query.PolicyQuestion;
import io.countess.query.Question;
import io.countess.query.WindowQuestion;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Optional;

/** Questions as JSON: {@code ask}, which says what is asked, and what that needs. */
final class QuestionJson {
  static final Question.Cases<Json.Writer> WRITER = new Writer();

  private QuestionJson() {}

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
      case "peek" -> new Question.PeekOf(counter(given), given.findNumber("at"), n(given));
      case "keys" -> keys(given);
      case "top" -> top(given);
      case "countIn" -> new WindowQuestion.CountIn(counter(given), window(given));
      case "windows" -> new WindowQuestion.WindowsOf(counter(given));
      case "journal" -> journal(given);
      case "keysIn" -> new WindowQuestion.KeysIn(keys(given), window(given));
      case "topIn" -> new WindowQuestion.TopIn(top(given), window(given));
      case "namespaceIn" -> new WindowQuestion.NamespaceIn(given.name("namespace"), window(given));
      case "namespace" -> new Question.NamespaceOf(given.name("namespace"));
      case "namespaces" ->
          new Question.Namespaces(
              given.findName("after"),
              given.integer("limit"),
              given.find("only").map(NamespacePatterns::parse));
      case "history" ->
          new PolicyQuestion.HistoryOf(given.name("namespace"), given.findName("key"));
      case "counterPolicy" -> new PolicyQuestion.CounterPolicyOf(counter(given));
      case "counterPolicies" ->
          new PolicyQuestion.CounterPoliciesOf(
              given.name("namespace"), given.findName("after"), given.integer("limit"));
      case "historyOfDefaults" -> new PolicyQuestion.HistoryOfDefaults();
      case "defaultPolicy" -> new PolicyQuestion.DefaultPolicy();
      case "everything" -> new Question.Everything();
      case "applied" -> new Question.Applied(given.integer("home"), given.number("version"));
      default -> throw new InvalidInputException(ask, "is not known here");
    };
  }

  private static Question.KeysOf keys(Scalars given) {
    return new Question.KeysOf(
        given.name("namespace"),
        Glob.of(given.text("match")),
        given.findName("after"),
        given.integer("limit"),
        counts(given));
  }

  private static Question.TopOf top(Scalars given) {
    return new Question.TopOf(given.name("namespace"), given.integer("k"), counts(given));
  }

  private static JournalOf journal(Scalars given) {
    var before = given.find("before").map(text -> JournalPlace.parse("before", text));
    return new JournalOf(counter(given), before, given.integer("limit"));
  }

  private static WindowName window(Scalars given) {
    return WindowName.parse(given.text("window"));
  }

  private static CounterName counter(Scalars given) {
    return new CounterName(given.name("namespace"), given.name("key"));
  }

  private static Amount n(Scalars given) {
    return Numbers.parse("n", given.text("n"));
  }

  private static Optional<CountRange> counts(Scalars given) {
    return CountRange.parse(given.find("min"), given.find("max"));
  }

  private static final class Writer implements Question.Cases<Json.Writer> {
    @Override
    public Json.Writer count(Question.CountOf it) {
      return out -> {
        ask("count", out);
        write(it.counter(), out);
        Json.writeIfPresent(out, "at", it.atMillis());
      };
    }

    @Override
    public Json.Writer peek(Question.PeekOf it) {
      return out -> {
        ask("peek", out);
        write(it.counter(), out);
        Json.writeIfPresent(out, "at", it.atMillis());
        out.writeStringField("n", it.n().toString());
      };
    }

    @Override
    public Json.Writer keys(Question.KeysOf it) {
      return out -> {
        ask("keys", out);
        write(it, out);
      };
    }

    private static void write(Question.KeysOf it, JsonGenerator out) throws IOException {
      Names.write("namespace", it.namespace(), out);
      out.writeStringField("match", it.match().pattern());
      write(it.after(), it.limit(), out);
      write(it.counts(), out);
    }

    @Override
    public Json.Writer top(Question.TopOf it) {
      return out -> {
        ask("top", out);
        write(it, out);
      };
    }

    private static void write(Question.TopOf it, JsonGenerator out) throws IOException {
      Names.write("namespace", it.namespace(), out);
      out.writeNumberField("k", it.k());
      write(it.counts(), out);
    }

    @Override
    public Json.Writer countIn(WindowQuestion.CountIn it) {
      return out -> {
        ask("countIn", out);
        write(it.counter(), out);
        write(it.window(), out);
      };
    }

    @Override
    public Json.Writer windows(WindowQuestion.WindowsOf it) {
      return out -> {
        ask("windows", out);
        write(it.counter(), out);
      };
    }

    @Override
    public Json.Writer journal(JournalOf it) {
      return out -> {
        ask("journal", out);
        write(it.counter(), out);
        Json.writeIfPresent(out, "before", it.before().map(JournalPlace::toString));
        out.writeNumberField("limit", it.limit());
      };
    }

    @Override
    public Json.Writer keysIn(WindowQuestion.KeysIn it) {
      return out -> {
        ask("keysIn", out);
        write(it.of(), out);
        write(it.window(), out);
      };
    }

    @Override
    public Json.Writer topIn(WindowQuestion.TopIn it) {
      return out -> {
        ask("topIn", out);
        write(it.of(), out);
        write(it.window(), out);
      };
    }

    @Override
    public Json.Writer namespaceIn(WindowQuestion.NamespaceIn it) {
      return out -> {
        ask("namespaceIn", out);
        Names.write("namespace", it.namespace(), out);
        write(it.window(), out);
      };
    }

    private static void write(WindowName window, JsonGenerator out) throws IOException {
      out.writeStringField("window", window.text());
    }

    @Override
    public Json.Writer namespace(Question.NamespaceOf it) {
      return ofNamespace("namespace", it.namespace());
    }

    @Override
    public Json.Writer namespaces(Question.Namespaces it) {
      return out -> {
        ask("namespaces", out);
        write(it.after(), it.limit(), out);
        Json.writeIfPresent(out, "only", it.only().map(NamespacePatterns::toString));
      };
    }

    @Override
    public Json.Writer history(PolicyQuestion.HistoryOf it) {
      return out -> {
        ask("history", out);
        Names.write("namespace", it.namespace(), out);
        if (it.key().isPresent()) {
          Names.write("key", it.key().get(), out);
        }
      };
    }

    @Override
    public Json.Writer counterPolicy(PolicyQuestion.CounterPolicyOf it) {
      return out -> {
        ask("counterPolicy", out);
        write(it.counter(), out);
      };
    }

    @Override
    public Json.Writer counterPolicies(PolicyQuestion.CounterPoliciesOf it) {
      return out -> {
        ask("counterPolicies", out);
        Names.write("namespace", it.namespace(), out);
        write(it.after(), it.limit(), out);
      };
    }

    @Override
    public Json.Writer historyOfDefaults(PolicyQuestion.HistoryOfDefaults it) {
      return out -> ask("historyOfDefaults", out);
    }

    @Override
    public Json.Writer defaultPolicy(PolicyQuestion.DefaultPolicy it) {
      return out -> ask("defaultPolicy", out);
    }

    @Override
    public Json.Writer everything(Question.Everything it) {
      return out -> ask("everything", out);
    }

    @Override
    public Json.Writer applied(Question.Applied it) {
      return out -> {
        ask("applied", out);
        out.writeNumberField("home", it.home());
        out.writeNumberField("version", it.version());
      };
    }

    private static Json.Writer ofNamespace(String ask, ByteString namespace) {
      return out -> {
        ask(ask, out);
        Names.write("namespace", namespace, out);
      };
    }

    private static void ask(String what, JsonGenerator out) throws IOException {
      out.writeStringField("ask", what);
    }

    private static void write(CounterName counter, JsonGenerator out) throws IOException {
      Names.write("namespace", counter.namespace(), out);
      Names.write("key", counter.key(), out);
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
  }
}
