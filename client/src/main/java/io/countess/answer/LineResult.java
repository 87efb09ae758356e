package io.countess.answer;

import io.countess.event.CounterName;
import java.util.Optional;

/**
 * What became of one line of a load.
 *
 * @param line its number, from 1
 * @param counter what it is about; of a claim the first, and empty where the line could not be read
 * @param reason why it was not plainly accepted, where there is more to say than the outcome does
 */
public record LineResult(
    long line, LineOutcome outcome, Optional<CounterName> counter, Optional<String> reason) {
  /** The same of a load in which so many lines stand before it. */
  public LineResult after(long lines) {
    return lines == 0 ? this : new LineResult(lines + line, outcome, counter, reason);
  }
}
