package io.countess.topology;

/**
 * Observes the folds of an instance: it is told what the interfaces say that it implements. The
 * calls come from the threads that fold, and from that of a producer, so they must be quick and
 * must not throw.
 */
public sealed interface FoldObserver
    permits AnswerObserver, DecisionObserver, IncidentObserver, PartitionObserver {}
