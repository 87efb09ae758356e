/**
 * The topology: one source, one processor, one store, one sink. It has a {@link
 * io.countess.fold.PartitionFold} driven by Kafka Streams, builds it and starts nothing; tells what
 * happens in it through {@link io.countess.topology.FoldListener}.
 */
package io.countess.topology;
