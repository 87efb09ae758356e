/**
 * The fold of one partition, as a library. {@link io.countess.fold.PartitionFold} takes records in
 * the order of the log and changes the state. It tells its {@link io.countess.fold.Effects} what
 * else has to be done. Knows the state and the arithmetic, and no Kafka.
 */
package io.countess.fold;
