package io.countess.topology;

import io.countess.event.Decision;
import io.countess.fold.Effects;
import io.countess.fold.ForwardMark;
import io.countess.fold.LogRecord;
import io.countess.fold.Skipped;

/** Carries out what a fold wants done, with Kafka Streams and the forwarder. */
record StreamsEffects(int partition, FoldListener listener, Outbox outbox, DeadLetters deadLetters)
    implements Effects {
  @Override
  public void decided(LogRecord record, Decision decision) {
    listener.folded(partition, decision);
  }

  @Override
  public void answer(byte[] caller, Decision decision) {
    listener.decided(caller, decision);
  }

  @Override
  public void overIds() {
    listener.overIds(partition);
  }

  @Override
  public void bury(LogRecord record, String reason) {
    deadLetters.bury(record, reason);
  }

  @Override
  public void forward(int to, byte[] key, LogRecord record, ForwardMark mark) {
    outbox.forward(to, key, record, mark);
  }

  @Override
  public void skipped(Skipped reason) {
    listener.skipped(partition, reason);
  }
}
