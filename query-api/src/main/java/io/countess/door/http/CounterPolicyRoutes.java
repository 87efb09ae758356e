package io.countess.door.http;

import io.countess.door.Access;
import io.countess.door.Floor;
import io.countess.event.CounterName;
import io.countess.event.InvalidInputException;
import io.countess.event.OnChange;
import io.countess.query.PolicyQuestion;
import io.countess.query.Question;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The policies and plans that counters have of their own. */
final class CounterPolicyRoutes {
  private static final String IN_PATH = "/v1/namespaces/{ns}/keys/{key}/policy";
  private static final String IN_BASE64 = "/v1/counter/policy";
  private static final int DEFAULT_PAGE = 100;

  private final Floor floor;
  private final PolicyChanges policies;

  CounterPolicyRoutes(Floor floor) {
    this.floor = floor;
    this.policies = new PolicyChanges(floor);
  }

  List<Route> routes() {
    var routes = new ArrayList<Route>();
    routes.addAll(of(IN_PATH, Call::counter));
    routes.addAll(of(IN_BASE64, Call::counterInBase64, "nsBase64", "keyBase64"));
    String[] page = {"after", "limit", "timeout", "partial"};
    routes.add(Route.get("/v1/namespaces/{ns}/policies", this::list, page));
    routes.add(Route.get("/v1/policies", this::list, Route.with(page, "nsBase64")));
    return routes;
  }

  private List<Route> of(String path, Function<Call, CounterName> named, String... naming) {
    String[] reading = Route.with(naming, "timeout");
    String[] writing = Route.with(naming, "ack", "timeout");
    return List.of(
        Route.get(path, call -> view(call, counter(call, named)), reading),
        Route.put(path, call -> policies.set(call, counter(call, named)), writing)
            .needing(Access.ADMIN),
        Route.delete(path, call -> drop(call, counter(call, named)), writing).needing(Access.ADMIN),
        Route.get(path + "/history", call -> history(call, counter(call, named)), reading));
  }

  private static CounterName counter(Call call, Function<Call, CounterName> named) {
    CounterName counter = named.apply(call);
    if (counter.key().size() == 0) {
      throw new InvalidInputException("key", "is empty; it must name a counter");
    }
    return counter;
  }

  private void view(Call call, CounterName counter) {
    var question = new PolicyQuestion.CounterPolicyOf(counter);
    call.exchange()
        .answerWhen(
            floor.queries(call.caller()).ask(question, call.demand()),
            answer ->
                Replies.of(answer, question.form())
                    .tagged(PolicyChanges.version(answer, it -> it.policy().version())));
  }

  /** What it has counted stays where it can. */
  private void drop(Call call, CounterName counter) throws IOException {
    policies.drop(call, counter, OnChange.KEEP);
  }

  private void history(Call call, CounterName counter) {
    ask(call, new PolicyQuestion.HistoryOf(counter.namespace(), Optional.of(counter.key())));
  }

  private void list(Call call) {
    int limit = call.query().number("limit", DEFAULT_PAGE);
    ask(call, new PolicyQuestion.CounterPoliciesOf(call.namespace(), call.after(), limit));
  }

  private <A> void ask(Call call, Question<A> question) {
    call.exchange()
        .answerWhen(
            floor.queries(call.caller()).ask(question, call.demand()),
            answer -> Replies.of(answer, question.form()));
  }
}
