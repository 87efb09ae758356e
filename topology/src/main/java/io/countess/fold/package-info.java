/**
 * The fold of one partition, as a library: {@link io.countess.fold.PartitionFold} takes records in
 * the order of the log, changes the state, and tells its {@link io.countess.fold.Effects} what else
 * has to be done. Knows no Kafka.
 */
package io.countess.fold;
