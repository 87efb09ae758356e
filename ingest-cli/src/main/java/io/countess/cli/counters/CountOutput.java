package io.countess.cli.counters;

import com.fasterxml.jackson.core.JsonGenerator;
import io.countess.cli.console.ExitCode;
import io.countess.cli.console.Output;
import io.countess.cli.console.Output.Column;
import io.countess.cli.console.Session;
import io.countess.client.Counted;
import io.countess.client.Peeked;
import io.countess.event.Decision.GaugeValue;
import io.countess.event.codec.DecisionCodec;
import io.countess.event.codec.Names;
import java.io.IOException;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Shows counts, and what puts would lead to. */
final class CountOutput {
  private static final OptionalLong NEVER = OptionalLong.empty();

  private final Output output;
  private final DecisionMessages messages;

  CountOutput(Session session) {
    this.output = session.output();
    this.messages = new DecisionMessages(session.terminal());
  }

  /** Shows a count. */
  void show(Counted counted) {
    output.line(
        json -> {
          write(counted, json);
          writeBehind(counted, json);
        },
        count(counted));
    messages.tellBehind(counted.behind());
  }

  /** Shows what a put of {@code n} would lead to, and gives the exit code. */
  int show(Number n, Peeked peeked) {
    Counted counted = peeked.counted();
    output.columns(
        Column.text("WOULD", 10),
        Column.number("COUNT"),
        Column.number("LIMIT"),
        Column.number("REMAINING"));
    var limit = counted.gauge().map(GaugeValue::limit).orElse(OptionalDouble.empty());
    var remaining = counted.gauge().map(GaugeValue::remaining).orElse(OptionalDouble.empty());
    output.row(
        json -> write(n, peeked, json),
        peeked.wouldAccept() ? "accept" : "refuse",
        count(counted),
        DecisionMessages.number(counted.limit(), limit),
        DecisionMessages.number(counted.remaining(), remaining));
    messages.tellBehind(counted.behind());
    if (!peeked.wouldAccept()) {
      messages.tell("would be refused", peeked.reason(), peeked.retryAfterMillis());
      return ExitCode.REFUSED;
    }
    if (peeked.reason().isPresent()) {
      messages.tell("would be accepted only because the policy observes", peeked.reason(), NEVER);
    }
    return ExitCode.OK;
  }

  private static String count(Counted counted) {
    var gauge = counted.gauge().map(it -> OptionalDouble.of(it.value()));
    return DecisionMessages.number(
        OptionalLong.of(counted.count()), gauge.orElse(OptionalDouble.empty()));
  }

  private static void write(Number n, Peeked peeked, JsonGenerator json) throws IOException {
    write(peeked.counted(), json);
    if (n instanceof Long whole) {
      json.writeNumberField("n", whole);
    } else {
      json.writeNumberField("n", n.doubleValue());
    }
    json.writeBooleanField("wouldAccept", peeked.wouldAccept());
    if (peeked.reason().isPresent()) {
      json.writeStringField("reason", peeked.reason().get());
    }
    if (peeked.retryAfterMillis().isPresent()) {
      json.writeNumberField("retryAfterMillis", peeked.retryAfterMillis().getAsLong());
    }
    writeBehind(peeked.counted(), json);
  }

  private static void write(Counted counted, JsonGenerator json) throws IOException {
    Names.write("namespace", counted.counter().namespace(), json);
    Names.write("key", counted.counter().key(), json);
    if (counted.gauge().isPresent()) {
      DecisionCodec.writeValue(counted.gauge().get(), json);
    } else {
      json.writeNumberField("count", counted.count());
    }
    json.writeNumberField("at", counted.atMillis());
    json.writeBooleanField("exists", counted.exists());
    if (counted.limit().isPresent()) {
      json.writeNumberField("limit", counted.limit().getAsLong());
      json.writeNumberField("remaining", counted.remaining().getAsLong());
    }
    if (counted.moreAfterMillis().isPresent()) {
      json.writeNumberField("moreAfterMillis", counted.moreAfterMillis().getAsLong());
    }
    if (counted.freeAfterMillis().isPresent()) {
      json.writeNumberField("freeAfterMillis", counted.freeAfterMillis().getAsLong());
    }
  }

  private static void writeBehind(Counted counted, JsonGenerator json) throws IOException {
    if (counted.behind().isEmpty()) {
      return;
    }
    json.writeObjectFieldStart("behind");
    for (Map.Entry<Integer, Long> partition : counted.behind().entrySet()) {
      json.writeNumberField(partition.getKey().toString(), partition.getValue());
    }
    json.writeEndObject();
  }
}
