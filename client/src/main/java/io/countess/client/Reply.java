package io.countess.client;

import io.countess.answer.Answer;
import io.countess.answer.ProblemType;
import io.countess.answer.codec.Fields;
import io.countess.answer.codec.FoundJson;
import io.countess.client.ProblemException.Problem;
import io.countess.event.Decision;
import io.countess.event.InvalidInputException;
import io.countess.event.Position;
import io.countess.event.codec.DecisionCodec;
import io.countess.event.codec.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** What a server sent back. */
record Reply(int status, HttpHeaders headers, byte[] body) {
  static final String POSITION_HEADER = "Countess-Position";

  private static final int MAX_QUOTED_CHARS = 200;

  static Reply of(HttpResponse<byte[]> response) {
    return new Reply(response.statusCode(), response.headers(), response.body());
  }

  /**
   * The body of a success.
   *
   * @throws ProblemException where the server did not carry the request out
   */
  byte[] bodyOrProblem() {
    if (!isSuccess()) {
      throw new ProblemException(problem());
    }
    return body;
  }

  /**
   * What answers a question.
   *
   * @throws ProblemException where nothing does
   */
  <A> Answer.Found<A> found(Fields<A> value) {
    byte[] json = bodyOrProblem();
    return understood(() -> FoundJson.read(json, position(), value));
  }

  /**
   * The decision.
   *
   * @throws ProblemException where there is none
   */
  Decision decisionOrProblem() {
    if (!isSuccess()) {
      var problem = problem();
      if (!ProblemType.isDecision(problem.type())) {
        throw new ProblemException(problem);
      }
    }
    return understood(() -> DecisionCodec.decode(body));
  }

  /** What the body holds, whether that is a success or not. */
  <A> A read(Fields<A> fields) {
    return understood(() -> Json.read(body, in -> Fields.read("answer", in, fields)));
  }

  private static <A> A understood(Supplier<A> read) {
    try {
      return read.get();
    } catch (InvalidInputException none) {
      String message = "the answer was not understood: " + none.getMessage();
      throw new UncheckedIOException(message, new IOException(message, none));
    }
  }

  /** What the state that answered had folded, or where a record stands in the log. */
  Position position() {
    return headers.firstValue(POSITION_HEADER).map(Position::parse).orElse(Position.NONE);
  }

  boolean isSuccess() {
    return status / 100 == 2;
  }

  boolean isProblemJson() {
    return headers.firstValue("Content-Type").orElse("").startsWith("application/problem+json");
  }

  /** Why this is no success. */
  Problem problem() {
    return isProblemJson() ? read(new ProblemJson(status, retryAfter())) : unexplained();
  }

  /** Something between here and the server answered. */
  private Problem unexplained() {
    String text = new String(body, StandardCharsets.UTF_8).strip();
    String quoted = text.substring(0, Math.min(text.length(), MAX_QUOTED_CHARS));
    String title = "HTTP status " + status;
    return new Problem(
        status,
        "about:blank",
        title,
        quoted.isEmpty() ? title : title + ": " + quoted,
        Optional.empty(),
        retryAfter());
  }

  /** Only the form in seconds; the other one is a date. */
  private Optional<Duration> retryAfter() {
    return headers
        .firstValue("Retry-After")
        .filter(text -> text.matches("\\d{1,9}"))
        .map(text -> Duration.ofSeconds(Long.parseLong(text)));
  }
}
