package io.countess.cli.load;

import io.countess.event.ByteString;
import io.countess.event.CounterName;
import io.countess.event.Event;
import io.countess.event.InvalidInputException;
import io.countess.event.codec.EventLine;
import java.util.Optional;
import java.util.OptionalLong;

/** Each line is a key, of any bytes, and puts 1. */
record KeyForm(ByteString namespace) implements LineForm {
  @Override
  public int mostBytes() {
    return CounterName.MAX_KEY_BYTES;
  }

  @Override
  public String what() {
    return "key";
  }

  /**
   * Whether a line is an object of JSON: a hash tag begins with a brace, too, but with no quote.
   */
  private static boolean isObject(byte[] line) {
    return line.length > 1 && line[0] == '{' && line[1] == '"';
  }

  @Override
  public Optional<EventLine> read(byte[] line) {
    if (isObject(line)) {
      throw new InvalidInputException(
          "key",
          "is an object of JSON; leave --namespace out where lines are events, else give --json and"
              + " --key-field");
    }
    var counter = new CounterName(namespace, ByteString.of(line));
    return Optional.of(new EventLine(counter, Event.Put.ONE, OptionalLong.empty()));
  }
}
