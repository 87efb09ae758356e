package io.countess.topology;

import io.countess.state.TimeSource;

/**
 * What the fold needs from outside.
 *
 * @param partitions of the log
 * @param log as the brokers have it
 * @param cursors where it is read
 * @param forwarders make what appends records to other partitions
 * @param observers are told what happens
 * @param time of this machine, which no decision depends on
 */
public record FoldSpec(
    int partitions,
    SourceLog log,
    LogCursor.Factory cursors,
    Forwarder.Factory forwarders,
    FoldObservers observers,
    TimeSource time) {}
