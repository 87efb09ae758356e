package io.countess.cluster.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonParser;
import io.countess.answer.Answer;
import io.countess.answer.codec.Fields;
import io.countess.event.InvalidInputException;
import io.countess.event.codec.EventLine;
import io.countess.event.codec.Json;
import io.countess.query.Command;
import io.countess.query.Demand;
import io.countess.query.Question;
import io.countess.query.Response;
import io.countess.query.Share;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What instances say to each other, as the JSON that all speak: answers, events and decisions stand
 * in it as they do elsewhere. What is asked is refused where any of it is unknown; of what is
 * answered the unknown is passed over.
 */
public final class Wire {
  private Wire() {}

  /** Writes a share of a question. */
  public static byte[] encode(Share<?> share) {
    Demand demand = share.demand();
    return Json.object(
        out -> {
          out.writeObjectFieldStart("question");
          share.question().match(QuestionJson.WRITER).write(out);
          out.writeEndObject();
          Json.writePartitions(out, "partitions", share.partitions());
          out.writeStringField("position", demand.position().toString());
          out.writeStringField("within", demand.within().toString());
          Json.writeIfTrue(out, "partial", demand.partial());
          out.writeStringField("from", share.from().name());
        });
  }

  /** Writes a command: {@code event}, as a line of a load, {@code ack} and {@code within}. */
  public static byte[] encode(Command command) {
    return Json.object(
        out -> {
          out.writeObjectFieldStart("event");
          new EventLine(command.counter(), command.event(), command.atMillis()).writeFields(out);
          out.writeEndObject();
          out.writeStringField("ack", command.ack().name());
          out.writeStringField("within", command.within().toString());
        });
  }

  /**
   * Writes commands in bulk, {@code within} and {@code events}.
   *
   * @param events each as {@link EventLine#encode} has it
   */
  public static byte[] encodeBulk(List<byte[]> events, Duration within) {
    var out = new ByteArrayOutputStream();
    out.writeBytes("{\"within\":\"%s\",\"events\":[".formatted(within).getBytes(UTF_8));
    for (int i = 0; i < events.size(); i++) {
      if (i > 0) {
        out.write(',');
      }
      out.writeBytes(events.get(i));
    }
    out.writeBytes("]}".getBytes(UTF_8));
    return out.toByteArray();
  }

  /** Writes an answer to {@code question}. */
  public static <A> byte[] encode(Answer<A> answer, Question<A> question) {
    return Json.object(answer.match(new AnswerJson.Writer<>(question.form())));
  }

  /** Writes a response. */
  public static byte[] encode(Response response) {
    return Json.object(response.match(ResponseJson.WRITER));
  }

  /** Writes responses: {@code responses}, each as {@link #encode(Response)} does. */
  public static byte[] encodeResponses(List<Response> responses) {
    return Json.object(
        out ->
            Json.writeList(
                out,
                "responses",
                responses,
                (response, to) -> response.match(ResponseJson.WRITER).write(to)));
  }

  /**
   * Reads a share of a question.
   *
   * @throws InvalidInputException where it is none that is known here
   */
  public static Share<?> decodeShare(byte[] json) {
    return Json.read(json, in -> Fields.read("share", in, new ShareFields()));
  }

  /**
   * Reads a command. Whether it may be of any age is not passed on: that was looked at where it
   * came in.
   *
   * @throws InvalidInputException where it is none that is known here
   */
  public static Command decodeCommand(byte[] json) {
    return Json.read(json, in -> Fields.read("command", in, new CommandFields()));
  }

  /**
   * Reads commands in bulk.
   *
   * @throws InvalidInputException where one is none that is known here
   */
  public static List<Command> decodeBulk(byte[] json) {
    return Json.read(json, in -> Fields.read("bulk", in, new BulkFields()));
  }

  /**
   * Reads responses.
   *
   * @throws InvalidInputException where one is none that is known here
   */
  public static List<Response> decodeResponses(byte[] json) {
    return Json.read(json, in -> Fields.read("responses", in, new ResponsesFields()));
  }

  /**
   * Reads an answer to {@code question}.
   *
   * @throws InvalidInputException where it is none that is known here
   */
  public static <A> Answer<A> decodeAnswer(byte[] json, Question<A> question) {
    return Json.read(json, in -> Fields.read("answer", in, new AnswerJson<>(question.form())));
  }

  /**
   * Reads a response.
   *
   * @throws InvalidInputException where it is none that is known here
   */
  public static Response decodeResponse(byte[] json) {
    return Json.read(json, in -> Fields.read("response", in, new ResponseJson()));
  }

  private static <E extends Enum<E>> E named(String field, Scalars given, E[] among) {
    String name = given.text(field);
    return Arrays.stream(among)
        .filter(it -> it.name().equals(name))
        .findAny()
        .orElseThrow(
            () -> new InvalidInputException(field, "is '" + name + "', which is not known here"));
  }

  private static final class ShareFields implements Fields<Share<?>> {
    private final Scalars given = new Scalars();
    private final Set<Integer> partitions = new LinkedHashSet<>();
    private Question<?> question;

    @Override
    public void take(String field, JsonParser in) throws IOException {
      switch (field) {
        case "question" -> question = QuestionJson.read(in);
        case "partitions" -> partitions.addAll(Json.list(field, in, Json::partition));
        default -> given.takeOnly(field, in);
      }
    }

    @Override
    public Share<?> value() {
      if (question == null) {
        throw new InvalidInputException("question", "is missing");
      }
      var demand =
          new Demand(given.position("position"), given.duration("within"), given.flag("partial"));
      var from = named("from", given, Share.Source.values());
      given.requireNoOthers();
      return new Share<>(question, partitions, demand, from);
    }
  }

  private static final class CommandFields implements Fields<Command> {
    private final Scalars given = new Scalars();
    private EventLine event;

    @Override
    public void take(String field, JsonParser in) throws IOException {
      if (field.equals("event")) {
        event = EventLine.read(in);
      } else {
        given.takeOnly(field, in);
      }
    }

    @Override
    public Command value() {
      if (event == null) {
        throw new InvalidInputException("event", "is missing");
      }
      var ack = named("ack", given, Command.Ack.values());
      var within = given.duration("within");
      given.requireNoOthers();
      return new Command(event.counter(), event.event(), event.atMillis(), ack, within);
    }
  }

  private static final class BulkFields implements Fields<List<Command>> {
    private final Scalars given = new Scalars();
    private final List<EventLine> events = new ArrayList<>();

    @Override
    public void take(String field, JsonParser in) throws IOException {
      if (field.equals("events")) {
        events.addAll(Json.list(field, in, EventLine::read));
      } else {
        given.takeOnly(field, in);
      }
    }

    @Override
    public List<Command> value() {
      var within = given.duration("within");
      given.requireNoOthers();
      var ack = Command.Ack.APPLIED_IN_BULK;
      return events.stream()
          .map(it -> new Command(it.counter(), it.event(), it.atMillis(), ack, within))
          .toList();
    }
  }

  private static final class ResponsesFields implements Fields<List<Response>> {
    private final List<Response> responses = new ArrayList<>();

    @Override
    public void take(String field, JsonParser in) throws IOException {
      if (field.equals("responses")) {
        responses.addAll(
            Json.list(field, in, it -> Fields.read("response", it, new ResponseJson())));
      } else {
        in.skipChildren();
      }
    }

    @Override
    public List<Response> value() {
      return responses;
    }
  }
}
