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
record Standbys(Directory directory, long deadlineNanos) {
  /** Whether there may be standbys of all these partitions. */
  boolean of(Set<Integer> partitions) {
    return partitions.stream().noneMatch(partition -> directory.standbys(partition).isEmpty());
  }

  /** For each partition what the first standby tells; nothing where none of them can. */
  <A> CompletableFuture<List<ShareAnswer<A>>> ask(Share<A> whole, Set<Integer> partitions) {
    List<CompletableFuture<Optional<ShareAnswer<A>>>> asked = new ArrayList<>();
    partitions.forEach(partition -> asked.add(first(whole, partition)));
    return CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new))
        .thenApply(done -> asked.stream().flatMap(it -> it.join().stream()).toList());
  }

  private <A> CompletableFuture<Optional<ShareAnswer<A>>> first(Share<A> whole, int partition) {
    Share<A> share = whole.ofStandby(partition, Pause.left(deadlineNanos));
    var first = new CompletableFuture<Optional<ShareAnswer<A>>>();
    List<CompletableFuture<Void>> asked = new ArrayList<>();
    for (Instance standby : directory.standbys(partition)) {
      asked.add(
          standby
              .ask(share)
              .thenAccept(
                  answer -> {
                    if (answer instanceof Answer.Found) {
                      first.complete(Optional.of(new ShareAnswer<>(share.partitions(), answer)));
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
