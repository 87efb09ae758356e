package io.countess.answer;

import java.time.Duration;
import java.util.Optional;

/**
 * A transaction that has begun in a partition and not ended. A reader of committed records, as the
 * fold is one, comes no further there.
 *
 * @param transactionalId its producer's, where the brokers tell it
 * @param startOffset of its first record: nothing from there on is read
 * @param heldUp for how long, as far as is known
 * @param hanging whether the transaction has ended for its coordinator, so that nobody will end it
 *     here any more
 */
public record OpenTransaction(
    String topic,
    int partition,
    long producerId,
    int producerEpoch,
    Optional<String> transactionalId,
    long startOffset,
    Duration heldUp,
    boolean hanging) {
  @Override
  public String toString() {
    return "%s-%d from offset %d on, since %d s: producer id %d, epoch %d, %s"
        .formatted(
            topic,
            partition,
            startOffset,
            heldUp.toSeconds(),
            producerId,
            producerEpoch,
            transactionalId
                .map(id -> "transactional id " + id)
                .orElse("its transactional id is not known"));
  }
}
