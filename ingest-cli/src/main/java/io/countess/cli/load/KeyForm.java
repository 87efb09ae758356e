package io.countess.cli.load;

import io.countess.event.ByteString;
import io.countess.event.CounterName;
import io.countess.event.Event;
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

  @Override
  public Optional<EventLine> read(byte[] line) {
    var counter = new CounterName(namespace, ByteString.of(line));
    return Optional.of(new EventLine(counter, Event.Put.ONE, OptionalLong.empty()));
  }
}
