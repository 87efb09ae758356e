package io.countess.cli.load;

import io.countess.event.Amount;
import io.countess.event.ByteString;
import io.countess.event.CounterName;
import io.countess.event.Event;
import io.countess.event.InvalidInputException;
import io.countess.event.Numbers;
import io.countess.event.codec.EventLine;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Makes puts of the texts that stand in a line. A text that is empty is none.
 *
 * @param present which fields a line has
 * @param namespace of lines that have none, if there are any
 * @param times how {@link EventField#AT} is written
 */
record PutFields(Set<EventField> present, Optional<ByteString> namespace, TimeFormat times) {
  /** What stands in one line. */
  interface Found {
    /**
     * The text of a field, null where there is none.
     *
     * @throws InvalidInputException where it is not UTF-8
     */
    String text(EventField field);
  }

  /**
   * The put of a line; nothing where it has no key, and is about something else.
   *
   * @throws InvalidInputException where another field is missing or wrong
   */
  Optional<EventLine> put(Found found) {
    return optional(EventField.KEY, found).map(key -> put(key, found));
  }

  private EventLine put(String key, Found found) {
    var counter = new CounterName(namespace(found), ByteString.utf8("key", key));
    var at =
        present.contains(EventField.AT)
            ? OptionalLong.of(times.millis(required(EventField.AT, found)))
            : OptionalLong.empty();
    return new EventLine(counter, event(found), at);
  }

  private ByteString namespace(Found found) {
    return optional(EventField.NAMESPACE, found)
        .map(text -> ByteString.utf8("namespace", text))
        .or(() -> namespace)
        .orElseThrow(() -> missing(EventField.NAMESPACE));
  }

  private Event event(Found found) {
    Optional<String> id =
        present.contains(EventField.ID)
            ? Optional.of(required(EventField.ID, found))
            : Optional.empty();
    Amount n =
        present.contains(EventField.N)
            ? Numbers.parse("n", required(EventField.N, found))
            : Amount.of(1);
    return new Event.Put(n, Optional.empty(), id);
  }

  private String required(EventField field, Found found) {
    return optional(field, found).orElseThrow(() -> missing(field));
  }

  private Optional<String> optional(EventField field, Found found) {
    return present.contains(field)
        ? Optional.ofNullable(found.text(field)).filter(text -> !text.isEmpty())
        : Optional.empty();
  }

  private static InvalidInputException missing(EventField field) {
    return new InvalidInputException(field.text(), "is missing");
  }
}
