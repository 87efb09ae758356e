package io.countess.door.http;

import io.countess.door.LineReader;
import io.countess.event.Event;
import io.countess.event.InvalidInputException;
import io.countess.event.codec.EventLine;
import io.countess.query.Command;
import io.countess.query.Commands;
import java.util.Optional;

/**
 * Makes the commands of a load's lines.
 *
 * @param idempotencyKey makes the id of each line that has none of its own: {@code KEY#NUMBER}
 * @param ack what the load waits for
 * @param asOfLog whether events may be of any age
 */
record LineCommands(Optional<String> idempotencyKey, Command.Ack ack, boolean asOfLog) {
  /**
   * The command of a line.
   *
   * @throws InvalidInputException where the line is none
   */
  Command of(LineReader.Line line) {
    if (line.isTooLong()) {
      throw new InvalidInputException(
          "line", "is longer than " + LineReader.MAX_LINE_BYTES + " bytes");
    }
    EventLine read = EventLine.decode(line.bytes());
    Event event = read.event();
    if (event instanceof Event.Tick) {
      throw new InvalidInputException("op", "is 'tick', which only the server itself sends");
    }
    boolean isPolicy = event instanceof Event.ChangePolicy || event instanceof Event.ChangeDefaults;
    boolean needsId = idempotencyKey.isPresent() && !isPolicy && event.id().isEmpty();
    Event known =
        needsId ? event.withId(idempotencyKey.map(key -> key + "#" + line.number())) : event;
    return new Command(read.counter(), known, read.atMillis(), asOfLog, ack, Commands.LOG_PATIENCE);
  }
}
