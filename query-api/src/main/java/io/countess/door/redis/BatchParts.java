package io.countess.door.redis;

import io.countess.answer.Answer;
import io.countess.answer.Count;
import io.countess.event.Batch;
import io.countess.event.ByteString;
import io.countess.event.CounterName;
import io.countess.event.Decision;
import io.countess.event.Event;
import io.countess.event.Held;
import io.countess.event.Partitions;
import io.countess.event.Position;
import io.countess.query.Response;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * What the commands of a transaction come to: events of one batch. The commands are as they are
 * without one. What they submit and ask is taken down here, in their order, and answered from the
 * decisions on the parts of the batch.
 *
 * <p>A command that writes values waits for its namespace. So what comes is first a list of steps.
 * They are gone through when all namespaces have been looked at; then the parts are there.
 */
final class BatchParts {
  private final List<Runnable> steps = new ArrayList<>();
  private final Set<ByteString> namespaces = new LinkedHashSet<>();
  private final Map<ByteString, Optional<Told>> looked = new HashMap<>();
  private final List<Batch.Part> parts = new ArrayList<>();
  private final List<CompletableFuture<Response>> responses = new ArrayList<>();
  private boolean isCollecting = true;

  /** Takes down an event. */
  CompletionStage<Response> submit(CounterName counter, Event event) {
    var part = new Batch.Part(counter, event);
    var response = new CompletableFuture<Response>();
    Runnable step =
        () -> {
          parts.add(part);
          responses.add(response);
        };
    if (isCollecting) {
      steps.add(step);
    } else {
      step.run();
    }
    return response;
  }

  /** Takes down a question: a put of 0 changes nothing and tells what is held. */
  CompletionStage<Answer<Count>> ask(CounterName counter) {
    return submit(counter, Event.Put.of(0))
        .thenApply(response -> counted(counter, ((Response.Decided) response).decision()));
  }

  private static Answer<Count> counted(CounterName counter, Decision decision) {
    var details = decision.details();
    Optional<Held> held = details.value().flatMap(change -> change.after());
    boolean isValue = details.value().isPresent();
    if (!isValue && decision.count().isEmpty() && details.gauge().isEmpty()) {
      return new Answer.Invalid<>("key", decision.reason().orElse("has no counter"));
    }
    long count = decision.count().orElse(0);
    // What another kind counts is not told to be there: it is, where it is not 0.
    boolean isThere = count != 0 || details.gauge().map(it -> it.value() != 0).orElse(false);
    return new Answer.Found<>(
        new Count(
            counter,
            count,
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            decision.atMillis(),
            isValue ? held.isPresent() : isThere,
            details.gauge(),
            List.of(),
            Optional.empty(),
            held),
        Position.NONE);
  }

  /**
   * Goes on when a namespace has been looked at, in its place among the others.
   *
   * @param then is told why nothing can be written there, if it can't
   */
  void later(ByteString namespace, Consumer<Optional<Told>> then) {
    namespaces.add(namespace);
    steps.add(() -> then.accept(looked.get(namespace)));
  }

  /** Those that have to be looked at first. */
  Set<ByteString> namespaces() {
    return namespaces;
  }

  /** Has a look at a namespace led to an error, or to none. */
  void looked(ByteString namespace, Optional<Told> wrong) {
    looked.put(namespace, wrong);
  }

  /** The events, once all namespaces have been looked at. */
  List<Batch.Part> parts() {
    if (isCollecting) {
      isCollecting = false;
      steps.forEach(Runnable::run);
    }
    return parts;
  }

  /** Whether they are in one partition, however many partitions there are. */
  boolean areTogether() {
    return parts().stream()
        .allMatch(part -> Partitions.areTogether(parts.get(0).counter(), part.counter()));
  }

  /** Answers the commands by what was decided of each event. */
  void decided(Decision all) {
    List<Decision.Part> each = all.details().parts();
    for (int i = 0; i < responses.size(); i++) {
      responses.get(i).complete(new Response.Decided(each.get(i).decision()));
    }
  }
}
