package io.countess.cluster;

import io.countess.answer.Answer;
import io.countess.query.Instance;
import io.countess.query.Share;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * One instance asked for its share. It may hang and still take connections. So when it has not
 * answered for a while, standbys are asked, too, where they will do, and the first answer counts.
 * When it does not hold those partitions any more, the request ends.
 */
final class HolderRequest<A> {
  private static final Duration PATIENCE = Duration.ofMillis(300);

  /** A scan takes its time, and standbys that are asked early would only take some more of it. */
  private static final Duration PATIENCE_FOR_SCANS = Duration.ofSeconds(2);

  private final Directory directory;
  private final Instance holder;
  private final Share<A> share;
  private final Standbys standbys;
  private final CompletableFuture<List<ShareAnswer<A>>> told = new CompletableFuture<>();

  HolderRequest(Directory directory, Instance holder, Share<A> share, Standbys standbys) {
    this.directory = directory;
    this.holder = holder;
    this.share = share;
    this.standbys = standbys;
  }

  /** Asks; what is told is of all the partitions of the share. */
  CompletableFuture<List<ShareAnswer<A>>> start() {
    holder
        .ask(share)
        .whenComplete(
            (answer, failure) -> {
              if (failure == null) {
                tell(answer);
              } else {
                told.completeExceptionally(failure);
              }
            });
    // What is here answers at once, and then nothing of the others has to be looked up.
    if (told.isDone()) {
      return told;
    }
    boolean standbysWillDo = share.question().mayBeOld() && standbys.of(share.partitions());
    lookAfter(standbysWillDo ? this::askStandbys : () -> {});
    return told;
  }

  private void tell(Answer<A> answer) {
    told.complete(List.of(new ShareAnswer<>(share.partitions(), answer)));
  }

  /** Does {@code first} in a while, and looks where the partitions are then and ever after. */
  private void lookAfter(Runnable first) {
    if (told.isDone()) {
      return;
    }
    var waited = new CompletableFuture<Void>();
    var unused =
        waited
            .completeOnTimeout(null, patience().toMillis(), TimeUnit.MILLISECONDS)
            .thenRunAsync(() -> look(first))
            .exceptionally(this::fail);
    cancelOnceTold(waited);
  }

  private void look(Runnable first) {
    if (isElsewhere()) {
      int partition = Collections.min(share.partitions());
      tell(new Answer.Elsewhere<>(partition, directory.owner(partition)));
    } else {
      first.run();
      lookAfter(() -> {});
    }
  }

  /** Nobody would look any more. That also comes of a cancellation, when all is told. */
  private Void fail(Throwable failure) {
    told.completeExceptionally(failure);
    return null;
  }

  private void cancelOnceTold(CompletableFuture<Void> waited) {
    var unused = told.whenComplete((done, failure) -> waited.cancel(false));
  }

  private Duration patience() {
    boolean isScan = share.question().home(directory.partitions()).isEmpty();
    return isScan ? PATIENCE_FOR_SCANS : PATIENCE;
  }

  private boolean isElsewhere() {
    return share.partitions().stream()
        .anyMatch(partition -> !directory.holder(partition).equals(Optional.of(holder)));
  }

  private void askStandbys() {
    Set<Integer> partitions = share.partitions();
    var unused =
        standbys // where they fail the holder may still answer
            .ask(share, partitions)
            .thenAccept(
                found -> {
                  if (found.size() == partitions.size()) {
                    told.complete(found);
                  }
                });
  }
}
