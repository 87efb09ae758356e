package io.countess.door.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.countess.answer.ProblemType;
import io.countess.event.InvalidInputException;
import io.countess.event.codec.Json;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.http.HttpStatus;

/**
 * Why a request was not carried out, in the form of RFC 9457.
 *
 * @param field the field, parameter or header that is to blame, if one is
 * @param more writes further fields, if there are any
 */
record Problem(
    ProblemType type, int status, String detail, Optional<String> field, Json.Writer more) {
  private static final Json.Writer NO_MORE = out -> {};
  private static final Set<ProblemType> HTTP_TYPES =
      EnumSet.of(
          ProblemType.NOT_FOUND,
          ProblemType.TIMED_OUT,
          ProblemType.TOO_LARGE,
          ProblemType.UNSUPPORTED_TYPE,
          ProblemType.INTERNAL,
          ProblemType.OVERLOADED);

  static Problem of(ProblemType type, String detail) {
    return new Problem(type, type.status(), detail, Optional.empty(), NO_MORE);
  }

  /** A value that breaks a rule. */
  static Problem of(InvalidInputException invalid) {
    return invalid(invalid.field(), invalid.getMessage());
  }

  /** A value that breaks a rule, which {@code detail} says in a sentence. */
  static Problem invalid(String field, String detail) {
    var type = ProblemType.INVALID_FIELD;
    return new Problem(type, type.status(), detail, Optional.of(field), NO_MORE);
  }

  /**
   * What the HTTP server itself refuses with {@code status}.
   *
   * @param reason null where there is nothing to say
   */
  static Problem http(int status, String reason) {
    String detail = reason != null ? reason : HttpStatus.getMessage(status);
    for (ProblemType type : ProblemType.values()) {
      if (type.status() == status && HTTP_TYPES.contains(type)) {
        return of(type, detail);
      }
    }
    return new Problem(ProblemType.MALFORMED_REQUEST, status, detail, Optional.empty(), NO_MORE);
  }

  /** The same problem with further fields. */
  Problem with(Json.Writer further) {
    return new Problem(type, status, detail, field, further);
  }

  /** What is sent. */
  Reply reply() {
    return new Reply(status, Reply.PROBLEM_JSON, line());
  }

  byte[] line() {
    return Reply.line(this::write);
  }

  private void write(JsonGenerator out) throws IOException {
    out.writeStringField("type", type.uri());
    out.writeStringField("title", type.title());
    out.writeNumberField("status", status);
    out.writeStringField("detail", detail);
    if (field.isPresent()) {
      out.writeStringField("field", field.get());
    }
    more.write(out);
  }
}
