package io.countess.event;

import java.util.Optional;

/** Names and bounds of the log that all its writers and readers share. */
public final class LogFormat {
  public static final String EVENTS_TOPIC = "countess.events";

  /** Where records go that can't be read or are not allowed. */
  public static final String DEAD_LETTERS_TOPIC = "countess.dead-letters";

  /** The largest record that the log takes, in bytes. */
  public static final int MAX_RECORD_BYTES = 64 * 1024;

  /** How many bytes the headers take, with their names, that go with an event: at most. */
  public static final int MAX_ADDED_BYTES = 128;

  /** The largest event with its key, in bytes: with all headers it is a record that fits. */
  public static final int MAX_EVENT_BYTES = MAX_RECORD_BYTES - MAX_ADDED_BYTES;

  /** Header of a record whose sender waits for the decision. */
  public static final String CALLER_HEADER = "countess-caller";

  /** Header of a record whose time is not that at which it was sent: when it was. */
  public static final String SENT_HEADER = "countess-sent";

  /** Header of a record whose event is older than the log lets a timestamp be: when it happened. */
  public static final String TIME_HEADER = "countess-time";

  /** Header of a record that a server stamped, with what it knows of the partition's clock. */
  public static final String CLOCK_HEADER = "countess-clock";

  /** Header of a forwarded record: where it comes from. */
  public static final String FORWARDED_HEADER = "countess-forwarded";

  /** Header of a forwarded record: the id of the topic in which it was forwarded. */
  public static final String LOG_HEADER = "countess-log";

  /** Header of a dead letter: why it is one, in UTF-8. */
  public static final String REASON_HEADER = "countess-reason";

  /** Header of a dead letter: where it stood in the log, as {@code partition@offset}. */
  public static final String POSITION_HEADER = "countess-position";

  private LogFormat() {}

  /**
   * Why an event can't be sent: it is larger than {@link #MAX_EVENT_BYTES}.
   *
   * @param key of the record
   * @param event encoded
   */
  public static Optional<String> tooLarge(byte[] key, byte[] event) {
    int bytes = key.length + event.length;
    return bytes <= MAX_EVENT_BYTES
        ? Optional.empty()
        : Optional.of(
            "takes %d bytes with its key; both together may take at most %d"
                .formatted(bytes, MAX_EVENT_BYTES));
  }
}
