package io.countess.runtime;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/**
 * What brokers tell of transactions in the partitions that the fold reads and writes. Each method
 * throws a {@link org.apache.kafka.common.KafkaException} where there is no answer in time, or none
 * that this client may have.
 */
interface Transactions {
  /** Those partitions that have an open transaction, and up to where each can be read. */
  Map<TopicPartition, Long> stableOffsets();

  /** The transactions that are open in {@code where}. */
  List<Unfinished> unfinished(Collection<TopicPartition> where);

  /** What the coordinator knows of a producer, if any knows it and it may be told here. */
  Optional<TransactionOwner> owner(long producerId);

  /** Whether every coordinator is there to be asked. */
  boolean areCoordinatorsWhole();

  /** Ends a transaction in its partition: what it wrote there is not read by anybody. */
  void abort(Unfinished open);
}
