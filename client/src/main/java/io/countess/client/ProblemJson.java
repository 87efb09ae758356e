package io.countess.client;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.countess.client.ProblemException.Problem;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** Reads problems (RFC 9457). */
final class ProblemJson {
  private final int status;
  private String type = "about:blank";
  private String title = "";
  private String detail = "";
  private String field;

  private ProblemJson(int status) {
    this.status = status;
  }

  static Problem read(int status, byte[] body, Optional<Duration> retryAfter) {
    var given = new ProblemJson(status);
    return AnswerJson.read(
        body,
        in -> {
          AnswerJson.fields(in, given::take);
          return given.problem(retryAfter);
        });
  }

  private void take(String name, JsonParser in) throws IOException {
    if (in.currentToken() != JsonToken.VALUE_STRING) {
      in.skipChildren();
      return;
    }
    switch (name) {
      case "type" -> type = in.getText();
      case "title" -> title = in.getText();
      case "detail" -> detail = in.getText();
      case "field" -> field = in.getText();
      default -> {}
    }
  }

  private Problem problem(Optional<Duration> retryAfter) {
    return new Problem(status, type, title, detail, Optional.ofNullable(field), retryAfter);
  }
}
