package io.countess.query;

import io.countess.runtime.OpenTransaction;
import java.time.Duration;
import java.util.Optional;

/**
 * A transaction that holds up a partition of the log, as doors show it.
 *
 * @param transactionalId its producer's, where the brokers tell it
 * @param startOffset of its first record: nothing from there on is read
 * @param heldUp for how long, as far as is known
 * @param hanging whether its coordinator knows nothing of it any more
 */
public record Unfinished(
    String topic,
    int partition,
    long producerId,
    int producerEpoch,
    Optional<String> transactionalId,
    long startOffset,
    Duration heldUp,
    boolean hanging) {
  static Unfinished of(OpenTransaction it) {
    return new Unfinished(
        it.topic(),
        it.partition(),
        it.producerId(),
        it.producerEpoch(),
        it.transactionalId(),
        it.startOffset(),
        it.heldUp(),
        it.hanging());
  }
}
