package io.countess.query;

import io.countess.event.Decision;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/**
 * The partitions that have to apply a policy change which its home partition has accepted.
 *
 * @param byPartition each completes when its partition has applied the change, and fails where that
 *     takes too long or can't be seen from here
 */
record Confirmations(Decision decision, SortedMap<Integer, CompletableFuture<Void>> byPartition) {
  /** The decision once all have confirmed; else which have not. Never fails. */
  CompletionStage<Response> response() {
    return CompletableFuture.allOf(byPartition.values().toArray(CompletableFuture[]::new))
        .handle((all, failure) -> failure == null ? new Response.Decided(decision) : unconfirmed());
  }

  private Response unconfirmed() {
    var missing =
        byPartition.entrySet().stream()
            .filter(entry -> entry.getValue().isCompletedExceptionally())
            .map(Map.Entry::getKey)
            .collect(Collectors.toCollection(TreeSet::new));
    return new Response.Unconfirmed(decision, missing);
  }
}
