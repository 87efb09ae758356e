package io.countess.cluster;

import io.countess.answer.Answer;
import io.countess.answer.Coverage;
import io.countess.event.Position;
import io.countess.query.Instance;
import io.countess.query.Part;
import io.countess.query.Share;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * One question, asked of everyone who holds a part of the answer.
 *
 * <p>It goes in rounds. In each, those partitions that have not answered yet are looked up, and
 * everyone who holds some of them is asked once. Partitions that nobody holds, or whose holder
 * can't be reached or says that they have left, are tried again after a pause, until the deadline.
 * No two rounds overlap, and each happens after the one before, so nothing here needs a lock.
 */
final class Scatter<A> {
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private final Directory directory;
  private final Share<A> whole;
  private final long deadlineNanos;
  private final Standbys standbys;
  private final SortedSet<Integer> open;
  private final List<Part<A>> parts = new ArrayList<>();
  private final CompletableFuture<Answer<A>> result = new CompletableFuture<>();
  private Position position = Position.NONE;
  private Coverage coverage = Coverage.FULL;
  private Pause pause = Pause.FIRST;

  Scatter(Directory directory, Share<A> whole, long deadlineNanos) {
    this.directory = directory;
    this.whole = whole;
    this.deadlineNanos = deadlineNanos;
    this.standbys = new Standbys(directory, deadlineNanos);
    this.open = new TreeSet<>(whole.partitions());
  }

  /** Asks now. */
  CompletionStage<Answer<A>> start() {
    round();
    return result;
  }

  private void round() {
    List<CompletableFuture<List<ShareAnswer<A>>>> asked = new ArrayList<>();
    holders()
        .forEach(
            (holder, partitions) -> {
              Share<A> share = whole.of(partitions, Pause.left(deadlineNanos));
              asked.add(new HolderRequest<>(directory, holder, share, standbys).start());
            });
    CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new))
        .thenRun(() -> collect(asked.stream().flatMap(it -> it.join().stream()).toList()))
        .exceptionally(this::fail);
  }

  private Void fail(Throwable failure) {
    result.completeExceptionally(failure);
    return null;
  }

  private Map<Instance, Set<Integer>> holders() {
    Map<Instance, Set<Integer>> holders = new LinkedHashMap<>();
    for (int partition : open) {
      directory
          .holder(partition)
          .ifPresent(
              holder -> holders.computeIfAbsent(holder, it -> new TreeSet<>()).add(partition));
    }
    return holders;
  }

  private void collect(List<ShareAnswer<A>> told) {
    for (ShareAnswer<A> it : told) {
      if (it.answer() instanceof Answer.Found<A> found) {
        add(it.partitions(), found);
      } else if (!(it.answer() instanceof Answer.Elsewhere) && !canDoWithout(it.answer())) {
        result.complete(it.answer());
        return;
      }
    }
    if (!open.isEmpty() && pause.isLong() && whole.question().mayBeOld()) {
      // Partitions without an answer for a while are asked of their standbys.
      standbys.ask(whole, open).thenAccept(this::collectStandbys).exceptionally(this::fail);
    } else {
      end();
    }
  }

  private void collectStandbys(List<ShareAnswer<A>> told) {
    told.forEach(standby -> add(standby.partitions(), (Answer.Found<A>) standby.answer()));
    end();
  }

  private void end() {
    if (open.isEmpty()) {
      result.complete(found());
    } else {
      again();
    }
  }

  private void add(Set<Integer> partitions, Answer.Found<A> found) {
    parts.add(new Part<>(partitions, found.value()));
    position = position.and(found.position());
    coverage = coverage.and(found.coverage());
    open.removeAll(partitions);
  }

  private boolean canDoWithout(Answer<A> answer) {
    return whole.demand().partial() && !(answer instanceof Answer.Invalid);
  }

  private void again() {
    if (pause.fits(deadlineNanos)) {
      Pause now = pause;
      pause = pause.next();
      now.then(this::round);
    } else {
      result.complete(whole.demand().partial() && !parts.isEmpty() ? found() : unanswered());
    }
  }

  private Answer<A> found() {
    A value =
        parts.size() == 1
            ? parts.get(0).value()
            : whole.question().merge(parts, directory.partitions());
    return new Answer.Found<>(value, position, coverage.and(Coverage.without(open)));
  }

  private Answer<A> unanswered() {
    int partition = open.first();
    String owner = directory.owner(partition);
    return owner.equals(Answer.Elsewhere.UNKNOWN)
        ? new Answer.NotReady<>("partition " + partition + " is not ready yet", RETRY_AFTER)
        : new Answer.Elsewhere<>(partition, owner);
  }
}
