package io.countess.client;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.countess.answer.codec.Fields;
import io.countess.client.ProblemException.Problem;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** Collects a problem (RFC 9457). */
final class ProblemJson implements Fields<Problem> {
  private final int status;
  private final Optional<Duration> retryAfter;
  private String type = "about:blank";
  private String title = "";
  private String detail = "";
  private String field;

  ProblemJson(int status, Optional<Duration> retryAfter) {
    this.status = status;
    this.retryAfter = retryAfter;
  }

  @Override
  public void take(String name, JsonParser in) throws IOException {
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

  @Override
  public Problem value() {
    return new Problem(status, type, title, detail, Optional.ofNullable(field), retryAfter);
  }
}
