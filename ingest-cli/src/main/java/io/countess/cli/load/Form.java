package io.countess.cli.load;

import java.io.InputStream;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * What the lines of a source are, where they are not events.
 *
 * @param events makes events of the lines, and tells which are none
 * @param mayPassOver whether lines may be about something else
 * @param strictly why these are rejected, if they are
 */
record Form(
    BiFunction<InputStream, Tally, EventStream> events,
    boolean mayPassOver,
    Optional<String> strictly) {
  /** The events of a source. */
  EventStream read(InputStream lines) {
    return events.apply(lines, new Tally(strictly));
  }
}
