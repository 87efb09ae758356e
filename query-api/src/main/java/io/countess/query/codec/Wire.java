package io.countess.query.codec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.countess.answer.Answer;
import io.countess.event.InvalidInputException;
import io.countess.query.Command;
import io.countess.query.Question;
import io.countess.query.Response;
import io.countess.query.Share;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;

/**
 * What instances say to each other, as JSON. It follows from the records, so a question or answer
 * that is new, or has a component more, needs nothing here. Instances may differ by a version: what
 * is asked is refused where any of it is unknown; of what is answered the unknown is passed over.
 */
public final class Wire {
  /** Where an instance takes shares of questions, as POST. */
  public static final String QUESTIONS_PATH = "/internal/v1/questions";

  /** Where an instance takes commands, as POST. */
  public static final String COMMANDS_PATH = "/internal/v1/commands";

  private static final JsonFactory FACTORY = new JsonFactory();
  private static final int USUAL_BYTES = 512;

  private Wire() {}

  private interface Reader {
    Object read(JsonParser in) throws IOException;
  }

  /** Writes a share of a question. */
  public static byte[] encode(Share<?> share) {
    return write(share);
  }

  /** Writes a command. */
  public static byte[] encode(Command command) {
    return write(command);
  }

  /** Writes an answer. */
  public static byte[] encode(Answer<?> answer) {
    return write((Record) answer);
  }

  /** Writes a response. */
  public static byte[] encode(Response response) {
    return write((Record) response);
  }

  /**
   * Reads a share of a question.
   *
   * @throws InvalidInputException where it is none that is known here
   */
  public static Share<?> decodeShare(byte[] json) {
    return (Share<?>) decode(json, in -> RecordReader.strict(in).read(Share.class));
  }

  /**
   * Reads a command.
   *
   * @throws InvalidInputException where it is none that is known here
   */
  public static Command decodeCommand(byte[] json) {
    return (Command) decode(json, in -> RecordReader.strict(in).read(Command.class));
  }

  /**
   * Reads an answer to {@code question}.
   *
   * @throws InvalidInputException where it is none that is known here
   */
  @SuppressWarnings("unchecked") // read by what the question names as its answer's type
  public static <A> Answer<A> decodeAnswer(byte[] json, Question<A> question) {
    Type value = answerType(question);
    return (Answer<A>) decode(json, in -> RecordReader.lenient(in, value).read(Answer.class));
  }

  /**
   * Reads a response.
   *
   * @throws InvalidInputException where it is none that is known here
   */
  public static Response decodeResponse(byte[] json) {
    return (Response)
        decode(json, in -> RecordReader.lenient(in, Object.class).read(Response.class));
  }

  private static byte[] write(Record said) {
    var bytes = new ByteArrayOutputStream(USUAL_BYTES);
    try (JsonGenerator out = FACTORY.createGenerator(bytes)) {
      new RecordWriter(out).write(said);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  private static Type answerType(Question<?> question) {
    for (Type type : question.getClass().getGenericInterfaces()) {
      if (type instanceof ParameterizedType it && it.getRawType() == Question.class) {
        return it.getActualTypeArguments()[0];
      }
    }
    throw new IllegalStateException("no answer's type in " + question);
  }

  private static Object decode(byte[] json, Reader reader) {
    try (JsonParser in = FACTORY.createParser(json)) {
      in.nextToken();
      return reader.read(in);
    } catch (JsonProcessingException malformed) {
      throw new InvalidInputException("body", "is not JSON: " + malformed.getOriginalMessage());
    } catch (NumberFormatException | ArithmeticException malformed) {
      throw new InvalidInputException("body", "holds a bad number: " + malformed.getMessage());
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}
