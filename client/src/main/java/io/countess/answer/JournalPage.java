package io.countess.answer;

import io.countess.event.Event;
import io.countess.event.Write;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What happened to a counter whose policy has a journal.
 *
 * @param entries the newest first
 * @param next where the next page starts, which may be there also where this one has fewer entries
 *     than it might; empty at the end
 */
public record JournalPage(List<Entry> entries, Optional<JournalPlace> next) {
  /** Copies the list. */
  public JournalPage {
    entries = List.copyOf(entries);
  }

  /**
   * An event that was accepted and carried out.
   *
   * @param atMillis the instant of the decision
   * @param before the number before it, exactly: whole where the counter is a total, with a
   *     fraction, be it 0, where it is a gauge; empty where a value held nothing
   * @param after the number after it
   * @param id that the event had
   * @param note that its sender wanted to have written down
   */
  public record Entry(
      JournalPlace place,
      long atMillis,
      Op op,
      Optional<BigDecimal> before,
      Optional<BigDecimal> after,
      Optional<String> id,
      Optional<String> note) {}

  /** What was done. The order stands in rows, so none is moved. */
  public enum Op {
    PUT,
    SET,
    WRITE,
    RESET,
    RELEASE,
    /** A put as one of several in a claim. */
    CLAIM;

    /** What an event does to its counter. */
    public static Op of(Event event) {
      if (event instanceof Event.Put) {
        return PUT;
      }
      if (event instanceof Event.SetValue) {
        return SET;
      }
      if (event instanceof Write) {
        return WRITE;
      }
      if (event instanceof Event.Reset) {
        return RESET;
      }
      if (event instanceof Event.Release) {
        return RELEASE;
      }
      if (event instanceof Event.Claim) {
        return CLAIM;
      }
      throw new IllegalArgumentException("it changes no counter: " + event);
    }

    /** As it is written. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
