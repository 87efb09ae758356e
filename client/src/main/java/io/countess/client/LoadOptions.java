package io.countess.client;

import io.countess.answer.LineResult;
import io.countess.event.Event;
import io.countess.event.InvalidInputException;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How a load goes.
 *
 * @param id gives each event that has no id one that depends on this and on its line: the same
 *     lines can be loaded again under it, as long as ids are remembered, and count once. What the
 *     server may not have got is sent again then, unless {@link CountsConfig#retry} says otherwise.
 *     It is visible ASCII of at most 88 characters that does not start with a quotation mark
 * @param ack what is waited for
 * @param asOfLog whether events may be of any age; otherwise one of more than six days ago is
 *     rejected. A put that has ended meanwhile is late all the same
 * @param progress is told about twice a second what is known
 * @param listed is told of each line that did not count, or would not have; in order of the parts
 *     that a load is sent in, and in each in order of lines. Only with {@link Ack#APPLIED}
 */
public record LoadOptions(
    Optional<String> id,
    Ack ack,
    boolean asOfLog,
    Consumer<LoadSummary> progress,
    Optional<Consumer<LineResult>> listed) {
  /** What the sender of a load waits for. */
  public enum Ack {
    /** The log has the lines. Whether they count is not told. */
    LOGGED,
    /** The lines are folded: {@link LoadSummary#outcomes} tells what became of them. */
    APPLIED
  }

  /** Waits for the log. */
  public static final LoadOptions LOGGED =
      new LoadOptions(Optional.empty(), Ack.LOGGED, false, soFar -> {}, Optional.empty());

  /** Waits until all lines are folded. */
  public static final LoadOptions APPLIED =
      new LoadOptions(Optional.empty(), Ack.APPLIED, false, soFar -> {}, Optional.empty());

  /** The longest that an id may take, less the number of a block and that of a line in it. */
  private static final int MAX_ID_CHARACTERS = Event.MAX_ID_BYTES - 40;

  public LoadOptions {
    if (id.isPresent() && !Command.fitsIntoHeader(id.get())) {
      throw new InvalidInputException(
          "id", "of a load must be visible ASCII that does not start with a quotation mark");
    }
    if (id.isPresent() && id.get().length() > MAX_ID_CHARACTERS) {
      throw new InvalidInputException(
          "id",
          "takes %d bytes; for a load it may take at most %d, since numbers of lines are added"
              .formatted(id.get().length(), MAX_ID_CHARACTERS));
    }
    if (listed.isPresent() && ack == Ack.LOGGED) {
      throw new InvalidInputException(
          "ack", "is logged; what became of single lines is known only with applied");
    }
  }

  /** The same under an id. */
  public LoadOptions under(String key) {
    return new LoadOptions(Optional.of(key), ack, asOfLog, progress, listed);
  }

  /** The same for events of any age. */
  public LoadOptions ofAnyAge() {
    return new LoadOptions(id, ack, true, progress, listed);
  }

  /** The same with somebody who is told how far it is. */
  public LoadOptions telling(Consumer<LoadSummary> soFar) {
    return new LoadOptions(id, ack, asOfLog, soFar, listed);
  }

  /** The same with somebody who is told of each line that did not count, or would not have. */
  public LoadOptions listing(Consumer<LineResult> lines) {
    return new LoadOptions(id, ack, asOfLog, progress, Optional.of(lines));
  }
}
