package io.countess.door.http;

import io.countess.answer.Cursor;
import io.countess.door.Caller;
import io.countess.event.ByteOrderMark;
import io.countess.event.ByteString;
import io.countess.event.CountRange;
import io.countess.event.CounterName;
import io.countess.event.Durations;
import io.countess.event.Event;
import io.countess.event.Instants;
import io.countess.event.InvalidInputException;
import io.countess.event.Position;
import io.countess.event.WindowName;
import io.countess.event.codec.EventBody;
import io.countess.query.Command;
import io.countess.query.Demand;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a request asks for, in the words of the two ports.
 *
 * @param names what stands in the places of the path's names, still encoded
 */
record Call(Exchange exchange, Caller caller, List<String> names, QueryString query) {
  /** The longest that a question or command may wait. */
  static final Duration MAX_TIMEOUT = Duration.ofSeconds(60);

  /** The namespace that the path names, or byte by byte the query string. */
  ByteString namespace() {
    ByteString namespace = names.isEmpty() ? required("nsBase64") : namespaceInPath();
    return CounterName.policyOf(namespace).namespace(); // which checks its length
  }

  private ByteString namespaceInPath() {
    return Percent.decodeName("namespace", names.get(0));
  }

  /** The counter that the path names. */
  CounterName counter() {
    return new CounterName(namespaceInPath(), Percent.decodeName("key", names.get(1)));
  }

  /** The counter that the query string names, byte by byte. */
  CounterName counterInBase64() {
    return new CounterName(required("nsBase64"), required("keyBase64"));
  }

  /** The instant that the query string names. */
  OptionalLong atMillis() {
    var at = query.word("at");
    return at.isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(Instants.parseMillis("at", at.get()));
  }

  /** The window that the query string names; empty for the present. */
  Optional<WindowName> window() {
    return query.word("window").map(WindowName::parse);
  }

  /** The name after which the page that is asked for starts. */
  Optional<ByteString> after() {
    return query.word("after").map(cursor -> new Cursor(cursor).name());
  }

  /** The counts that keys are listed with; empty for any. */
  Optional<CountRange> counts() {
    return CountRange.parse(query.word("min"), query.word("max"));
  }

  /** What the request demands of the state that answers it. */
  Demand demand() {
    Optional<String> position = Headers.list(exchange.request(), Reply.POSITION_HEADER);
    if (position.isEmpty() && query.isEmpty()) {
      return Demand.NONE;
    }
    var demand = new Demand(position.map(Call::position).orElse(Position.NONE), timeout());
    return query.flag("partial") ? demand.orPartial() : demand;
  }

  private static Position position(String header) {
    try {
      return Position.parse(header);
    } catch (InvalidInputException malformed) {
      throw new InvalidInputException(
          Reply.POSITION_HEADER, "is '" + header + "'; it must look like 0@17 or 0@17,3@4");
    }
  }

  /** The command that {@code event} happens to {@code counter}, at the time that a body gives. */
  Command command(CounterName counter, Event event, OptionalLong atMillis) {
    var preconditions = new Preconditions(exchange.request());
    return new Command(
        counter, preconditions.on(event), atMillis, ack(Command.Ack.APPLIED), timeout());
  }

  /** The event of the op {@code op} that the body describes. */
  EventBody body(String op) throws IOException {
    return EventBody.decode(
        op, ByteOrderMark.without("body", RequestBody.read(exchange.request())));
  }

  private Duration timeout() {
    var given = query.word("timeout");
    if (given.isEmpty()) {
      return Demand.DEFAULT_DEADLINE;
    }
    Duration timeout = Durations.parse("timeout", given.get());
    if (timeout.compareTo(MAX_TIMEOUT) > 0) {
      throw new InvalidInputException(
          "timeout", "is " + given.get() + "; it may be at most " + MAX_TIMEOUT.toSeconds() + "s");
    }
    return timeout;
  }

  /** What the sender waits for, or {@code otherwise} where it does not say. */
  Command.Ack ack(Command.Ack otherwise) {
    Optional<String> given = query.word("ack");
    if (given.isEmpty()) {
      return otherwise;
    }
    String ack = given.get();
    return switch (ack) {
      case "applied" -> Command.Ack.APPLIED;
      case "logged" -> Command.Ack.LOGGED;
      default ->
          throw new InvalidInputException("ack", "is '" + ack + "'; it must be logged or applied");
    };
  }

  private ByteString required(String parameter) {
    return query
        .base64(parameter)
        .orElseThrow(() -> new InvalidInputException(parameter, "is missing"));
  }
}
