package io.countess.topology;

import io.countess.event.LogFormat;
import io.countess.store.Catalog;
import org.apache.kafka.common.Uuid;

/**
 * The log can't carry a partition's state on. Either the state was built from records that the log
 * does not have, and the records at their offsets now would be taken for counted. Or the log no
 * longer has records that the state is missing. That does not pass by itself.
 */
public final class LogReplacedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What to do about it; takes the name of the changelog. */
  static final String WAY_OUT =
      "Either bring the old topic back, or give the counts up and count what the topic holds now:"
          + " stop every instance, delete the topic %s, and delete each instance's state directory"
          + " (with the embedded Kafka: start with another --data).";

  LogReplacedException(String message) {
    super(message);
  }

  /**
   * The topic is gone while it is counted.
   *
   * @param group whose counts they are
   * @param id of the topic that was counted
   */
  public static LogReplacedException deleted(String group, Uuid id) {
    String message =
        "The topic %s (topic id %s) was deleted while it was counted, and what comes to a new one"
            + " would not be. ";
    return new LogReplacedException(
        message.formatted(LogFormat.EVENTS_TOPIC, id)
            + WAY_OUT.formatted(Catalog.changelog(group)));
  }
}
