package io.countess.topology;

/**
 * What the fold needs from outside.
 *
 * @param partitions of the log
 * @param forwarders make what appends records to other partitions
 * @param listener is told what happens
 */
public record FoldSpec(int partitions, Forwarder.Factory forwarders, FoldListener listener) {}
