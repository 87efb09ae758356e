package io.countess.event.codec;

import com.fasterxml.jackson.core.JsonParser;
import io.countess.event.ByteString;
import io.countess.event.CounterName;
import io.countess.event.Event;
import io.countess.event.InvalidInputException;
import io.countess.event.RecordKey;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Events as the values of records: absent, empty, or a UTF-8 JSON object in which everything is
 * optional that has a default.
 *
 * <ul>
 *   <li>{@code {"op":"put","n":2,"ttl":"30s","id":"…"}}. A number that is written with a fraction
 *       or an exponent, or does not fit into 64 bits, is a real one: {@code 2} is a whole number,
 *       {@code 2.0} is not With {@code "policy":{…}} the counter has this policy from then on
 *   <li>{@code {"op":"set","value":5,"if":"absent","id":"…"}}, in the same way
 *   <li>{@code {"op":"write","add":1,"min":0,"max":9,"saturate":true,"ttl":"1m",
 *       "expiresIf":"absent"}}; {@code "to":5} or {@code null} may stand in place of {@code add},
 *       and {@code "expiresAt"} or {@code "expires"} in place of {@code ttl}
 *   <li>{@code {"op":"reset","id":"…"}}
 *   <li>{@code {"op":"release","of":"…","n":2,"id":"…"}}
 *   <li>{@code {"op":"claim","counters":[{"namespace":"a","key":"{t}x","n":1,"ttl":"30s"},…],
 *       "id":"…"}}; a counter without a namespace is in that of the record
 *   <li>{@code {"op":"batch","events":[{"namespace":"a","key":"{t}x","op":"put","n":1},…],
 *       "together":true,"note":"…","id":"…"}}, in the same way
 *   <li>{@code {"op":"policy","policy":{…},"onChange":"reset","ifVersion":7}}; {@code
 *       "policy":null} brings back the default policy, {@code "ifVersion":-1} stands for a
 *       namespace that has none of its own. Of a counter, {@code "plan":"pro"} may stand in place
 *       of the policy
 *   <li>{@code {"op":"defaults","policy":{…},"onChange":"reset","ifVersion":7}}; {@code
 *       "ifVersion":-1} stands for a default policy that was never set
 *   <li>{@code {"op":"tick"}}
 * </ul>
 */
public final class EventCodec {
  private EventCodec() {}

  /**
   * Reads a value without its key: the counters of a claim or a batch must name their namespaces.
   *
   * @param value null and empty mean one put of 1
   * @throws InvalidInputException naming the field and the rule that it breaks
   */
  public static Event decode(byte[] value) {
    return decode(value, Optional::empty);
  }

  /**
   * Reads the value of a record.
   *
   * @param value null and empty mean one put of 1
   * @param recordKey is looked at for claims and batches only: it must be that of the first counter
   * @throws InvalidInputException naming the field and the rule that it breaks
   */
  public static Event decode(byte[] value, byte[] recordKey) {
    Event event = decode(value, () -> Optional.of(counter(recordKey).namespace()));
    if (event.first().isPresent() && !event.first().get().equals(counter(recordKey))) {
      throw new InvalidInputException("key", "of the record is not that of the first counter");
    }
    return event;
  }

  /** The shortest value that means {@code event}; empty for {@link Event#ONE}. */
  public static byte[] encode(Event event) {
    return Event.Put.ONE.equals(event)
        ? new byte[0]
        : Json.object(out -> EventJson.write(event, out));
  }

  private static Event decode(byte[] value, Supplier<Optional<ByteString>> surrounding) {
    return value == null || value.length == 0
        ? Event.Put.ONE
        : Json.read(value, in -> read(in).event(surrounding));
  }

  private static EventFields read(JsonParser in) throws IOException {
    var given = new EventFields();
    Json.readFields(
        "value",
        in,
        (field, at) -> {
          if (!given.take(field, at)) {
            throw Json.unknownField(field, "op, " + EventFields.NAMES);
          }
        });
    return given;
  }

  private static CounterName counter(byte[] recordKey) {
    if (recordKey == null) {
      throw new InvalidInputException("key", "is missing; it must be the namespace, '/', the key");
    }
    return RecordKey.parse(recordKey);
  }
}
