package io.countess.cluster;

import io.countess.answer.Answer;
import io.countess.query.Instance;
import io.countess.query.Share;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Asks the standbys of partitions, one partition at a time. */
record Copies(Directory directory, long deadlineNanos) {
  /** Whether there may be copies of all these partitions. */
  boolean of(Set<Integer> partitions) {
    return partitions.stream().noneMatch(partition -> directory.copies(partition).isEmpty());
  }

  /** For each partition what the first copy tells; nothing where none of them can. */
  <A> CompletableFuture<List<Told<A>>> ask(Share<A> whole, Set<Integer> partitions) {
    List<CompletableFuture<Optional<Told<A>>>> asked = new ArrayList<>();
    partitions.forEach(partition -> asked.add(first(whole, partition)));
    return CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new))
        .thenApply(done -> asked.stream().flatMap(it -> it.join().stream()).toList());
  }

  private <A> CompletableFuture<Optional<Told<A>>> first(Share<A> whole, int partition) {
    Share<A> share = whole.ofCopy(partition, Pause.left(deadlineNanos));
    var first = new CompletableFuture<Optional<Told<A>>>();
    List<CompletableFuture<Void>> asked = new ArrayList<>();
    for (Instance copy : directory.copies(partition)) {
      asked.add(
          copy.ask(share)
              .thenAccept(
                  answer -> {
                    if (answer instanceof Answer.Found) {
                      first.complete(Optional.of(new Told<>(share.partitions(), answer)));
                    }
                  })
              .toCompletableFuture());
    }
    var unused =
        CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new))
            .whenComplete((done, failure) -> first.complete(Optional.empty()));
    return first;
  }
}
