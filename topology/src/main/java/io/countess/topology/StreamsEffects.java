package io.countess.topology;

import io.countess.event.Decision;
import io.countess.fold.Effects;
import io.countess.fold.ForwardMark;
import io.countess.fold.LogRecord;
import io.countess.fold.Skipped;

/** Carries out what a fold wants done, with Kafka Streams and the forwarder. */
record StreamsEffects(
    int partition, FoldObservers observers, Outbox outbox, DeadLetters deadLetters)
    implements Effects {
  @Override
  public void decided(byte[] key, LogRecord record, Decision decision) {
    observers.decided(partition, key, decision);
  }

  @Override
  public void answer(byte[] caller, Decision decision) {
    observers.answered(caller, decision);
  }

  @Override
  public void overIds() {
    observers.tell(it -> it.overIds(partition));
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
    observers.tell(it -> it.skipped(partition, reason));
  }
}
