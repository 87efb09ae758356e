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
   * Takes a field if it is one of these. The parser stands at its value, and stays there or goes to
   * its end.
   *
   * @return whether it is one of these
   */
  boolean take(String field, JsonParser in) throws IOException;

  /**
   * The value.
   *
   * @throws io.countess.event.InvalidInputException where something is missing from it
   */
  A value();

  /** Reads the object that the parser stands at, and passes over what is not known here. */
  static <A> A read(String what, JsonParser in, Fields<A> fields) throws IOException {
    Json.readFields(what, in, (field, value) -> takeOrSkip(field, value, fields));
    return fields.value();
  }

  private static void takeOrSkip(String field, JsonParser in, Fields<?> fields) throws IOException {
    if (!fields.take(field, in)) {
      in.skipChildren();
    }
  }
}
