/**
 * The topology: one source, one processor, one store, one sink. It has a {@link
 * io.countess.fold.PartitionFold} driven by Kafka Streams, builds it and starts nothing; tells what
 * happens in it to each {@link io.countess.topology.FoldObserver}.
 */
package io.countess.topology;
