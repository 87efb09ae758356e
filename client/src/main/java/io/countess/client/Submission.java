package io.countess.client;

import com.fasterxml.jackson.core.JsonGenerator;
import io.countess.event.CounterName;
import io.countess.event.Durations;
import io.countess.event.Event;
import io.countess.event.InvalidInputException;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.Optional;

/**
 * A put, a set or a reset of one counter.
 *
 * @param at when it happened; empty for now. A reset happens now
 */
public record Submission(CounterName counter, Event event, Optional<Instant> at) {
  /** Checks that it is about one counter. */
  public Submission {
    boolean resets = event instanceof Event.Reset;
    if (!resets && !(event instanceof Event.Put) && !(event instanceof Event.SetValue)) {
      throw new InvalidInputException("event", "is " + event + "; it must be put, set or reset");
    }
    if (resets && at.isPresent()) {
      throw new InvalidInputException("at", "is not for a reset, which happens now");
    }
  }

  /** An event that happens now. */
  public static Submission of(CounterName counter, Event event) {
    return new Submission(counter, event, Optional.empty());
  }

  /** An event that happened at {@code at}. */
  public static Submission of(CounterName counter, Event event, Instant at) {
    return new Submission(counter, event, Optional.of(at));
  }

  HttpRequest request(HttpRequest.Builder request) {
    if (event instanceof Event.Reset) {
      return request.DELETE().build();
    }
    var body = BodyPublishers.ofByteArray(AnswerJson.write(this::write));
    request.header("Content-Type", "application/json");
    return request.method(event instanceof Event.Put ? "POST" : "PUT", body).build();
  }

  private void write(JsonGenerator out) throws IOException {
    out.writeStartObject();
    if (event instanceof Event.Put put) {
      out.writeNumberField("n", put.n());
      if (put.ttl().isPresent()) {
        out.writeStringField("ttl", Durations.format(put.ttl().get()));
      }
    } else if (event instanceof Event.SetValue set) {
      out.writeNumberField("value", set.value());
      if (set.ifAbsent()) {
        out.writeStringField("if", "absent");
      }
    }
    if (at.isPresent()) {
      out.writeNumberField("at", at.get().toEpochMilli());
    }
    out.writeEndObject();
  }
}
