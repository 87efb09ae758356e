package io.countess.fold;

import io.countess.event.Decision;

/**
 * What a fold does beside changing its state. All calls come from the thread that folds, while it
 * folds a record; where one throws, the fold has failed.
 */
public interface Effects {
  /**
   * A record has been decided; its position is not yet part of the state.
   *
   * @param key its canonical key, not to be changed
   */
  void decided(byte[] key, LogRecord record, Decision decision);

  /**
   * The record that was decided last is part of the state now, and its sender may wait.
   *
   * @param caller what the sender put into the record's header
   */
  void answer(byte[] caller, Decision decision);

  /** A record was refused since its counter remembers as many ids as it can. */
  void overIds();

  /** A record goes to the dead letters as it is, with a reason. */
  void bury(LogRecord record, String reason);

  /**
   * A record goes on to another partition with its value and headers.
   *
   * @param key under which it goes on, the canonical one
   * @param mark to go with it; whether what went before has arrived is to be added
   */
  void forward(int to, byte[] key, LogRecord record, ForwardMark mark);

  /** A record that another partition forwarded was passed over. */
  void skipped(Skipped reason);
}
