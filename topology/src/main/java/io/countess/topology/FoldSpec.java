package io.countess.topology;

/**
 * What the fold needs from outside.
 *
 * @param partitions of the log
 * @param log as the brokers have it
 * @param forwarders make what appends records to other partitions
 * @param listener is told what happens
 */
public record FoldSpec(
    int partitions, SourceLog log, Forwarder.Factory forwarders, FoldListener listener) {}
