package io.countess.cli.load;

import io.countess.event.LogFormat;
import io.countess.event.codec.EventLine;
import java.util.Optional;

/** How a line says which event it is. */
interface LineForm {
  /** How long a line may be, in bytes. */
  default int mostBytes() {
    return LogFormat.MAX_RECORD_BYTES;
  }

  /** What the line is, for messages. */
  default String what() {
    return "line";
  }

  /**
   * The event that the line is; nothing where it is about something else.
   *
   * @throws io.countess.event.InvalidInputException where it can't be an event, with the reason
   */
  Optional<EventLine> read(byte[] line);
}
