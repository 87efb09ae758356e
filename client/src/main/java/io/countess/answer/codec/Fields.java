package io.countess.answer.codec;

import com.fasterxml.jackson.core.JsonParser;
import io.countess.event.codec.Json;
import java.io.IOException;

/**
 * Collects a value from the fields of a JSON object.
 *
 * @param <A> the value
 */
public interface Fields<A> {
  /**
   * Takes a field, or passes over it where it is not known. The parser stands at its value, and
   * stays there or goes to its end.
   */
  void take(String field, JsonParser in) throws IOException;

  /**
   * The value.
   *
   * @throws io.countess.event.InvalidInputException where something is missing from it
   */
  A value();

  /** Reads the object that the parser stands at. */
  static <A> A read(String what, JsonParser in, Fields<A> fields) throws IOException {
    Json.readFields(what, in, fields::take);
    return fields.value();
  }
}
