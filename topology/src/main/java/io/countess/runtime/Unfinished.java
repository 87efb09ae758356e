package io.countess.runtime;

import org.apache.kafka.common.TopicPartition;

/**
 * A transaction of which a partition's log has the beginning and not the end.
 *
 * @param startOffset of its first record: with it, this is one transaction and no other
 * @param coordinatorEpoch of the coordinator that ended the producer's transaction before, if any
 */
record Unfinished(
    TopicPartition where,
    long producerId,
    short producerEpoch,
    long startOffset,
    int coordinatorEpoch) {}
