package io.countess.door;

import io.countess.answer.Answer;
import io.countess.answer.Readiness;
import io.countess.event.NamespacePatterns;
import io.countess.query.Demand;
import io.countess.query.Queries;
import io.countess.query.Question;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Answers what the key of a caller allows, which is not everything. */
record LimitedQueries(Caller caller, Queries queries) implements Queries {
  @Override
  public <A> CompletionStage<Answer<A>> ask(Question<A> question, Demand demand) {
    Optional<NamespacePatterns> grant = caller.grants().get(Access.READ);
    Optional<Question<A>> allowed =
        grant == null ? Optional.empty() : grant.flatMap(question::within);
    if (allowed.isPresent()) {
      return queries.ask(allowed.get(), demand);
    }
    var denial = caller.denial(Access.READ, question.namespaces());
    return CompletableFuture.completedStage(new Answer.Forbidden<>(denial));
  }

  @Override
  public Readiness readiness() {
    return queries.readiness();
  }
}
