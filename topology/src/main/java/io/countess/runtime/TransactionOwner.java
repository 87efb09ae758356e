package io.countess.runtime;

import java.util.Set;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.clients.admin.TransactionState;

/**
 * What the coordinator of transactions knows of a producer.
 *
 * @param transactionalId the producer's
 * @param told of its latest transaction
 */
record TransactionOwner(String transactionalId, TransactionDescription told) {
  private static final Set<TransactionState> ENDED =
      Set.of(
          TransactionState.COMPLETE_ABORT,
          TransactionState.COMPLETE_COMMIT,
          TransactionState.EMPTY);

  /**
   * Whether a transaction has ended for the coordinator, or is an earlier one. Then its partition
   * should have had the marker before the coordinator told so. Each transaction has an epoch of its
   * own (KIP-890). So a coordinator that tells an epoch which is not higher knows nothing of the
   * end. It has lost its office and does not know yet, or the producer has the earlier protocol.
   */
  boolean hasEnded(Unfinished open) {
    return told.producerId() == open.producerId()
        && told.producerEpoch() > open.producerEpoch()
        && (ENDED.contains(told.state()) || !told.topicPartitions().contains(open.where()));
  }

  /** Whether it was aborted, and not perhaps committed. */
  boolean hasAborted(Unfinished open) {
    return hasEnded(open)
        && told.state() == TransactionState.COMPLETE_ABORT
        && told.producerEpoch() == open.producerEpoch() + 1;
  }
}
