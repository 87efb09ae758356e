package io.countess.cluster;

import io.countess.answer.Answer;
import io.countess.answer.Readiness;
import io.countess.query.Demand;
import io.countess.query.Queries;
import io.countess.query.Question;
import io.countess.query.Share;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Answers every question, wherever its partitions are. */
public final class RoutedQueries implements Queries {
  private final Directory directory;
  private final Supplier<Readiness> readiness;
  private final Set<Integer> all;

  /**
   * @param readiness of this instance
   */
  public RoutedQueries(Directory directory, Supplier<Readiness> readiness) {
    this.directory = directory;
    this.readiness = readiness;
    this.all = IntStream.range(0, directory.partitions()).boxed().collect(Collectors.toSet());
  }

  @Override
  public <A> CompletionStage<Answer<A>> ask(Question<A> question, Demand demand) {
    var demanded = demand.position().offsets();
    if (!demanded.isEmpty() && demanded.lastKey() >= directory.partitions()) {
      String rule = "names partition %d, and the log has %d partitions";
      return CompletableFuture.completedStage(
          new Answer.Invalid<>(
              "Countess-Position", rule.formatted(demanded.lastKey(), directory.partitions())));
    }
    long deadlineNanos = System.nanoTime() + demand.within().toNanos();
    OptionalInt home = question.home(directory.partitions());
    if (question.isOneRow() && home.isPresent()) {
      Optional<Answer<A>> answer = atOnce(home.getAsInt(), question, demand);
      if (answer.isPresent()) {
        return CompletableFuture.completedStage(answer.get());
      }
    }
    Set<Integer> partitions = home.isPresent() ? Set.of(home.getAsInt()) : all;
    var share = new Share<>(question, partitions, demand);
    return new Scatter<>(directory, share, deadlineNanos).start();
  }

  /** The answer of this instance, if it has the partition and need not wait: the usual way. */
  private <A> Optional<Answer<A>> atOnce(int home, Question<A> question, Demand demand) {
    return directory
        .here(home)
        .map(here -> here.ask(new Share<>(question, Set.of(home), demand)).toCompletableFuture())
        .filter(asked -> asked.isDone() && !asked.isCompletedExceptionally())
        .map(CompletableFuture::join)
        .filter(Answer.Found.class::isInstance);
  }

  @Override
  public Readiness readiness() {
    return readiness.get();
  }
}
